"""What machines get of the paper: feeds, sitemaps, cards, keys. Reads publications."""
