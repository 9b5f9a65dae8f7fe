"""Every command that writes, on a disk that is full: one sentence, no traceback, nothing half done."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from geoapp.atlas import Atlas
from geoapp.settings import Settings
from tests.conftest import ROOT
from tests.data.raster_builders import ramp, write_raster

NAMESPACE = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--mount"]
FILL = "(dd if=/dev/zero of={disk}/filler bs=64k 2>/dev/null || true) && "


def on_small_disk(tmp_path: Path, size: str, prepare: str, command: str, **environ: str) -> tuple[int, str, set[str]]:
    """Run a command whose build and temporary folders lie on a disk of a few kB; return code, words, files left."""
    assert shutil.which("unshare"), "util-linux is missing; it mounts the small disk"
    disk = tmp_path / "disk"
    disk.mkdir()
    script = (
        f"mount -t tmpfs -o size={size} none {disk} && mkdir -p {disk}/build {disk}/tmp {disk}/out && "
        f"{prepare.format(disk=disk)} cd {ROOT} && "
        f"GEOAPP_BUILD_DIR={disk}/build TMPDIR={disk}/tmp {sys.executable} -m geoapp {command.format(disk=disk)}; "
        f"code=$?; find {disk}/out {disk}/tmp {disk}/build/atlas -mindepth 1 -maxdepth 1 -printf '\\nleft:%f' "
        "2>/dev/null; exit $code"
    )
    done = subprocess.run(
        [*NAMESPACE, "sh", "-c", script],
        capture_output=True,
        text=True,
        timeout=240,
        env={**os.environ, **environ},
        check=False,
    )
    left = {line.removeprefix("left:") for line in done.stdout.splitlines() if line.startswith("left:")}
    return done.returncode, done.stderr, left


@pytest.mark.parametrize("size", ["128k", "3m", "40m"])
def test_a_build_says_that_the_disk_is_full(settings: Settings, atlas: Atlas, tmp_path: Path, size: str) -> None:
    prepare = f"ln -s {ROOT}/build/shapes {{disk}}/build/shapes &&"
    code, words, left = on_small_disk(tmp_path, size, prepare, "build")
    assert (code, "Traceback" in words) == (1, False), words
    assert "is the disk full?" in words or "the disk is full" in words
    assert left == set()


def test_boundaries_say_that_the_disk_is_full(settings: Settings, tmp_path: Path) -> None:
    code, words, _ = on_small_disk(tmp_path, "2m", "", "shapes build")
    assert (code, "Traceback" in words) == (1, False), words
    assert "is the disk full?" in words or "the disk is full" in words


@pytest.mark.parametrize(
    "command",
    [
        "export region=150600 -o {disk}/out/o.geojson",
        "export region=150600 -o {disk}/out/o.gpkg",
        "export region=150600 -o {disk}/out/o.shp.zip",
        "export region=150600 -o {disk}/out/o.xlsx",
        "snapshot region=150600 -o {disk}/out/o.png",
        "briefing region=150600 -o {disk}/out/o.docx",
    ],
)
def test_files_say_that_the_disk_is_full(settings: Settings, atlas: Atlas, tmp_path: Path, command: str) -> None:
    prepare = (
        f"cp -rL {settings.build_dir}/atlas {{disk}}/build/ && cp -r {settings.build_dir}/rasters {{disk}}/build/ && "
    )
    code, words, left = on_small_disk(tmp_path, "700m", prepare + FILL, command)
    assert (code, "Traceback" in words) == (1, False), words
    assert "the disk is full" in words
    assert not [name for name in left if name.startswith("o.")]


def test_a_raster_says_that_the_disk_is_full(settings: Settings, atlas: Atlas, tmp_path: Path) -> None:
    path = write_raster(tmp_path / "dem.tif", ramp(80, 100, 1000, 1500))
    layers = tmp_path / "layers"
    shutil.copytree(ROOT / "layers", layers)
    prepare = (
        f"cp -rL {settings.build_dir}/atlas {{disk}}/build/ && cp -r {settings.build_dir}/rasters {{disk}}/build/ && "
    )
    command = f"raster add {path} --id dem --title 高程 --unit m"
    code, words, _ = on_small_disk(tmp_path, "700m", prepare + FILL, command, GEOAPP_LAYERS_DIR=str(layers))
    assert (code, "Traceback" in words) == (1, False), words
    assert "disk" in words
    assert not (layers / "rasters" / "dem.toml").exists()
