"""Spreadsheets as they come in: a file's bytes become typed tables, or a sentence why not."""
