"""The demonstration paper: an invented daily. Everything it shows passed the door."""
