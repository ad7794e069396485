"""A kit that proves, without Dateline, what was published, when and from what (I22)."""
