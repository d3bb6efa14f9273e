"""Funding: an application's way from the draft to the award."""
