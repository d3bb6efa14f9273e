"""Work behind: the outbox is the queue, and workers carry it out. See docs/decisions/0032."""
