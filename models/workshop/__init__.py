"""What every room is made with. A room declares; the workshop does."""
