"""Planning: what is meant to be awarded, month by month."""
