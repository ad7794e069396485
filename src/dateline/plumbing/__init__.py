"""Clock, outbox, fetching, markup. Not one news word in it."""
