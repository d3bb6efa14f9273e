"""What is read of scores, notes and interests."""
