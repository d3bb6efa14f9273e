"""The changes of the freshness room."""
