"""A Django admin on the copied offices: `in_django.py COPY PORT`, in the bench's environment.

Set up for many rows: no debugging, templates kept compiled (Django
does so by itself), related rows fetched with the list. Says in one line the cookie of a superuser.
"""

import sys

import django
from django.apps import AppConfig
from django.conf import settings
from django.contrib import admin
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.test import Client
from django.urls import path
from waitress.server import create_server

COPY, PORT = sys.argv[1], int(sys.argv[2])
STATUSES = ("prospect", "invited", "joined", "declined", "lapsed", "left")


class Offices(AppConfig):
    """The one application, in this one file."""

    name, label, path = "__main__", "offices", "."


settings.configure(
    SECRET_KEY="nothing here is secret",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF="__main__",
    STATIC_URL="/static/",
    USE_TZ=True,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": COPY}},
    INSTALLED_APPS=[
        "django.contrib.admin",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "__main__.Offices",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
)
django.setup()


class Named(models.Model):
    """A region, a party or a council."""

    name = models.CharField(max_length=120)

    class Meta:
        abstract = True
        managed = False
        app_label = "offices"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Region(Named):
    """A region of the union."""

    class Meta(Named.Meta):
        db_table = "region"


class Party(Named):
    """A party."""

    class Meta(Named.Meta):
        db_table = "party"


class Council(Named):
    """A council."""

    class Meta(Named.Meta):
        db_table = "council"


class Councillor(models.Model):
    """One office with its holder: the columns of our list."""

    name = models.CharField(max_length=160)
    council = models.ForeignKey(Council, models.PROTECT, null=True, blank=True)
    ward = models.CharField(max_length=120, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True)
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True)
    status = models.CharField(max_length=20, blank=True, choices=[(one, one) for one in STATUSES])
    term_end = models.DateField(null=True, blank=True)
    last_contact = models.DateTimeField(null=True, blank=True)

    class Meta:
        managed = False
        app_label, db_table = "offices", "councillor"

    def __str__(self) -> str:
        return self.name


@admin.register(Councillor)
class CouncillorAdmin(admin.ModelAdmin):
    """The list and the page of one, as ours."""

    list_display = ("name", "council", "ward", "party", "status", "term_end", "last_contact")
    list_filter = ("status", "party", "region", "council")
    search_fields = ("name", "council__name", "ward")
    list_select_related = ("council", "party")
    list_per_page = 50
    ordering = ("name",)


urlpatterns = [path("admin/", admin.site.urls)]


def cookie() -> str:
    """The session of a superuser, made for this run."""
    from django.contrib.auth.models import User

    call_command("migrate", verbosity=0)
    browser = Client()
    browser.force_login(User.objects.create_superuser("alice", password=None))
    return f"sessionid={browser.cookies['sessionid'].value}"


if __name__ == "__main__":
    signed_in = cookie()
    server = create_server(get_wsgi_application(), host="127.0.0.1", port=PORT)
    print(signed_in, flush=True)
    server.run()
