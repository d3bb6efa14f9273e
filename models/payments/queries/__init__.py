"""What may be read of payments. Whoever reads is named first."""
