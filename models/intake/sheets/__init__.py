"""Working sheets: taken out, edited in Excel, compared cell by cell, applied as one batch."""
