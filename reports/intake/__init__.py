"""Spreadsheets of people on their way in: columns proposed, rows understood, refusals back."""
