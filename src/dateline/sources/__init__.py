"""Who told us, and how we know. Knows nothing of the articles that cite it."""
