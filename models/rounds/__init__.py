"""The rounds room: when money may be asked for, and by which questions."""
