"""What came from outside becomes a draft of a wire item.

Pure code: it needs no settings, no database and no folder, and it knows no
publication by name.
"""
