"""The freshness room: how well the office knows what it knows."""
