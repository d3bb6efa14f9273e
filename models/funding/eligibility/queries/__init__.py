"""What the records hold of applications, and what the rules say to it."""
