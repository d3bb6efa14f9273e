"""Paid files: what the bank paid, held against what was sent."""
