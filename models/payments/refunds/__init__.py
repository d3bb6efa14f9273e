"""Refunds: money asked back, returned, or given up."""
