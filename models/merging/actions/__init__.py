"""The verbs of the merging room, cut by subject."""
