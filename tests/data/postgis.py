"""A PostgreSQL with PostGIS of the tests' own: Debian's packages, a folder that goes with it, a free port."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PASSWORD = "p%40ss:wörd"
"""As it stands in an address: with characters that people get wrong."""
Publish = Callable[..., Path]
"""Publishes the made-up world: address, version, and what to do at each step."""
QUICK = ("fsync=off", "full_page_writes=off", "unix_socket_directories=", "listen_addresses=127.0.0.1")


def programs() -> Path:
    """Return the folder of PostgreSQL's programs.

    Raises:
        FileNotFoundError: naming what installs them.
    """
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise FileNotFoundError("PostgreSQL is missing; scripts/install-test-tools installs it")
    return found[-1].parent


class Database:
    """A running server. Its user ``atlas`` owns the database ``atlas``."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.most_bytes = 0

    @property
    def address(self) -> str:
        """Return the address with its password, as an operator writes it."""
        return self.address_of("atlas", PASSWORD)

    def address_of(self, user: str, password: str, database: str = "atlas") -> str:
        """Return the address for a user and a database."""
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start the server and wait for it; ``most_bytes`` bounds the size of each of its files."""
        options = " ".join(f"-c {each}" for each in (*QUICK, f"port={self.port}"))
        limit = f"ulimit -f {self.most_bytes // 1024}; " if self.most_bytes else ""
        start = f"{programs()}/pg_ctl -w -D {self.folder}/data -l {self.folder}/log -o '{options}' start"
        self.run("bash", "-c", limit + start)

    def stop(self) -> None:
        """Stop the server at once, as for a restart."""
        self.run(f"{programs()}/pg_ctl", "-w", "-m", "fast", "-D", f"{self.folder}/data", "stop")

    def sql(self, statements: str, database: str = "postgres") -> str:
        """Run SQL as the administrator with psql, and return its answer."""
        command = [f"{programs()}/psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", self.administrator(database)]
        return subprocess.run(
            command, input=statements, check=True, text=True, capture_output=True, timeout=60
        ).stdout.strip()

    def administrator(self, database: str = "postgres") -> str:
        """Return the administrator's address."""
        return self.address_of("postgres", PASSWORD, database)

    def create(self, name: str, *, postgis: bool = True) -> str:
        """Make an empty database of the user ``atlas`` and return its address."""
        self.sql(f"CREATE DATABASE {name} OWNER atlas;")
        if postgis:
            self.sql("CREATE EXTENSION postgis;", name)
        return self.address_of("atlas", PASSWORD, name)

    def run(self, *command: str) -> None:
        if os.getuid() == 0:  # PostgreSQL refuses to be root's
            command = ("runuser", "-u", "postgres", "--", *command)
        # not to a pipe: the server that pg_ctl leaves behind would keep it open
        with (self.folder / "start.log").open("w") as log:
            subprocess.run(command, check=True, cwd="/", stdout=log, stderr=log, stdin=subprocess.DEVNULL, timeout=120)


@contextmanager
def running() -> Iterator[Database]:
    """Lend a server with an empty database ``atlas``."""
    folder = Path(tempfile.mkdtemp(prefix="geoapp-postgis-"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        database = Database(folder, probe.getsockname()[1])
    secret = folder / "password"
    secret.write_text("p@ss:wörd", encoding="utf-8")
    if os.getuid() == 0:
        shutil.chown(folder, "postgres")
        shutil.chown(secret, "postgres")
    try:
        made = ("-D", f"{folder}/data", "-U", "postgres", "-A", "scram-sha-256", f"--pwfile={secret}", "-E", "UTF8")
        database.run(f"{programs()}/initdb", *made, "--no-locale", "--no-sync")
        database.start()
        database.sql("CREATE ROLE atlas LOGIN CREATEROLE PASSWORD 'p@ss:wörd';")
        database.create("atlas")
        yield database
        database.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
