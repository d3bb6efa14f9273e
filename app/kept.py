"""Parts of pages that are alike for many people: drawn once and kept, as long as the process lives.

A part is kept by the macro that draws it and by all that it is given. Only the menu is: nothing of
a person or a record may be drawn this way.
"""

from collections.abc import Callable, Hashable
from functools import lru_cache

from flask import Flask
from markupsafe import Markup


def set_up(app: Flask) -> None:
    """Give templates `kept(macro, ...)`, to be used as `macro(...)` is."""
    app.jinja_env.globals["kept"] = kept


@lru_cache(maxsize=1024)
def kept(macro: Callable[..., Markup], *given: Hashable) -> Markup:
    """What the macro draws of these values. A template that is read anew brings a new macro."""
    return macro(*given)
