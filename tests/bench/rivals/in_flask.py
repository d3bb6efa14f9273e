"""A Flask-Admin on the copied offices: `python in_flask.py COPY PORT`, in the bench's environment.

Related rows are fetched with the list. It asks nobody to sign in, as Flask-Admin comes; the line
that it says where the Django admin says a cookie is empty.
"""

import sys
from datetime import date, datetime

from flask import Flask
from flask_admin import Admin
from flask_admin.contrib.sqla import ModelView
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from waitress.server import create_server

COPY, PORT = sys.argv[1], int(sys.argv[2])


class Base(DeclarativeBase):
    """Every table has an id."""

    id: Mapped[int] = mapped_column(primary_key=True)


db = SQLAlchemy(model_class=Base)


class Region(db.Model):
    """A region of the union."""

    name: Mapped[str]

    def __str__(self) -> str:
        return self.name


class Party(db.Model):
    """A party."""

    name: Mapped[str]

    def __str__(self) -> str:
        return self.name


class Council(db.Model):
    """A council."""

    name: Mapped[str]

    def __str__(self) -> str:
        return self.name


class Councillor(db.Model):
    """One office with its holder: the columns of our list."""

    name: Mapped[str]
    council_id: Mapped[int | None] = mapped_column(ForeignKey("council.id"))
    ward: Mapped[str]
    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    status: Mapped[str]
    term_end: Mapped[date | None]
    last_contact: Mapped[datetime | None]
    council: Mapped[Council | None] = relationship()
    region: Mapped[Region | None] = relationship()
    party: Mapped[Party | None] = relationship()


class CouncillorView(ModelView):
    """The list and the page of one, as ours."""

    column_list = ("name", "council", "ward", "party", "status", "term_end", "last_contact")
    column_filters = ("status", "party.name", "region.name", "council.name")
    column_searchable_list = ("name", "council.name", "ward")
    column_sortable_list = ("name", ("council", "council.name"), "term_end", "last_contact")
    column_default_sort = "name"
    named_filter_urls = True
    page_size = 50


def site() -> Flask:
    """The application."""
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY="nothing here is secret", SQLALCHEMY_DATABASE_URI=f"sqlite:///{COPY}"
    )
    db.init_app(app)
    Admin(app, name="Offices").add_view(CouncillorView(Councillor, db, endpoint="councillor"))
    return app


if __name__ == "__main__":
    server = create_server(site(), host="127.0.0.1", port=PORT)
    print(flush=True)
    server.run()
