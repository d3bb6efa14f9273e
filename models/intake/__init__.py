"""Spreadsheets coming in: planned row by row, previewed, applied, taken back."""
