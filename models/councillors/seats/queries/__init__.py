"""Reading seats that are up, the names on the ballots, and what was decided."""
