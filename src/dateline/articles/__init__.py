"""Copy: what the desk writes. Knows nothing of what readers can get."""
