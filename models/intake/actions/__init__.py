"""The verbs of the intake room, cut by subject."""
