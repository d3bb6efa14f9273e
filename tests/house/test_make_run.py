"""`make run`: whatever it prints and mails leads to the address that it serves."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Stands in for `hustings`: says how it was called, and which address links would begin with.
STAND_IN = '#!/bin/sh\necho "$@ at $HUSTINGS_BASE_URL"\n'
# What a `make test` around this one hands down: its words and flags, and that it is an outer one.
FROM_OUTSIDE = frozenset({"HUSTINGS_BASE_URL", "MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES"})

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="there is no make here")


@pytest.fixture
def said(tmp_path):
    """What `hustings` hears when `make run` is called with these words."""
    stand_in = tmp_path / "hustings"
    stand_in.write_text(STAND_IN)
    stand_in.chmod(0o755)

    def said(*words, **environment):
        bare = {name: value for name, value in os.environ.items() if name not in FROM_OUTSIDE}
        done = subprocess.run(
            ["make", "--old-file=install", "run", f"BIN={tmp_path}", *words],
            cwd=ROOT,
            env=bare | environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.splitlines()

    return said


@pytest.mark.parametrize(("words", "port"), [((), 5000), (("PORT=5077",), 5077)])
def test_links_begin_with_the_port_that_is_served(said, words, port):
    assert said(*words) == [
        f"init --demo at http://127.0.0.1:{port}",
        f"serve --host 127.0.0.1 --port {port} at http://127.0.0.1:{port}",
    ]


def test_an_address_of_ones_own_stays(said):
    address = "https://hustings.example.org"
    assert all(line.endswith(f" at {address}") for line in said(HUSTINGS_BASE_URL=address))
