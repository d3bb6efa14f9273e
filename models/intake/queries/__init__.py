"""Reading imports, and what they are compared with."""
