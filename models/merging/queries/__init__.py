"""The questions of the merging room."""
