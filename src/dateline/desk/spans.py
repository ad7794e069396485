"""Attributed spans in the rich text editor: ``<span data-span>`` ⇄ an entity."""

import re
from typing import Any

from django.urls import reverse_lazy
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.contentstate_models import EntityRange
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    InlineEntityElementHandler,
)
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature

FEATURE, ENTITY = "span", "SPAN"
SPAN_ID = re.compile(r"[a-z2-7]{12}")


class SpanElementHandler(InlineEntityElementHandler):
    """From the database to the editor. Typing inside a span stays inside it."""

    mutability = "MUTABLE"

    def handle_starttag(
        self, name: str, attrs: Any, state: Any, contentstate: Any
    ) -> None:
        # A letter in the editor belongs to one entity, and a link goes before; of two
        # spans it belongs to the inner one.
        spans = _open_spans(state)
        is_inside_another = len(state.current_entity_ranges) > sum(spans)
        spans.append(not is_inside_another)
        if not is_inside_another:
            super().handle_starttag(name, attrs, state, contentstate)

    def handle_endtag(self, name: str, state: Any, contentstate: Any) -> None:
        if not _open_spans(state).pop():
            return
        whole = state.current_entity_ranges[-1]
        super().handle_endtag(name, state, contentstate)
        block = state.current_block
        block.entity_ranges[:] = _beside_others(block.entity_ranges, whole)

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        return {"span": attrs.get("data-span", "")}


def _open_spans(state: Any) -> list[bool]:
    # The handlers are shared between threads; the state belongs to one text.
    if not hasattr(state, "open_spans"):
        state.open_spans = []
    spans: list[bool] = state.open_spans
    return spans


def _beside_others(ranges: list[Any], whole: EntityRange) -> list[EntityRange]:
    """Return the ranges with `whole` cut to what no range inside it has."""
    inside = [r for r in ranges if r is not whole and r.offset >= whole.offset]
    cut, start = [], whole.offset
    for other in sorted(inside, key=lambda r: r.offset):
        cut.append((start, other.offset))
        start = other.offset + other.length
    cut.append((start, whole.offset + whole.length))
    kept = [r for r in ranges if r is not whole]
    kept += [_range(whole.key, begin, end) for begin, end in cut if end > begin]
    return sorted(kept, key=lambda r: r.offset)


def _range(key: int, begin: int, end: int) -> EntityRange:
    made = EntityRange(key)
    made.offset, made.length = begin, end - begin
    return made


def span_entity(props: dict[str, Any]) -> Any:
    """From the editor to the database. What is no id leaves its text alone."""
    span = str(props.get("span", ""))
    if not SPAN_ID.fullmatch(span):
        return props["children"]
    return DOM.create_element("span", {"data-span": span}, props["children"])


class SpanFeature(EntityFeature):
    """The entity, and the plugin that minds what is typed over it."""

    def construct_options(self, options: dict[str, Any]) -> None:
        super().construct_options(options)
        # Wagtail names the editor for those who see it alone.
        options["ariaLabel"] = "Text"
        options.setdefault("plugins", []).append({"type": "SPAN_TYPING"})


def register(features: Any) -> None:
    """Teach Wagtail's rich text the feature ``span``."""
    features.register_editor_plugin(
        "draftail",
        FEATURE,
        SpanFeature(
            {
                "type": ENTITY,
                "icon": "openquote",
                "description": "Source (Ctrl+Enter)",
                "attributes": ["span"],
            },
            js=[
                "desk/spans.js",
                "desk/pasting.js",
                "desk/places.js",
                "desk/margin.js",
                "desk/choosing.js",
            ],
            css={"all": ["desk/margin.css"]},
        ),
    )
    features.register_converter_rule(
        "contentstate",
        FEATURE,
        {
            "from_database_format": {"span[data-span]": SpanElementHandler(ENTITY)},
            "to_database_format": {"entity_decorators": {ENTITY: span_entity}},
        },
    )


def link_outside(features: Any) -> None:
    """Have *Link* ask for an address at once: there are no pages to choose among."""
    link = features.plugins_by_editor["draftail"]["link"]
    link.data["chooserUrls"]["pageChooser"] = reverse_lazy(
        "wagtailadmin_choose_page_external_link"
    )
