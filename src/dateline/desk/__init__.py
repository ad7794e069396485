"""What editors see and press. Decides nothing: it asks `publishing`."""
