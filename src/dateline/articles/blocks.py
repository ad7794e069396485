"""
The blocks a body is made of.

Every block has a stable id. Text blocks are HTML whose inline spans
(``<span data-span="…">``) carry stable ids too, on which attributions and
translation segments hang: see docs/adr for what a span survives.
"""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

INLINE = ["bold", "italic", "link", "superscript", "subscript", "span"]
MAX_ROWS, MAX_COLUMNS = 200, 20


class PictureBlock(blocks.StructBlock):
    picture = ImageChooserBlock()
    caption = blocks.CharBlock(required=False, max_length=1000)
    alt = blocks.CharBlock(
        required=False,
        max_length=1000,
        help_text="What the picture shows, for those who cannot see it.",
    )

    class Meta:
        icon = "image"
        label = "Picture"


class GalleryBlock(blocks.StructBlock):
    title = blocks.CharBlock(required=False, max_length=200)
    pictures = blocks.ListBlock(PictureBlock(), min_num=2, max_num=40)

    class Meta:
        icon = "image"
        label = "Gallery"


class QuotationBlock(blocks.StructBlock):
    text = blocks.RichTextBlock(features=["italic", "span"])
    speaker = blocks.CharBlock(required=False, max_length=200)
    role = blocks.CharBlock(required=False, max_length=200)
    original = blocks.TextBlock(
        required=False,
        max_length=4000,
        help_text="What was said, in the language in which it was said.",
    )
    original_language = blocks.CharBlock(required=False, max_length=35)

    class Meta:
        icon = "openquote"
        label = "Quotation"


class FileBlock(blocks.StructBlock):
    file = DocumentChooserBlock()
    title = blocks.CharBlock(required=False, max_length=200)
    transcript = blocks.TextBlock(required=False)

    class Meta:
        icon = "media"


class ListItemsBlock(blocks.StructBlock):
    ordered = blocks.BooleanBlock(required=False, label="Numbered")
    items = blocks.ListBlock(
        blocks.RichTextBlock(features=INLINE, label="Item"), min_num=1, max_num=100
    )

    class Meta:
        icon = "list-ul"
        label = "List"


class TableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(required=False, max_length=300)
    header = blocks.BooleanBlock(
        required=False, default=True, label="First row is a heading"
    )
    rows = blocks.TextBlock(
        help_text="One row a line; cells separated by a tab or by | "
        "(paste straight from a spreadsheet).",
        max_length=40_000,
    )

    class Meta:
        icon = "table"
        label = "Table"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        rows = table_rows(cleaned["rows"])
        if len(rows) > MAX_ROWS or max(map(len, rows), default=0) > MAX_COLUMNS:
            message = f"A table has at most {MAX_ROWS} rows and {MAX_COLUMNS} columns."
            raise blocks.StructBlockValidationError(
                block_errors={"rows": ValidationError(message)}
            )
        return cleaned


def table_rows(text: str) -> list[list[str]]:
    """Return the cells of a table's text, every row as long as the longest."""
    rows = [
        [cell.strip() for cell in line.strip("|").replace("|", "\t").split("\t")]
        for line in map(str.strip, text.splitlines())
        if line
    ]
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


class FactBoxBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=200)
    text = blocks.RichTextBlock(features=[*INLINE, "ul"])

    class Meta:
        icon = "clipboard-list"
        label = "Fact box"


class RelatedBlock(blocks.StructBlock):
    article = SnippetChooserBlock("articles.Article", required=False)
    title = blocks.CharBlock(required=False, max_length=300)
    url = blocks.URLBlock(required=False, max_length=2000)

    class Meta:
        icon = "link"
        label = "Related link"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not cleaned["article"] and not (cleaned["title"] and cleaned["url"]):
            message = "Choose an article, or give a title and an address."
            raise blocks.StructBlockValidationError(
                block_errors={"article": ValidationError(message)}
            )
        return cleaned


class EmbedBlock(blocks.StructBlock):
    """A link card: nothing loads from elsewhere while a reader reads."""

    url = blocks.URLBlock(max_length=2000)
    title = blocks.CharBlock(max_length=300)
    description = blocks.TextBlock(required=False, max_length=1000)
    site = blocks.CharBlock(required=False, max_length=120)

    class Meta:
        icon = "link-external"
        label = "Link card"


class BodyBlock(blocks.StreamBlock):
    """An article's body."""

    paragraph = blocks.RichTextBlock(features=INLINE, icon="pilcrow")
    crosshead = blocks.CharBlock(max_length=200, icon="title")
    quotation = QuotationBlock()
    picture = PictureBlock()
    gallery = GalleryBlock()
    list = ListItemsBlock()
    table = TableBlock()
    fact_box = FactBoxBlock()
    related = RelatedBlock()
    embed = EmbedBlock()
    audio = FileBlock(label="Audio")
    video = FileBlock(label="Video")

    class Meta:
        max_num = 1000
