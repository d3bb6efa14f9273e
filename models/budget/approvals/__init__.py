"""Approvals: what one may not do alone, asked by one and approved by another."""
