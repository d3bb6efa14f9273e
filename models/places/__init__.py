"""Places: nations, regions, councils, constituencies, wards and parties."""
