"""The ground floor: what is true without a screen."""
