"""Commands about serving: the web server and the worker."""

import gc
import signal
import sys
import threading
from types import FrameType
from typing import TYPE_CHECKING

import click

from app import create_app
from app.settings import BadSettings

if TYPE_CHECKING:
    from flask import Flask

    from app.jobs.supervisor import Supervisor

SWITCH_S = 0.0005
NEW_THINGS = 20_000  # made since the last look for what nobody holds any more; 700 by default


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=5000, show_default=True, help="Port to listen on.")
@click.option("--worker/--no-worker", default=True, help="Keep a worker beside the server.")
def serve(host: str, port: int, worker: bool) -> None:
    """Serve Hustings, with a worker beside it unless told not to."""
    from waitress.server import create_server

    from app.lanes import Lanes

    app = create_app()
    _require_ready(app)
    try:
        server = create_server(app, host=host, port=port, ident="Hustings", _dispatcher=Lanes(app))
    except OSError as error:
        raise BadSettings(f"Cannot listen on {host}:{port} ({error.strerror}).") from error
    # A page asks the database fifty times, and each time waits for its turn behind the threads
    # that compute: five milliseconds each, by default, are a second and more.
    sys.setswitchinterval(SWITCH_S)
    _settle()
    signal.signal(signal.SIGTERM, _leave)
    supervisor = _supervisor() if worker else None
    click.echo(f"Hustings is served at http://{host}:{port} (Ctrl-C ends it).")
    try:
        server.run()
    finally:
        server.close()
        if supervisor is not None:
            supervisor.stop()


@click.command()
@click.option("--with-parent", is_flag=True, hidden=True, help="End when standard input closes.")
def worker(with_parent: bool) -> None:
    """Carry out what waits in the outbox: e-mails and long imports."""
    from app.jobs import worker as process

    app, stop = create_app(), threading.Event()
    # Not before: a worker that still starts holds nothing, and a signal may end it at once.
    process.stop_on_signals(stop)
    if with_parent:
        process.stop_with_parent(stop)
    sys.exit(process.run(app, stop))


def _settle() -> None:
    """Take the application itself out of the search for what nobody holds any more.

    It stays as long as the process: a look through all of it cost a page a quarter of a second.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_THINGS)


def _require_ready(app: "Flask") -> None:
    from app.jobs.worker import require_schema
    from app.vendor import SetUpError, check_vendor

    try:
        check_vendor()
    except SetUpError as missing:
        raise BadSettings(str(missing)) from missing
    require_schema(app)


def _supervisor() -> "Supervisor":
    from app.jobs.supervisor import Supervisor

    supervisor = Supervisor()
    supervisor.start()
    return supervisor


def _leave(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
