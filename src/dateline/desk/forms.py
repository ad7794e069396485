"""Forms of the desk."""

from typing import Any

from django import forms
from django.utils import timezone
from wagtail.admin.forms.models import WagtailAdminModelForm

from dateline import languages
from dateline.articles.models import Article
from dateline.articles.spans import renew_copies
from dateline.articles.vocabulary import Form, Purpose
from dateline.desk.names import NamesField, TextsField
from dateline.editions.models import Edition

__all__ = ["ArticleForm", "ContributorForm", "NamedForm", "zone_name"]


OF_OTHER_FORM = {
    Form.ARTICLE: ("purpose",),
    Form.STANDING: ("section", "genre", "urgency"),
}


def zone_name() -> str:
    """Return the zone in which this person reads and enters times."""
    return timezone.get_current_timezone_name().replace("_", " ")


def language_choices(current: str = "") -> list[tuple[str, str]]:
    """Return the newsroom's editions, and what an article has already."""
    codes = dict.fromkeys(Edition.objects.values_list("code", flat=True))
    codes |= {current: None} if current in languages.LANGUAGES else {}
    if not codes:
        codes = dict.fromkeys(["en"])
    return [(code, _language_name(code)) for code in codes]


def _language_name(code: str) -> str:
    language = languages.LANGUAGES[code]
    same = language.autonym == language.name
    return language.name if same else f"{language.autonym} · {language.name}"


class LanguageSelect(forms.Select):
    """Each language with what the sheet needs to be set in it: tag, script, side."""

    def create_option(self, name: str, value: Any, *args: Any, **options: Any) -> Any:
        made = super().create_option(name, value, *args, **options)
        if language := languages.LANGUAGES.get(str(value)):
            told = f"{language.tag} {language.script} {language.direction}"
            made["attrs"]["data-copy"] = told
        return made


class ArticleForm(WagtailAdminModelForm):
    """An article's draft. Incomplete drafts are saved; the door asks for the rest."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.copied_spans: dict[str, str] = {}
        if "language" in self.fields:
            self.fields["language"] = forms.ChoiceField(
                choices=language_choices(self.instance.language),
                widget=LanguageSelect,
            )
        if "embargoed_until_at" in self.fields:
            self.fields["embargoed_until_at"].help_text = f"In {zone_name()}."
        for name in OF_OTHER_FORM[Form(self.instance.form)]:
            self.fields.pop(name, None)
        if "purpose" in self.fields:
            self.fields["purpose"] = forms.ChoiceField(choices=Purpose.choices)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        body = cleaned.get("body")
        if body is not None:
            raw, self.copied_spans = renew_copies(list(body.get_prep_value()))
            if self.copied_spans:
                cleaned["body"] = body.stream_block.to_python(raw)
        return cleaned

    # Django calls it with this argument.
    def save(self, commit: bool = True) -> Article:  # noqa: FBT001, FBT002
        # A saved revision writes the row, and of it only what a draft may write:
        # an article that went public in this very moment stays public.
        article: Article = super().save(commit=commit and self.instance._state.adding)
        return article


class NamedForm(WagtailAdminModelForm):
    """Something with a name in each language."""

    names = NamesField()


class ContributorForm(WagtailAdminModelForm):
    names = NamesField(
        help_text="Where the name is written otherwise, one language a line: uk = Ім'я"
    )
    roles = NamesField(help_text="One language a line: en = Harbor correspondent")
    biographies = TextsField(help_text="One language a line, in one paragraph.")


class ActForm(forms.Form):
    """What an act at the door asks for. This one asks for nothing."""

    seen_revision = forms.IntegerField(
        required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""

    def details(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {"seen_revision": self.cleaned_data["seen_revision"]}


class PlainForm(ActForm):
    """For acts that ask for nothing and look at no draft."""

    def details(self) -> dict[str, Any]:
        return {}


class CorrectForm(ActForm):
    # Named as the door names the place of its refusal.
    reason = forms.CharField(
        label="What was wrong, and what is right",
        required=False,
        strip=True,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text="In full sentences, for readers: “An earlier version of this article "
        "gave the date of the vote as 2 May. It was 3 May.”",
    )

    def details(self) -> dict[str, Any]:
        return super().details() | {"text": self.cleaned_data["reason"]}


class ScheduleForm(ActForm):
    due_at = forms.DateTimeField(
        label="The minute",
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
        ),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["due_at"].help_text = f"In {zone_name()}."

    def details(self) -> dict[str, Any]:
        return super().details() | {"due_at": self.cleaned_data["due_at"]}


class KillForm(PlainForm):
    desk = forms.CharField(
        label="Which desk withdraws it",
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    reason = forms.CharField(
        label="Why",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text="In a full sentence, for readers: it stands where the article stood.",
    )

    def details(self) -> dict[str, Any]:
        return {
            "desk": self.cleaned_data["desk"],
            "reason": self.cleaned_data["reason"],
        }


class RedactForm(PlainForm):
    passages = forms.CharField(
        label="The passages, letter for letter",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text="One a line. Each is removed wherever it stands, in every version.",
    )
    reason = forms.CharField(
        label="On what ground",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text="Readers see it. It must not repeat what is removed.",
    )
    new_slug = forms.SlugField(
        label="A new address, if the old one holds the passage",
        required=False,
        max_length=80,
        allow_unicode=False,
    )

    def details(self) -> dict[str, Any]:
        lines = self.cleaned_data["passages"].splitlines()
        return {
            "passages": [line.strip() for line in lines if line.strip()],
            "reason": self.cleaned_data["reason"],
            "new_slug": self.cleaned_data["new_slug"].lower(),
        }
