"""GMB groups on councils."""
