"""The budget: a tree of funds and heads, their caps, and an append-only ledger."""
