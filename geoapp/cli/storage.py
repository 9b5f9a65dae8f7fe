"""A disk that is full or closed, said in a sentence, whichever library met it first."""

import errno
from collections.abc import Iterator

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
CLOSED = {errno.EROFS, errno.EACCES, errno.EPERM}
WORDS = ("no space left", "disk is full", "disk full", "file too large")
VAGUE = ("unexpected i/o failure", "write failed", "write error")
"""How GDAL, SQLite and zlib word it in errors of their own, in which the number of the error is lost."""


def storage_problem(error: BaseException) -> str | None:
    """Return what is wrong with the disk, if that is behind an error; None for any other error."""
    for each in _chain(error):
        if isinstance(each, OSError) and each.errno in FULL | CLOSED:
            return _sentence(each.errno in FULL, each.filename2 or each.filename)
        if any(words in str(each).lower() for words in WORDS):
            return _sentence(full=True, path=None)
        if any(words in str(each).lower() for words in VAGUE):
            return f"not everything could be written ({str(each).splitlines()[0][:200]}); is the disk full?"
    return None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and those behind it."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _sentence(full: bool, path: object) -> str:
    what = f"{path} could not be written" if path else "not everything could be written"
    if full:
        return (
            f"the disk is full: {what}. Nothing that was whole is lost, and the last good build serves on; "
            "free some space and run the command again"
        )
    return f"{what}: this user may not write there. Change the owner of the folder, or name another one"
