"""People, and the dated facts about them."""
