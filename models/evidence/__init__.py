"""What comes after an award: reports, invoices, proofs, and asking for them."""
