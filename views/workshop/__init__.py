"""What every room's pages are made with."""
