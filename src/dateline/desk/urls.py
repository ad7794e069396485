"""Every address below ``/desk/``. What is closed stands before Wagtail's own."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail.admin import urls as wagtail_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as file_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from dateline.desk import sign_in_urls, source_urls
from dateline.desk.policy import in_own_frame, with_hint, without_inline_scripts
from dateline.desk.second_factor_first import second_factor_first
from dateline.desk.times import in_newsroom_time
from dateline.desk.views.accusations import AccusationsView
from dateline.desk.views.acts import ActView
from dateline.desk.views.closed import Closed
from dateline.desk.views.contradictions import ContradictionsView
from dateline.desk.views.home import HomeView
from dateline.desk.views.interests import InterestsView
from dateline.desk.views.links import EditLinkView
from dateline.desk.views.purges import PurgesView
from dateline.desk.views.statements import StatementsView
from dateline.desk.views.statuses import StatusView
from dateline.desk.views.wire import ReceiveView, WireItemView, WireListView

Patterns = list[URLPattern | URLResolver]

_own: Patterns = [
    path("articles/<int:pk>/statements/", StatementsView.as_view(), name="statements"),
    path("articles/<int:pk>/statuses/", StatusView.as_view(), name="statuses"),
    path(
        "articles/<int:pk>/contradictions/",
        ContradictionsView.as_view(),
        name="contradictions",
    ),
    path(
        "articles/<int:pk>/accusations/", AccusationsView.as_view(), name="accusations"
    ),
    path("articles/<int:pk>/interests/", InterestsView.as_view(), name="interests"),
    path("articles/<int:pk>/<slug:name>/", ActView.as_view(), name="act"),
    path("", HomeView.as_view(), name="home"),
    path("purges/", PurgesView.as_view(), name="purges"),
    path("receive/", ReceiveView.as_view(), name="receive"),
    path("wire/", WireListView.as_view(), name="wire"),
    path("wire/<int:pk>/", WireItemView.as_view(), name="wire_item"),
    *source_urls.ledger,
]

_closed: Patterns = [
    # No page of Wagtail's is ever public, and so none is made.
    re_path(r"^pages/", Closed.as_view()),
    re_path(r"^bulk/(?:articles/article|wagtailcore/page)/", Closed.as_view()),
]

# Answers whoever asks, with nothing for a reader: no sign-in page in its place.
_open: Patterns = [path("edit-link/", EditLinkView.as_view(), name="edit_link")]

_signing_in: Patterns = [
    *sign_in_urls.entrance,
    *decorate_urlpatterns(sign_in_urls.factors, require_admin_access),
]

_inside: Patterns = [
    *decorate_urlpatterns(_closed, require_admin_access),
    path("", include((decorate_urlpatterns(_own, require_admin_access), "desk"))),
    path("files/", include(file_urls)),
    path("", include(wagtail_urls)),
]

urlpatterns: Patterns = [
    path("", include((_open, "desk_open"))),
    path("", include((_signing_in, "desk_sign_in"))),
    *sign_in_urls.instead_of_wagtails,
    *decorate_urlpatterns(_inside, second_factor_first),
]
for decorator in (without_inline_scripts, in_own_frame, in_newsroom_time, with_hint):
    urlpatterns = decorate_urlpatterns(urlpatterns, decorator)
