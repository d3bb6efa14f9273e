"""Contacts with people: what was said, when and by whom, and what follows."""
