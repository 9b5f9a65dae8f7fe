"""Zip archives whose bytes depend on their content only."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

UNIX = 3
FILE_MODE = 0o100644 << 16


def zip_files(files: Mapping[str, bytes], date: str) -> bytes:
    """Pack files in the order given, all stamped with ``date`` (YYYY-MM-DD).

    Names outside ASCII carry the UTF-8 flag, which Windows and macOS read.
    """
    year, month, day = (int(part) for part in date.split("-"))
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, (year, month, day, 0, 0, 0))
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, UNIX, FILE_MODE
            archive.writestr(info, data)
    return out.getvalue()


def unzip(data: bytes) -> dict[str, bytes]:
    """Return the files of an archive by name."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
