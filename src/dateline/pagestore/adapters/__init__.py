"""
Caches in front of the house: what they are told of a purge, and what answers tell them.

One module for each kind of cache. No Django here, and no word of what the pages are
about: an adapter knows tags, addresses, and whether a copy may be shown once more.
"""
