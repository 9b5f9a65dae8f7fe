"""Old Word and WPS files: LibreOffice, where it is installed, makes them .docx first."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from geoapp.drafting.reading import word
from geoapp.drafting.reading.document import Part
from geoapp.errors import UnreadableDocument

SECONDS = 120


def read(path: Path) -> Iterator[Part]:
    """Yield the parts of a ``.doc``, ``.wps`` or ``.rtf`` file.

    Raises:
        UnreadableDocument: LibreOffice is not installed, or cannot read the file.
    """
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        problem = f"{path.suffix} needs LibreOffice, which is not installed here"
        raise UnreadableDocument(path.name, problem, "install it, or save the document as .docx")
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [office, profile, "--headless", "--convert-to", "docx", "--outdir", folder, str(path.resolve())]
        try:
            subprocess.run(  # noqa: S603 - a fixed program; the file is an argument, no shell reads it
                command, capture_output=True, timeout=SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            raise UnreadableDocument(path.name, "LibreOffice did not finish", "save it as .docx") from None
        made = Path(folder) / f"{path.stem}.docx"
        if not made.exists():
            raise UnreadableDocument(path.name, "LibreOffice cannot read it", "save it as .docx")
        yield from list(word.read(made))
