"""Files that outlive builds: linked into a build, cleared when no build has them, never from under another build."""

import os
import time
from pathlib import Path

from geoapp.store.shared_files import LEFT_ALONE, PREPARED, made_in, place


def made(kept: Path, name: str, age: float = 0.0) -> Path:
    with made_in(kept) as work:
        (work / name).write_text(name)
    then = time.time() - age
    os.utime(kept / name, (then, then))
    return kept / name


def test_a_build_links_what_it_serves_and_clears_what_nobody_does(tmp_path: Path) -> None:
    kept, one, two = (tmp_path / name for name in ("kept", "one", "two"))
    kept.mkdir()
    for name in ("a", "b"):
        made(kept, name, 2 * LEFT_ALONE)
    place(one, kept, {"a", "b"})
    assert {path.name for path in (one / PREPARED).iterdir()} == {"a", "b"}
    made(kept, "stale", 2 * LEFT_ALONE)
    made(kept, "c")
    place(two, kept, {"b", "c"})
    assert {path.name for path in kept.iterdir()} == {"a", "b", "c"}, "a is still linked by the first build"
    assert (two / PREPARED / "b").samefile(one / PREPARED / "b")


def test_what_another_build_has_just_made_is_left_alone(tmp_path: Path) -> None:
    """Two builds with folders of their own may share the boundaries, and neither waits for the other."""
    kept = tmp_path / "kept"
    kept.mkdir()
    theirs = made(kept, "theirs")
    made(kept, "ours")
    place(tmp_path / "ours", kept, {"ours"})
    assert theirs.exists()
    place(tmp_path / "theirs", kept, {"theirs"})
    assert (tmp_path / "theirs" / PREPARED / "theirs").read_text() == "theirs"


def test_a_build_that_fails_leaves_nothing_half_made(tmp_path: Path) -> None:
    try:
        with made_in(tmp_path) as work:
            (work / "half").write_text("half")
            raise OSError
    except OSError:
        pass
    assert list(tmp_path.iterdir()) == []
