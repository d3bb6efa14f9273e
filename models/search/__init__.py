"""The search room: saved views, and acts on many people."""
