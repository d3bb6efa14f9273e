"""The verbs of the accounts room, cut by subject: signing in, passwords and links, users."""
