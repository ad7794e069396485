"""Screens of the desk's own."""
