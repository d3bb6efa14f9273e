"""The ledger desk: tables and figures to hand over, and those coming back."""
