"""The forecast room: how a fund is expected to end, and what a win cost."""
