"""Councillors: their terms, their roles, and the network."""
