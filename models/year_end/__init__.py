"""The year end room: closing a fund and carrying forward what is open."""
