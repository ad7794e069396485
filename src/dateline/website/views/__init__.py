"""Reader's pages: ask a query, make a page of frozen values, print it."""
