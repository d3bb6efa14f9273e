"""The roof. It imports nothing before an application is asked for: `hustings --help` is quick."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.settings import Settings

__all__ = ["create_app"]


def create_app(settings: "Settings | None" = None) -> "Flask":
    """A ready application for these settings (default: from the environment)."""
    from app.factory import build
    from app.settings import read_settings

    return build(settings or read_settings())
