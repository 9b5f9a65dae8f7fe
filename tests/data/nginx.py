"""A real nginx in front of a live server, from the example that operators copy, with a certificate of its own."""

import http.client
import re
import shutil
import socket
import ssl
import subprocess
import time
from contextlib import closing
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parent.parent.parent / "deploy" / "nginx.conf"
HOST = "atlas.example.cn"
PUBLIC = f"https://{HOST}/atlas"
MAIN = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1; {user}
events {{}}
http {{
  include /etc/nginx/mime.types; access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  include {folder}/geoapp.conf;
}}
"""


class Nginx:
    """The example, with ports, certificate and folders of a test put in for those of a machine."""

    def __init__(self, folder: Path, upstream: str, port: int, plain_port: int) -> None:
        self.folder, self.port, self.plain_port = folder, port, plain_port
        self._certify()
        site = EXAMPLE.read_text()
        for example, own in (
            ("http://127.0.0.1:8000", upstream),
            ("listen 443", f"listen 127.0.0.1:{port}"),
            ("listen 80", f"listen 127.0.0.1:{plain_port}"),
            ("/etc/ssl/geoapp", str(folder)),
            ("/var/cache/nginx", str(folder)),
        ):
            assert example in site, f"{EXAMPLE} no longer says {example!r}"
            site = site.replace(example, own)
        (folder / "geoapp.conf").write_text(site)
        user = "user root;" if folder.owner() == "root" else ""
        (folder / "main.conf").write_text(MAIN.format(folder=folder, user=user))

    def _certify(self) -> None:
        key, certificate = self.folder / "atlas.key", self.folder / "atlas.crt"
        asked = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}"]
        asked += ["-addext", f"subjectAltName=DNS:{HOST}", "-keyout", str(key), "-out", str(certificate)]
        subprocess.run(["openssl", "req", *asked], check=True, capture_output=True)
        self._trust = ssl.create_default_context(cafile=str(certificate))

    def __enter__(self) -> "Nginx":
        program = shutil.which("nginx", path="/usr/sbin:/usr/bin")
        assert program is not None, "nginx is missing; scripts/install-test-tools installs it"
        self._process = subprocess.Popen([program, "-p", str(self.folder), "-c", str(self.folder / "main.conf")])
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            assert self._process.poll() is None, (self.folder / "error.log").read_text()
            time.sleep(0.05)
        raise AssertionError("nginx does not listen")

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(10)

    def get(self, path: str, **headers: str) -> "Answer":
        """Ask nginx over TLS as a reader's browser does, its certificate checked; no redirect is followed."""
        line = http.client.HTTPSConnection(HOST, context=self._trust, timeout=120)
        line.sock = self._trust.wrap_socket(socket.create_connection(("127.0.0.1", self.port)), server_hostname=HOST)
        line.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        with closing(line), line.getresponse() as reply:
            return Answer(reply.status, [(name.lower(), value) for name, value in reply.getheaders()], reply.read())


class Answer:
    """Status, headers and body as they came."""

    def __init__(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    def header(self, name: str) -> str:
        """Return all values of a header."""
        return ", ".join(value for each, value in self.headers if each == name)

    @property
    def mimetype(self) -> str:
        """The kind of the body, without its parameters."""
        return re.sub(";.*", "", self.header("content-type")).strip()
