"""Changing people and the dated facts about them."""
