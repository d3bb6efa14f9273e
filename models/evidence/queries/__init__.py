"""What may be read of what comes after an award. Whoever reads is named first."""
