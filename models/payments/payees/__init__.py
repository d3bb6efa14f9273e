"""Payees: who can be paid, and into which account."""
