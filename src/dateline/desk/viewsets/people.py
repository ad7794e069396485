"""Who stands over articles."""

from django import forms
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList

from dateline.desk.forms import ContributorForm
from dateline.desk.viewsets.choosing import DeskViewSet
from dateline.people.models import Contributor


class ContributorViewSet(DeskViewSet):
    model = Contributor
    icon = "user"
    menu_label = "Contributors"
    url_prefix = url_namespace = "contributors"
    list_display = ["name", "kind", "account"]
    names_in = ("name", "names", "slug")
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("kind"),
            FieldPanel("account", widget=forms.Select),
            FieldPanel("slug", widget=forms.TextInput),
            MultiFieldPanel(
                [
                    FieldPanel("vouched_by", widget=forms.Select),
                    FieldPanel("vouched_reason"),
                ],
                heading="A pseudonym is vouched for",
            ),
            FieldPanel("portrait"),
            FieldPanel("email"),
            MultiFieldPanel(
                [FieldPanel("names"), FieldPanel("roles"), FieldPanel("biographies")],
                heading="In other languages",
            ),
        ],
        base_form_class=ContributorForm,
    )
