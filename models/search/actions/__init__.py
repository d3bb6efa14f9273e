"""Saving views, and acting on many people at once."""
