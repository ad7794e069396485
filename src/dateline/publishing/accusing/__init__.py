"""
Which sentences name a person beside words of crime (I7). Pure.

Words and not meaning: a victim is found as well as a culprit, and what is said without
any word of the list is missed (docs/adr/0016-the-gate.md tells how much).
"""
