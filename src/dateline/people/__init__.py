"""Staff and bylines. Knows nothing of sources, copy or publication."""
