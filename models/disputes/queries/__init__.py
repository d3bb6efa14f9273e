"""Reading asks, replies and dispute sheets."""
