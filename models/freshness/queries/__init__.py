"""What may be read of the freshness of facts. Whoever reads is named first."""
