"""The verbs of the budget room: money that moves, and the tree it moves in."""
