"""What a page reads, and so what makes it stale. Not one news word in it."""
