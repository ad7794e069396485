"""
Quotations against the text that they are taken from (I3). Pure.

A quotation is what its source says, letter for letter, once marks, spaces and Unicode
forms are spelled alike. It may leave words out at an ellipsis and put an editor's words
in square brackets; it may not drop a denial there, turn the order round, or join the
words of two speakers (docs/adr/0016-the-gate.md).
"""
