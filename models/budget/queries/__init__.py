"""What is read of the budget."""
