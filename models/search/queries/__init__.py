"""Reading saved views and acts on many."""
