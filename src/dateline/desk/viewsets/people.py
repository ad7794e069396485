"""Who stands over articles, and whom they rest on."""

from django import forms
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList

from dateline.desk.forms import ContributorForm, SourceForm
from dateline.desk.viewsets.choosing import DeskViewSet
from dateline.people.models import Contributor
from dateline.sources.models import Source


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


class SourceViewSet(DeskViewSet):
    model = Source
    icon = "openquote"
    menu_label = "Sources"
    url_prefix = url_namespace = "sources"
    list_display = ["name", "kind"]
    names_in = ("name", "names")
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("kind"),
            FieldPanel("url"),
            FieldPanel("description"),
            MultiFieldPanel(
                [FieldPanel("unnamed_reason"), FieldPanel("known_to")],
                heading="A source that is not named",
                help_text="Say why, and which editor knows who it is.",
            ),
            FieldPanel("names"),
        ],
        base_form_class=SourceForm,
    )
