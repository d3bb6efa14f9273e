"""Eligibility: what is held says whether an application may be granted."""
