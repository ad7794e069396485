"""One module for each format the wire brings. Each turns text into drafts."""
