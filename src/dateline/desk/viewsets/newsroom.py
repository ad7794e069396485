"""The editions that the newsroom publishes, and the interests that it declares."""

from django import forms
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList

from dateline import languages
from dateline.desk.names import TextsField
from dateline.desk.views.closed import Closed
from dateline.desk.viewsets.choosing import DeskViewSet
from dateline.editions.models import Edition
from dateline.publishing.models import Interest


class EditionForm(WagtailAdminModelForm):
    """An edition's language is chosen once: its addresses stand on it."""

    code = forms.ChoiceField(
        label="Language",
        choices=[
            (code, f"{language.name} · {language.autonym}")
            for code, language in sorted(
                languages.LANGUAGES.items(), key=lambda item: item[1].name
            )
        ],
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        if self.instance.pk and not self.instance._state.adding:
            self.fields["code"].disabled = True


class EditionViewSet(DeskViewSet):
    model = Edition
    icon = "globe"
    menu_label = "Editions"
    url_prefix = url_namespace = "editions"
    list_display = ["title", "code", "is_live", "is_default"]
    names_in = ("title", "code")
    delete_view_class = Closed
    edit_handler = ObjectList(
        [
            FieldPanel("code"),
            FieldPanel("title"),
            FieldPanel("motto"),
            FieldPanel("place"),
            FieldPanel("description"),
            FieldPanel(
                "is_live", help_text="Readers can open it, and articles go out in it."
            ),
            FieldPanel("is_default"),
            FieldPanel("position"),
        ],
        base_form_class=EditionForm,
    )


class InterestForm(WagtailAdminModelForm):
    disclosures = TextsField(
        label="What readers are told",
        help_text="One language a line: en = This paper belongs to the Norden Group.",
    )


class InterestViewSet(DeskViewSet):
    """Whom the newsroom belongs to or is paid by: articles that name them say so."""

    model = Interest
    icon = "link"
    menu_label = "Interests"
    url_prefix = url_namespace = "interests"
    list_display = ["name", "kind", "is_declared"]
    names_in = ("name", "aliases")
    edit_handler = ObjectList(
        [
            FieldPanel("name", widget=forms.TextInput(attrs={"dir": "auto"})),
            FieldPanel("kind"),
            FieldPanel("aliases"),
            FieldPanel("disclosures"),
            FieldPanel("is_declared"),
        ],
        base_form_class=InterestForm,
    )
