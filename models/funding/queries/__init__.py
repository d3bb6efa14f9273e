"""What may be read of funding applications. Whoever reads is named first."""
