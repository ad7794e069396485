"""What the desk lists and edits, a viewset for each noun."""
