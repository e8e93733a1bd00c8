"""A PostgreSQL of the tests' own: the real server, in a folder that is thrown away."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SETTINGS = ("fsync=off", "full_page_writes=off", "max_connections=60", "shared_buffers=32MB")
"""Quick, and good enough for data that lives for a minute."""


def binaries() -> Path | None:
    """Return the folder of the server's programs; None where none is installed."""
    for folder in (*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), Path("/usr/local/bin")):
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    found = shutil.which("postgres")
    return Path(found).parent if found else None


@contextmanager
def postgres() -> Iterator[str]:
    """Run a server while the block runs.

    Yields:
        The address of an empty database server, without a database's name: append "/NAME".
    """
    programs = binaries()
    if programs is None:
        raise LookupError("PostgreSQL is not installed")
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        folder = Path(name)
        user = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
        if user:
            shutil.chown(folder, user)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        subprocess.run(
            [
                programs / "initdb",
                "-D",
                folder / "data",
                "-U",
                "nutgraf",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
            ],
            check=True,
            capture_output=True,
            user=user,
            cwd=folder,
        )
        options = [part for setting in SETTINGS for part in ("-c", setting)]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [
                    programs / "postgres",
                    "-D",
                    folder / "data",
                    "-p",
                    str(port),
                    "-k",
                    folder,
                    "-h",
                    "127.0.0.1",
                    *options,
                ],
                stdout=log,
                stderr=log,
                user=user,
                cwd=folder,
            )
        try:
            _wait(programs, port)
            yield f"postgresql+asyncpg://nutgraf@127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


def _wait(programs: Path, port: int) -> None:
    """Wait until the server answers: at most 200 looks, each as long as the look itself takes."""
    for _ in range(200):
        look = subprocess.run(
            [programs / "pg_isready", "-h", "127.0.0.1", "-p", str(port), "-t", "1"],
            capture_output=True,
            check=False,
        )
        if look.returncode == 0:
            return
    raise TimeoutError("PostgreSQL did not start")
