"""What readers and their machines get. Reads publications only, never drafts."""
