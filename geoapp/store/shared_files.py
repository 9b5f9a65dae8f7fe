"""Files that outlive builds: named after all they depend on, made once, and linked into each build that serves them."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREPARED = "ogc"
"""The folder of a build that holds them: encoded features, vector tiles, print frames."""


def place(folder: Path, kept: Path, names: set[str]) -> None:
    """Put prepared files into a build's folder, and clear files of other versions from where they are kept."""
    target = folder / PREPARED
    target.mkdir(parents=True, exist_ok=True)
    for name in sorted(names):
        link(kept / name, target / name)
    for path in kept.iterdir():
        if path.is_file() and path.name not in names and path.stat().st_nlink == 1:
            path.unlink()


@contextmanager
def made_in(kept: Path) -> Iterator[Path]:
    """Lend a folder of its own, then move what was made in it: two builds at once do not meet."""
    with tempfile.TemporaryDirectory(dir=kept, prefix=".making-") as folder:
        yield Path(folder)
        for path in Path(folder).iterdir():
            path.rename(kept / path.name)


def link(source: Path, target: Path) -> None:
    """Link a file into a build; where links cannot be, copy it."""
    if target.exists():
        return
    try:
        target.hardlink_to(source)
    except OSError:
        part = target.with_name(target.name + ".part")
        shutil.copyfile(source, part)
        part.rename(target)
