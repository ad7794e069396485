"""The one door to the public, and its log. Knows nothing of screens or pages."""
