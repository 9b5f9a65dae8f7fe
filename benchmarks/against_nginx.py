"""Answers from memory beside nginx giving out the same bytes as files: wrk, 16 connections, two workers each.

The last columns are nginx in front of us as ``deploy/nginx.conf`` sets it up: it keeps tiles as long as they may be
kept, and features for a second. Needs nginx and wrk (apt-get install nginx-light wrk).
"""

import os
import shutil
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks._server import free_port, running, started, wrk

ASKED = {
    "ten features": ("/ogc/collections/counties/items?limit=10", 0.4),
    "one feature": ("/ogc/collections/counties/items/150621", 0.4),
    "box of features": ("/ogc/collections/counties/items?bbox=109.6,39.9,110.2,40.4&limit=100", 0.2),
    "vector tile": ("/ogc/collections/counties/tiles/WebMercatorQuad/6/24/50", 0.4),
    "raster tile": ("/rasters/elevation-5min/tiles/WebMercatorQuad/6/50/24.png", 0.25),
}
"""What is asked, and the ratio to nginx that issue 20 wants."""
CONFIG = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 2; {user}
events {{ worker_connections 512; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; open_file_cache max=100;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  proxy_cache_path {folder}/cache keys_zone=kept:10m use_temp_path=off;
  upstream geoapp {{ server {geoapp}; keepalive 32; }}
  server {{ listen 127.0.0.1:{files}; root {folder}/files; }}
  server {{
    listen 127.0.0.1:{front}; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $http_host;
    proxy_cache kept; proxy_cache_lock on; proxy_cache_use_stale updating; proxy_cache_background_update on;
    location /rasters/ {{ proxy_pass http://geoapp; }}
    location ~ /tiles/ {{ proxy_pass http://geoapp; }}
    location /ogc/ {{ proxy_pass http://geoapp; proxy_ignore_headers Cache-Control; proxy_cache_valid 200 1s; }}
  }}
}}
"""


def main() -> None:
    """Print requests a second and the ratios."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin")
    if program is None:
        sys.exit("nginx is missing: apt-get install nginx-light")
    with running(workers=2) as (ours, _), _nginx(program, ours) as (files, front):
        print(
            f"{'requests a second':18}{'geoapp':>9}{'nginx':>9}{'ratio':>8}{'asked':>7}{'behind nginx':>14}{'ratio':>8}"
        )
        for number, (words, (path, asked)) in enumerate(ASKED.items()):
            mine, static, kept = (
                max(wrk(url) for _ in range(2)) for url in (ours + path, f"{files}/{number}", front + path)
            )
            ratio, behind = mine / static, kept / static
            print(f"{words:18}{mine:9.0f}{static:9.0f}{ratio:8.2f}{asked:7.2f}{kept:14.0f}{behind:8.2f}", flush=True)
    print("load of the machine after:", " ".join(f"{each:.2f}" for each in os.getloadavg()))


@contextmanager
def _nginx(program: str, ours: str) -> Iterator[tuple[str, str]]:
    """Yield the addresses of nginx with our answers as files, and of nginx in front of us."""
    with tempfile.TemporaryDirectory(prefix="geoapp-bench-") as name:
        folder, files, front = Path(name), free_port(), free_port()
        (folder / "files").mkdir()
        for number, (path, _) in enumerate(ASKED.values()):
            with urllib.request.urlopen(ours + path) as answer:
                (folder / "files" / str(number)).write_bytes(answer.read())
        user = "user root;" if os.getuid() == 0 else ""
        told = {"folder": folder, "user": user, "files": files, "front": front, "geoapp": ours.removeprefix("http://")}
        (folder / "nginx.conf").write_text(CONFIG.format(**told), encoding="utf-8")
        with started([program, "-p", folder, "-c", folder / "nginx.conf"], f"http://127.0.0.1:{files}/0", {}):
            yield f"http://127.0.0.1:{files}", f"http://127.0.0.1:{front}"
