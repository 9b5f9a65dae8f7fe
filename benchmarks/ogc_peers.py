"""Our OGC API against pygeoapi on the same counties, side by side: wrk, 16 connections, two workers each.

pygeoapi is installed from PyPI into a throw-away environment, with the GeoPackage that we export
(full detail) as its data, under gunicorn with two workers, as its documentation recommends.
"""

import json
import os
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks._server import SECONDS, free_port, resident_mb, running, started, workers, wrk

PYGEOAPI = "pygeoapi==0.21.0"
REQUESTS = (
    ("first ten items", "items?limit=10", {}),
    ("one item", "items/{id}", {}),
    ("county-sized box", "items?bbox=109.6,39.9,110.2,40.4&limit=100", {}),
    ("whole country, full detail", "items?limit=10000", {}),
    ("whole country, gzip", "items?limit=10000", {"Accept-Encoding": "gzip"}),
)
DEBIAN_PYTHON = "/usr/bin/python3"
"""Its SQLite can load SpatiaLite, which pygeoapi's GeoPackage provider needs (libsqlite3-mod-spatialite)."""
TILES = "mixed vector tiles z5–10"
BEST_PEER = {
    "first ten items": 1243,
    "one item": 1843,
    "county-sized box": 1038,
    "whole country, full detail": 7.8,
    "whole country, gzip": 5.6,
    TILES: 572,
}
"""Best of seven peers, requests a second on two quiet cores (July 2026)."""


def main() -> None:
    """Print requests a second of both, the ratios, and our memory."""
    print("load of the machine before:", " ".join(f"{each:.2f}" for each in os.getloadavg()))
    with tempfile.TemporaryDirectory(prefix="geoapp-bench-") as name:
        folder = Path(name)
        with running(GEOAPP_FULL_GEOMETRY="true") as (ours, pid):
            _export(ours, folder / "counties.gpkg")
            mine = {
                words: _best(f"{ours}/ogc/collections/counties/{path.format(id='150621')}", headers)
                for words, path, headers in REQUESTS
            }
            mine[TILES] = _mixed_tiles(ours, folder)
            memory = [resident_mb(each) for each in workers(pid)]
        with _pygeoapi(folder) as theirs:
            number = _their_number(theirs)
            peer = {
                words: _theirs(f"{theirs}/collections/counties/{path.format(id=number)}", words, headers)
                for words, path, headers in REQUESTS
            }
    print(f"{'requests a second':30}{'geoapp':>10}{'pygeoapi':>10}{'times':>8}{'best peer':>10}{'times':>8}")
    for words, rate in mine.items():
        other, times = f"{peer.get(words, 0):.1f}", f"{rate / max(peer.get(words, 0), 0.01):.0f}"
        both = (other, times) if words in peer else ("–", "–")
        best = BEST_PEER[words]
        print(f"{words:30}{rate:10.1f}{both[0]:>10}{both[1]:>8}{best:10.1f}{rate / best:8.1f}")
    print("memory of our workers after it, MB:", ", ".join(f"{each:.0f}" for each in memory))
    print("load of the machine after:", " ".join(f"{each:.2f}" for each in os.getloadavg()))


def _best(url: str, headers: dict[str, str]) -> float:
    """Measure ours twice and take the better: what else the machine does only ever takes away."""
    return max(wrk(url, headers) for _ in range(2))


def _theirs(url: str, words: str, headers: dict[str, str]) -> float:
    """Measure pygeoapi; the whole country takes it so long that a few seconds would see no answer at all."""
    form = "&f=json" if "?" in url else "?f=json"
    return max(
        wrk(url + form, headers, seconds="30" if "country" in words else SECONDS)
        for _ in range(1 if "country" in words else 2)
    )


@contextmanager
def _pygeoapi(folder: Path) -> Iterator[str]:
    print(f"installing {PYGEOAPI} and gunicorn into a throw-away environment …", flush=True)
    subprocess.run([DEBIAN_PYTHON, "-m", "venv", folder / "venv"], check=True)
    python = folder / "venv" / "bin" / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", PYGEOAPI, "gunicorn"], check=True, stderr=subprocess.DEVNULL
    )
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    (folder / "config.yml").write_text(_config(url, port, folder / "counties.gpkg"), encoding="utf-8")
    environ = {
        "SPATIALITE_LIBRARY_PATH": "mod_spatialite.so",
        "PYGEOAPI_CONFIG": str(folder / "config.yml"),
        "PYGEOAPI_OPENAPI": str(folder / "openapi.yml"),
    }
    tool = folder / "venv" / "bin" / "pygeoapi"
    with (folder / "openapi.yml").open("w") as file:
        subprocess.run(
            [tool, "openapi", "generate", folder / "config.yml"], check=True, env={**os.environ, **environ}, stdout=file
        )
    command = [python, "-m", "gunicorn", "--workers", "2", "--bind", f"127.0.0.1:{port}", "pygeoapi.flask_app:APP"]
    with started(command, f"{url}/collections/counties", environ, folder):
        yield url


def _config(url: str, port: int, data: Path) -> str:
    text = {"en": "counties"}
    return json.dumps(
        {
            "server": {
                "bind": {"host": "127.0.0.1", "port": port},
                "url": url,
                "mimetype": "application/json; charset=UTF-8",
                "encoding": "utf-8",
                "gzip": True,
                "languages": ["en-US"],
                "limits": {"default_items": 10, "max_items": 10000},
                "map": {"url": "/none", "attribution": "none"},
            },
            "logging": {"level": "ERROR"},
            "metadata": {
                "identification": {
                    "title": text,
                    "description": text,
                    "keywords": {"en": ["x"]},
                    "terms_of_service": "none",
                    "url": url,
                },
                "license": {"name": "none", "url": url},
                "provider": {"name": "none", "url": url},
                "contact": {"name": "none", "email": "none", "url": url},
            },
            "resources": {
                "counties": {
                    "type": "collection",
                    "title": text,
                    "description": text,
                    "keywords": {"en": ["x"]},
                    "extents": {
                        "spatial": {"bbox": [73, 3, 136, 54], "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}
                    },
                    "providers": [
                        {
                            "type": "feature",
                            "name": "SQLiteGPKG",
                            "data": str(data),
                            "id_field": "fid",
                            "table": "counties",
                        }
                    ],
                }
            },
        }
    )


def _export(ours: str, path: Path) -> None:
    """Write the counties as GeoPackage at the detail that we serve, for pygeoapi."""
    import pyogrio

    frame = pyogrio.read_dataframe(f"OAPIF:{ours}/ogc", layer="counties", PAGE_SIZE="10000")
    pyogrio.write_dataframe(frame, path, layer="counties", driver="GPKG", dataset_options={"VERSION": "1.3"})


def _their_number(url: str) -> str:
    with urllib.request.urlopen(f"{url}/collections/counties/items?limit=1&f=json") as reply:
        return str(json.load(reply)["features"][0]["id"])


def _mixed_tiles(url: str, folder: Path) -> float:
    """Ask for 300 tiles over the north of China, levels 5 to 10, in turn."""
    paths = []
    for level in range(5, 11):
        size = 1 << level
        for step in range(50):
            col = int(size * (0.73 + 0.1 * (step % 10) / 10))
            row = int(size * (0.36 + 0.06 * (step // 10) / 5))
            paths.append(f"/ogc/collections/counties/tiles/WebMercatorQuad/{level}/{row}/{col}")
    script = folder / "tiles.lua"
    listed = ",".join(f'"{path}"' for path in paths)
    script.write_text(
        f"local paths={{{listed}}}\nlocal i=0\nrequest=function() i=i%#paths+1 "
        'return wrk.format("GET",paths[i],{["Accept-Encoding"]="gzip"}) end\n'
    )
    return max(wrk(url, script=script) for _ in range(2))


def _memory(process: subprocess.Popen[bytes]) -> list[int]:
    """Return the resident memory of a process and its children, MB."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [int(Path(f"/proc/{each}/statm").read_text().split()[1]) * 4096 // 1_000_000 for each in children]
