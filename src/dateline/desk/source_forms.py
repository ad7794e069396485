"""Forms of the source desk."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.snippets.widgets import AdminSnippetChooser

from dateline.desk.finding import MOST_SEARCHED
from dateline.desk.names import NamesField
from dateline.desk.source_report import MOST_DAYS
from dateline.desk.vocabulary import EDITORS
from dateline.people.models import Contributor, User
from dateline.people.vocabulary import ContributorKind
from dateline.plumbing import clock
from dateline.publishing.facts import may_use_door
from dateline.sources import rules
from dateline.sources.models import Citation, Source, WireItem
from dateline.sources.vocabulary import Reuse, SourceKind

# Types: a form's fields are of many kinds, and Wagtail names none.

_PEOPLE = (SourceKind.PERSON, SourceKind.EYEWITNESS)
_OFFERED = 50
NAMED_KINDS = [choice for choice in SourceKind.choices if choice[0] != "unnamed"]


def _text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


def _line() -> forms.TextInput:
    return forms.TextInput(attrs={"dir": "auto"})


class SourceForm(WagtailAdminModelForm):
    """A source that has a name."""

    kind = forms.ChoiceField(choices=NAMED_KINDS)
    description = forms.CharField(
        required=False,
        max_length=2000,
        widget=_text(3),
        help_text="What it is. Readers of the default edition read it on the source's "
        "page, unless it is a person.",
    )
    names = NamesField(
        help_text="Where the name is written otherwise, one language a line: uk = Порт"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        told = self.fields.get("reuse")
        if told is None:
            return
        told.help_text = "Editors say so. The gate asks about text too near to others."
        self.fields[
            "reuse_terms"
        ].help_text = "The contract or licence, and its limits."
        if self.for_user is None or not may_use_door(self.for_user):
            # Whoever writes a text does not license what it was copied from.
            for name in ("reuse", "reuse_terms"):
                self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("reuse") == Reuse.LICENSED and not cleaned.get("reuse_terms"):
            self.add_error("reuse_terms", "Say by which contract or licence.")
        return cleaned


class UnnamedSourceForm(WagtailAdminModelForm):
    """
    A source that is not named. There is no field that asks for a name.

    What looks like one in the description is refused until somebody says that it
    names no person.
    """

    names = NamesField(
        label="Described in other languages",
        help_text="One language a line: uk = посадовець міністерства",
    )
    names_nobody = forms.BooleanField(
        label="What stands there names no person", required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.instance.kind = SourceKind.UNNAMED
        if not self.is_bound:
            # Asked only of what looks like a name.
            del self.fields["names_nobody"]
        name = self.fields["name"]
        name.label = "Described as"
        name.help_text = (
            "What readers may know: “a ministry official”. Never a name: Dateline "
            "does not store who it is."
        )
        self.fields["unnamed_reason"].required = True
        known_to = self.fields["known_to"]
        known_to.queryset = editors()
        known_to.required = True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        told = [cleaned.get("name") or "", *(cleaned.get("names") or {}).values()]
        if not cleaned.get("names_nobody"):
            self._ask_about_names(told)
        reason = cleaned.get("unnamed_reason") or ""
        try:
            rules.refuse_contact_details(*told, reason)
        except rules.IdentityAtRisk as refusal:
            self.add_error(None, str(refusal))
        return cleaned

    def _ask_about_names(self, told: list[str]) -> None:
        known = known_names()
        found = [name for text in told if (name := rules.suspected_name(text, known))]
        if not found:
            del self.fields["names_nobody"]
            return
        self.add_error(
            "name",
            f"“{found[0]}” looks like a person's name. Take it out; or, if it is the "
            "name of an office, say so below.",
        )


def editors() -> Any:
    """Return the people who may know who an unnamed source is."""
    may_use_door = Q(groups__name=EDITORS) | Q(is_superuser=True)
    people = User.objects.filter(may_use_door, is_active=True)
    return people.distinct().order_by("username")


def known_names() -> list[str]:
    """Return the names of people that the newsroom has in store."""
    named: list[str] = []
    people = Source.objects.filter(kind__in=_PEOPLE)
    for name, names in people.values_list("name", "names")[:MOST_SEARCHED]:
        named += [name, *(str(other) for other in names.values())]
    persons = Contributor.objects.filter(kind=ContributorKind.PERSON)
    named += persons.values_list("name", flat=True)[:MOST_SEARCHED]
    for first, last in User.objects.values_list("first_name", "last_name"):
        named += [f"{first} {last}"] if first and last else []
    return [name.strip() for name in named if name.strip()]


class NoteForm(forms.Form):
    """What was found out about a source."""

    text = forms.CharField(label="A note", max_length=4000, widget=_text(3))
    is_public = forms.BooleanField(
        label="Readers may read it, on the source's page", required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"prefix": "note"} | options)
        self.label_suffix = ""


class CorrectionForm(forms.Form):
    """A correction that the source made of itself."""

    text = forms.CharField(label="What it corrected", max_length=4000, widget=_text(3))
    corrected_on = forms.DateField(
        label="On", widget=forms.DateInput(attrs={"type": "date"})
    )
    address = forms.URLField(
        label="Where it says so",
        required=False,
        max_length=1000,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )

    is_public = forms.BooleanField(
        label="Readers may read it, on the source's page", required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"prefix": "correction"} | options)
        self.label_suffix = ""

    def clean_corrected_on(self) -> date:
        day: date = self.cleaned_data["corrected_on"]
        if day > clock.now().date():
            raise ValidationError("That day has not come yet.")
        return day


class MergeForm(forms.Form):
    """Which source the twin is, and why."""

    into = forms.ModelChoiceField(
        label="It is the same as",
        queryset=Source.objects.standing(),
        widget=AdminSnippetChooser(Source),
    )
    reason = forms.CharField(
        label="Why", max_length=500, widget=_text(2), help_text="In a full sentence."
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""


class CiteForm(forms.Form):
    """Where a source said something, and on whom it rests in turn."""

    address = forms.URLField(
        label="The address of a page, which is then kept",
        required=False,
        max_length=2000,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    file = forms.FileField(
        label="Or a file",
        required=False,
        allow_empty_file=True,
        help_text="A mail (.eml, 25 MB), a recording (300 MB), a web archive (.warc, "
        "50 MB) or another file (50 MB).",
    )
    wire_item = forms.ModelChoiceField(
        label="Or an item of the wire",
        queryset=WireItem.objects.none(),
        required=False,
        empty_label="None",
    )
    place = forms.CharField(
        label="Where in it",
        required=False,
        max_length=200,
        widget=_line(),
        help_text="Page, paragraph or minute.",
    )
    said_on = forms.DateField(
        label="When it was said",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    rests_on = forms.ModelChoiceField(
        label="It rests on what is cited already",
        queryset=Citation.objects.none(),
        required=False,
        empty_label="Nothing cited before",
    )
    rests_on_source = forms.ModelChoiceField(
        label="Or on another source",
        queryset=Source.objects.standing(),
        required=False,
        widget=AdminSnippetChooser(Source),
    )
    rests_on_described = forms.CharField(
        label="Or on somebody whom it does not name",
        required=False,
        max_length=200,
        widget=_line(),
        help_text="In its own words: “two officials”.",
    )

    def __init__(self, *args: Any, source: Source, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""
        self.source = source
        offered: Any = self.fields
        items = WireItem.objects.filter(source=source).defer("content")
        offered["wire_item"].queryset = items.order_by("-pk")
        others = Citation.objects.exclude(source=source).select_related("source")
        offered["rests_on"].queryset = others.order_by("-pk")
        # Choosing among all of them is no choice: the newest are offered.
        offered["wire_item"].choices = _newest(offered["wire_item"], "None")
        offered["rests_on"].choices = _newest(
            offered["rests_on"], "Nothing cited before"
        )

    @property
    def groups(self) -> list[tuple[str, list[Any]]]:
        """The fields, in the groups in which the page shows them."""
        names = list(self.fields)
        return [
            (title, [self[name] for name in names[start:end]])
            for title, start, end in (
                ("What is kept", 0, 3),
                ("Where and when", 3, 5),
                ("On whom it rests in turn", 5, len(names)),
            )
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self._refuse_two(cleaned, ("address", "file", "wire_item"), "Give one of them.")
        below = ("rests_on", "rests_on_source", "rests_on_described")
        self._refuse_two(cleaned, below, "Say one of the three.")
        if self.source.kind == SourceKind.UNNAMED and _keeps(cleaned):
            message = (
                "Nothing is kept of a source that is not named: a mail or a "
                "recording would tell who it is."
            )
            self.add_error(None, message)
        return cleaned

    def _refuse_two(
        self, cleaned: dict[str, Any], names: tuple[str, ...], says: str
    ) -> None:
        given = [name for name in names if cleaned.get(name)]
        if len(given) > 1:
            self.add_error(given[1], says)


def _keeps(cleaned: dict[str, Any]) -> bool:
    return any(cleaned.get(name) for name in ("address", "file", "wire_item"))


def _newest(field: Any, empty: str) -> list[tuple[Any, str]]:
    rows = field.queryset[:_OFFERED]
    return [("", empty), *((row.pk, str(row)[:120]) for row in rows)]


class PeriodForm(forms.Form):
    """Two days, and what lies between them."""

    first = forms.DateField(
        label="From", widget=forms.DateInput(attrs={"type": "date"})
    )
    last = forms.DateField(label="To", widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and not 0 <= (last - first).days < MOST_DAYS:
            message = f"A period goes forward, and over {MOST_DAYS} days at the most."
            self.add_error("last", message)
        return cleaned
