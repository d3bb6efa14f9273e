"""`hustings user`: adding users, and letting them in or keeping them out."""

import sys

import click

from app.cli import edge
from models.accounts.actions.passwords import give_password, send_link
from models.accounts.actions.users import add_user, disable_user, enable_user
from models.accounts.list import USERS
from models.accounts.permits import OPERATOR
from models.accounts.queries import region_ids_of_codes, scopes_of, user_by_email
from models.accounts.roles import Role
from models.accounts.tables import User
from models.errors import NotFound
from models.workshop.asking import question
from models.workshop.reading import everything
from views.accounts.room import link_desk

ROLE_WORDS = click.Choice([role.value for role in Role])


@click.command()
@click.argument("email")
@click.option("--name", required=True, help="The person's name.")
@click.option("--role", required=True, type=ROLE_WORDS, help="What the person does.")
@click.option("--region", "codes", multiple=True, metavar="CODE", help="Once for each region.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def add(email: str, name: str, role: str, codes: tuple[str, ...], password_stdin: bool) -> None:
    """Add the user EMAIL; without --password-stdin, print a link to choose a password."""
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else ""
    link = None
    with edge.transaction():
        person = add_user(
            email=email,
            name=name,
            role=Role(role),
            region_ids=region_ids_of_codes(codes),
            by=OPERATOR,
        )
        if password_stdin:
            give_password(person, password=password, by=OPERATOR)
        else:
            link = send_link(person, by=OPERATOR, desk=link_desk())
        words = f"Added {person.name} <{person.email}>, {person.role_label}, {person.scope_words}."
    click.echo(words)
    if link:
        _show(link, "7 days")


@click.command("list")
def list_users() -> None:
    """List every user: address, name, role, regions, state."""
    with edge.transaction():
        people = list(everything(question(USERS, OPERATOR)))
        scopes = scopes_of([person.id for person in people])
        for one in people:
            click.echo("\t".join((one.email, one.name, one.role, scopes[one.id], one.state)))
    if not people:
        click.echo("There are no users yet. Add one with: hustings user add", err=True)


@click.command()
@click.argument("email")
def disable(email: str) -> None:
    """Keep the user EMAIL out, from their next click on."""
    with edge.transaction():
        person = disable_user(_person(email), by=OPERATOR)
        words = f"{person.name} is disabled and signed out."
    click.echo(words)


@click.command()
@click.argument("email")
def enable(email: str) -> None:
    """Let the user EMAIL in again."""
    with edge.transaction():
        person = enable_user(_person(email), by=OPERATOR)
        words = f"{person.name} may sign in again."
    click.echo(words)


@click.command()
@click.argument("email")
def link(email: str) -> None:
    """Print a new link with which the user EMAIL chooses a password."""
    with edge.transaction():
        person = _person(email)
        lifetime = "30 minutes" if person.password_hash else "7 days"
        address = send_link(person, by=OPERATOR, desk=link_desk())
    _show(address, lifetime)


def _person(email: str) -> User:
    person = user_by_email(email.strip().lower())
    if person is None:
        raise NotFound(f"There is no user {email}.")
    return person


def _show(address: str, lifetime: str) -> None:
    click.echo(f"To choose a password, open this link. It works once, for {lifetime}:")
    click.echo(address)
