"""Who runs a council, who holds its seats, and which are vacant."""
