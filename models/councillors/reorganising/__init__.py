"""Reorganisations of councils: planned, previewed, applied as one batch, vested, taken back."""
