"""
What an article states, one statement at a time, and what each rests on. Pure.

A statement is the headline, the lede, each sentence of the body, each list item, a
table, a fact box, a quotation, a caption. It rests on a source, on the mark of a named
member of staff, on the rest of the text, or on nothing (docs/adr/0016-the-gate.md).
"""
