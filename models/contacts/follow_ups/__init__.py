"""Follow-ups: what was promised, by whom, until when."""
