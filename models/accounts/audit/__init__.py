"""The audit as people read it; models/audit.py writes it."""
