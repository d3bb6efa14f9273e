"""Asking for what one person may not do alone with a fund, and answering."""
