"""Assessing: criteria, scores, moderation, and declared interests."""
