"""Candidates and results on their way in: names on ballots, never people."""
