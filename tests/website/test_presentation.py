"""Which source stands beside which paragraph."""

from dateline.website.presentation import blocks

BOARD = {"id": 1, "name": "Harbour Board", "kind": "official_body", "url": ""}
PILOT = {"id": 2, "name": "A pilot", "kind": "person", "url": "https://example.org/"}


def said(text, span):
    return f'<p data-block-key="k1"><span data-span="{span}">{text}</span></p>'


def snapshot():
    return {
        "body": [
            {"id": "a", "type": "paragraph", "value": said("One.", "spana")},
            {"id": "b", "type": "paragraph", "value": "<p>Nobody says this.</p>"},
            {
                "id": "c",
                "type": "quotation",
                "value": {"text": said("Two.", "spanb") + said("Three.", "spanc")},
            },
            {
                "id": "d",
                "type": "list",
                "value": {"items": [said("Four.", "spand"), said("Gone.", "spani")]},
            },
        ],
        "attributions": {
            span: {"source": source, "wire_item": None}
            for span, source in {
                "spana": PILOT,
                "spanb": BOARD,
                "spanc": BOARD,
                "spand": PILOT,
            }.items()
        },
    }


def test_each_block_has_the_sources_of_its_own_statements():
    beside = [
        [(note.name, note.statements) for note in block.notes]
        for block in blocks(snapshot())
    ]
    assert beside == [
        [("A pilot", 1)],
        [],
        [("Harbour Board", 2)],
        [("A pilot", 1)],
    ]


def test_what_the_editor_keeps_for_itself_is_not_printed():
    assert "data-block-key" not in blocks(snapshot())[0].value
