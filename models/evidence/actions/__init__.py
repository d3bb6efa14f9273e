"""What is done after an award. Each change names its actor and is noted in the audit.

Lock order: the application first, then an invoice that reports share.
"""
