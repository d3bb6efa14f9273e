"""The jobs room: what becomes of the outbox's rows."""
