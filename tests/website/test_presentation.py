"""Reading time, and which source stands beside which paragraph."""

from dateline.website.presentation import blocks, source_lines

BOARD = {"id": 1, "name": "Harbour Board", "kind": "official_body", "url": ""}
PILOT = {"id": 2, "name": "A pilot", "kind": "person", "url": "https://example.org/"}


def said(text, span):
    return f'<p data-block-key="k1"><span data-span="{span}">{text}</span></p>'


def snapshot():
    return {
        "body": [
            {"id": "a", "type": "paragraph", "value": said("One.", "s1")},
            {"id": "b", "type": "paragraph", "value": "<p>Nobody says this.</p>"},
            {
                "id": "c",
                "type": "quotation",
                "value": {"text": said("Two.", "s2") + said("Three.", "s3")},
            },
            {
                "id": "d",
                "type": "list",
                "value": {"items": [said("Four.", "s4"), said("Gone.", "s9")]},
            },
        ],
        "attributions": {
            span: {"source": source, "wire_item": None}
            for span, source in {
                "s1": PILOT,
                "s2": BOARD,
                "s3": BOARD,
                "s4": PILOT,
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


def test_sources_are_counted_once_each():
    counted = {line.name: line.statements for line in source_lines(snapshot())}
    assert counted == {"Harbour Board": 2, "A pilot": 2}
