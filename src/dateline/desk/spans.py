"""Attributed spans in the rich text editor: ``<span data-span>`` ⇄ an entity."""

import re
from typing import Any

from django.urls import reverse_lazy
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    InlineEntityElementHandler,
)
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature

FEATURE, ENTITY = "span", "SPAN"
SPAN_ID = re.compile(r"[a-z2-7]{12}")


class SpanElementHandler(InlineEntityElementHandler):
    """From the database to the editor. Typing inside a span stays inside it."""

    mutability = "MUTABLE"

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        return {"span": attrs.get("data-span", "")}


def span_entity(props: dict[str, Any]) -> Any:
    """From the editor to the database. What is no id leaves its text alone."""
    span = str(props.get("span", ""))
    if not SPAN_ID.fullmatch(span):
        return props["children"]
    return DOM.create_element("span", {"data-span": span}, props["children"])


def register(features: Any) -> None:
    """Teach Wagtail's rich text the feature ``span``."""
    features.register_editor_plugin(
        "draftail",
        FEATURE,
        EntityFeature(
            {
                "type": ENTITY,
                "icon": "openquote",
                "description": "Source of the selected words",
                "attributes": ["span"],
                "chooserUrl": reverse_lazy(
                    "wagtailsnippetchoosers_sources_source:choose"
                ),
                "attributionsUrl": reverse_lazy("desk:attributions"),
            },
            js=["wagtailadmin/js/chooser-modal.js", "desk/spans.js"],
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
