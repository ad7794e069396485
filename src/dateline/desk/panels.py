"""The editor's page: what a reporter fills in, in the order in which it is needed."""

import json
from typing import Any

from django import forms
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    Panel,
)
from wagtail.admin.widgets import AdminAutoHeightTextInput

from dateline.articles.vocabulary import Form, MarkKind
from dateline.desk.choices import FIELD
from dateline.desk.forms import ArticleForm
from dateline.desk.source_forms import NAMED_KINDS

GOOD_HEADLINE, LONG_HEADLINE = 70, 110
STANDS_FOR = {
    MarkKind.OBSERVATION: "I saw or heard it myself",
    MarkKind.COMMON_KNOWLEDGE: "Nobody needs to say it",
    MarkKind.OPINION: "It is what I think",
}


def _text(rows: int = 1, attrs: dict[str, str] | None = None) -> forms.Textarea:
    given = {"rows": rows, "dir": "auto", **(attrs or {})}
    widget: forms.Textarea = AdminAutoHeightTextInput(attrs=given)
    return widget


def _line(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"dir": "auto", **attrs})


class OfForm(FieldPanel):
    """A field that only articles, or only standing pages, have."""

    def __init__(self, field_name: str, *, form: str, **options: Any) -> None:
        super().__init__(field_name, **options)
        self.form = form

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "form": self.form}

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.instance.form == self.panel.form)


class Ledger(Panel):
    """The margin beside the text, which the editor's script fills."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "desk/parts/margin.html"

        @property
        def kinds(self) -> list[tuple[str, str]]:
            """What a source with a name may be."""
            return NAMED_KINDS

        @property
        def marks(self) -> str:
            """What somebody may stand for, each with how the chooser explains it."""
            told = [(kind.value, kind.label, STANDS_FOR[kind]) for kind in MarkKind]
            return json.dumps(told)

        @property
        def chosen(self) -> str:
            """What was chosen before a form came back unsaved."""
            return str(self.form.data.get(FIELD, "")) if self.form.is_bound else ""


HEADLINE = _text(
    attrs={
        "class": "desk-headline",
        "data-desk-length": f"{GOOD_HEADLINE},{LONG_HEADLINE}",
        "data-desk-copy": "",
    }
)
LEDE = _text(2, {"class": "desk-lede", "data-desk-copy": ""})

COPY: list[Panel] = [
    OfForm("purpose", form=Form.STANDING),
    FieldPanel("headline", widget=HEADLINE, classname="desk-paper"),
    FieldPanel("lede", widget=LEDE, classname="desk-paper"),
    FieldPanel("body", classname="desk-paper"),
    Ledger(classname="desk-ledger-panel"),
    MultipleChooserPanel(
        "bylines",
        chooser_field_name="contributor",
        heading="Byline",
        label="name",
        panels=[FieldPanel("contributor")],
    ),
]

SETTING: list[Panel] = [
    MultiFieldPanel(
        [
            FieldPanel("language"),
            OfForm("section", form=Form.ARTICLE, widget=forms.Select),
            FieldPanel("slugline", widget=_line()),
            OfForm("genre", form=Form.ARTICLE),
            OfForm(
                "urgency",
                form=Form.ARTICLE,
                widget=forms.NumberInput(attrs={"min": "1", "max": "9"}),
            ),
            FieldPanel("story"),
        ],
        heading="Where it stands in the paper",
        classname="desk-columns",
    ),
    MultipleChooserPanel(
        "topic_links",
        chooser_field_name="topic",
        heading="Topics",
        label="topic",
        panels=[FieldPanel("topic")],
    ),
    MultiFieldPanel(
        [
            FieldPanel("place"),
            FieldPanel("dateline", widget=_line()),
            FieldPanel("byline_note", widget=_line()),
        ],
        heading="Place and byline",
        classname="desk-columns",
    ),
    MultiFieldPanel(
        [
            FieldPanel("lead_picture"),
            FieldPanel("lead_caption", widget=_text(2)),
            FieldPanel(
                "lead_alt",
                widget=_text(2),
                help_text="What the picture shows, for those who cannot see it.",
            ),
        ],
        heading="Lead picture",
        classname="desk-columns",
    ),
    MultiFieldPanel(
        [
            FieldPanel("embargoed_until_at"),
            FieldPanel("slug", widget=_line(spellcheck="false", dir="ltr")),
            FieldPanel("ednote", widget=_text(2)),
        ],
        heading="For the desk",
        classname="desk-columns",
    ),
]

ARTICLE = ObjectList(
    [
        MultiFieldPanel(COPY, heading="Copy", classname="desk-sheet"),
        MultiFieldPanel(SETTING, heading="Beside the copy", classname="desk-margin"),
    ],
    base_form_class=ArticleForm,
)
