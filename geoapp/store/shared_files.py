"""Files that outlive builds: named after all they depend on, made once, and linked into each build that serves them."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREPARED = "ogc"
"""The folder of a build that holds them: encoded features, vector tiles, print frames."""
LEFT_ALONE = 3600
"""Seconds for which a file that no build links is kept: another build may have made it to link it in a moment."""


def place(folder: Path, kept: Path, names: set[str]) -> None:
    """Put prepared files into a build's folder, and clear files of other versions from where they are kept."""
    target = folder / PREPARED
    target.mkdir(parents=True, exist_ok=True)
    for name in sorted(names):
        link(kept / name, target / name)
    for path in kept.iterdir():
        if not path.is_file() or path.name in names:
            continue
        found = path.stat()
        if found.st_nlink == 1 and time.time() - found.st_mtime > LEFT_ALONE:
            path.unlink(missing_ok=True)


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
