"""The delegates room: who represents the union at which constituency party."""
