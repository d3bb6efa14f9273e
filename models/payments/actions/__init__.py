"""What changes payments, by subject."""
