"""Delegated limits: up to what amount a person may award by themselves."""
