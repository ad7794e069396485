"""
Pages rendered once, kept, served, and purged by what they read.

Not one news word in it: it knows keys, pages, tags and purges. Only `models`,
`actions`, `queries` and `keeping` know Django; the rest runs in a front process
that never loads it.
"""
