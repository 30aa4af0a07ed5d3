"""What goes on record."""
