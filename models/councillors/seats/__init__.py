"""Seats that are up, who stood for them, and what came of each."""
