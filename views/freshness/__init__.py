"""The freshness counter: the queue, what people confirm themselves, scores and coverage."""

from views.freshness import confirming, figures, queue
from views.freshness.counter import bp

__all__ = ["bp", "confirming", "figures", "queue"]
