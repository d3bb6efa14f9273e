"""Durable jobs: the worker carries out what the outbox asks for. See docs/decisions/0005."""
