"""Forms of the wire."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from dateline import languages
from dateline.articles.models import Section
from dateline.desk.finding import fold
from dateline.desk.forms import language_choices
from dateline.sources.models import Source, WireItem
from dateline.sources.vocabulary import SourceKind
from dateline.sources.wire.limits import DEFAULT_LIMITS
from dateline.sources.wire.refusals import OriginalEmpty, OriginalTooLarge

# Types: a form's fields are of many kinds, and Django names none.

WAYS = ("address", "text", "file")


class ReceiveForm(forms.Form):
    """One of three ways in."""

    address = forms.CharField(
        label="An address",
        required=False,
        max_length=2000,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    text = forms.CharField(
        label="Or the text, pasted as it came",
        required=False,
        strip=False,
        max_length=DEFAULT_LIMITS.original_bytes,
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
        help_text="A whole page with its menus will do: the article is found in it.",
    )
    file = forms.FileField(
        label="Or a file",
        required=False,
        allow_empty_file=True,
        help_text="A web page, a text, RSS or Atom, or ninjs.",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        given = [name for name in WAYS if cleaned.get(name) not in (None, "")]
        if not given:
            raise ValidationError("Give an address, a text or a file.")
        if len(given) > 1:
            raise ValidationError(
                "Give one of the three: an address, a text or a file."
            )
        self._refuse_sizes(cleaned)
        return cleaned

    def _refuse_sizes(self, cleaned: dict[str, Any]) -> None:
        file = cleaned.get("file")
        if file is not None and file.size > DEFAULT_LIMITS.original_bytes:
            self.add_error("file", str(OriginalTooLarge()))
        elif file is not None and not file.size:
            self.add_error("file", str(OriginalEmpty()))

    @property
    def chosen(self) -> str:
        """The way that was taken."""
        return next(n for n in WAYS if self.cleaned_data.get(n) not in (None, ""))

    @property
    def content(self) -> bytes:
        file = self.cleaned_data.get("file")
        if file is not None:
            read: bytes = file.read(DEFAULT_LIMITS.original_bytes + 1)
            return read
        return str(self.cleaned_data["text"]).encode("utf-8", "replace")

    @property
    def came_from(self) -> str:
        """How the item came, as the ledger notes it."""
        file = self.cleaned_data.get("file")
        if file is not None:
            return f"uploaded: {file.name}"[:300]
        return self.cleaned_data["address"] or "pasted"


class DraftForm(forms.Form):
    """What a wire item does not say, and an article needs."""

    language = forms.ChoiceField(label="Language")
    section = forms.ModelChoiceField(
        label="Section",
        queryset=Section.objects.all(),
        required=False,
        empty_label="Not yet",
    )
    known_source = forms.ModelChoiceField(
        label="Source",
        queryset=Source.objects.filter(kind=SourceKind.PUBLICATION),
        required=False,
        empty_label="None of these",
    )
    new_source = forms.CharField(
        label="Or a new source, a publication named",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, *args: Any, item: WireItem, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""
        self.item = item
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            ("", "Choose"),
            *language_choices(_code(item)),
        ]
        self.initial.update(language=_code(item), section=_section(item))
        if item.source_id:
            del self.fields["known_source"], self.fields["new_source"]
        else:
            self._suggest(str(item.content.get("publisher") or ""))

    def _suggest(self, publisher: str) -> None:
        """Offer what the page itself says of who published it, and nothing else."""
        known = Source.objects.filter(name__iexact=publisher).first()
        if publisher and known:
            self.initial["known_source"] = known.pk
        else:
            self.initial["new_source"] = publisher

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "new_source" not in self.fields:
            return cleaned
        name = cleaned["new_source"] = (cleaned.get("new_source") or "").strip()
        if bool(cleaned.get("known_source")) == bool(name):
            message = "Choose one source, or name a new one."
            self.add_error("known_source", message)
        return cleaned

    def source(self) -> Source | None:
        """Return the source chosen or newly named; None if the item has its own."""
        if "new_source" not in self.fields:
            return None
        chosen: Source | None = self.cleaned_data["known_source"]
        return chosen or Source.objects.create(
            kind=SourceKind.PUBLICATION, name=self.cleaned_data["new_source"]
        )


def _code(item: WireItem) -> str:
    language = languages.find(item.language) if item.language else None
    return language.code if language else ""


def _section(item: WireItem) -> int | None:
    told = fold(item.section)
    for section in Section.objects.all() if told else ():
        if told == section.slug or told in {fold(n) for n in section.names.values()}:
            return section.pk
    return None
