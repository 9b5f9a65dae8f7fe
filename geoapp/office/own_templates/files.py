"""The bureau's own templates: which file a briefing begins from, and its bytes as a document.

A folder holds ``report.dotx``, ``official.dotx`` and ``slides.potx``, or fewer; a single .dotx or .potx of another name
is that of reports or of slides. What it has no file for is written as we set it.
"""

import hashlib
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal

from geoapp.errors import UnusableTemplate
from geoapp.files.archive import unzip, zip_files

Kind = Literal["report", "official", "slides"]
SUFFIXES: Mapping[Kind, str] = {"report": ".dotx", "official": ".dotx", "slides": ".potx"}
MEANT = "report.dotx, official.dotx or slides.potx"
TYPES = "[Content_Types].xml"
MAIN = b"template.main+xml"
DOCUMENTS = {".dotx": b"document.main+xml", ".potx": b"presentation.main+xml"}
NO_DATE = "1980-01-01"
"""Of the parts of a package that is only kept in memory."""


@dataclass(frozen=True, slots=True)
class Template:
    """A template as it is read: the name of its file, and the bytes of a document made from it."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Templates:
    """The templates of a place: a folder, or one file; None has none."""

    place: Path | None = None

    def find(self, kind: Kind) -> Template | None:
        """Return the template of a kind, or None where there is none.

        Raises:
            UnusableTemplate: the place does not exist, says two things, or the file is no template.
        """
        path = self.path(kind)
        return Template(path.name, _as_document(path)) if path else None

    def path(self, kind: Kind) -> Path | None:
        """Return the file of a kind.

        Raises:
            UnusableTemplate: the place does not exist, or has several that may be meant.
        """
        found = [path for path in self._files() if path.suffix.lower() == SUFFIXES[kind]]
        named = [path for path in found if path.stem.lower() == kind]
        others = [path for path in found if path.stem.lower() not in SUFFIXES]
        if named or kind == "official":
            return named[0] if named else None
        if len(others) > 1:
            names = " and ".join(path.name for path in others)
            raise UnusableTemplate(
                others[0].parent.name, f"{names} may both be meant", f"name one {kind}{SUFFIXES[kind]}"
            )
        return others[0] if others else None

    @property
    def state(self) -> str:
        """Return a text that is another one when a template changes."""
        told = "".join(f"{path.name}{hashlib.sha256(path.read_bytes()).hexdigest()}" for path in self._files())
        return hashlib.sha256(told.encode()).hexdigest() if told else ""

    def _files(self) -> list[Path]:
        """Return the templates of the place.

        Raises:
            UnusableTemplate: there is no such place, or nothing in it is a template.
        """
        if self.place is None:
            return []
        if not self.place.exists():
            raise UnusableTemplate(self.place.name, "does not exist", f"name a folder with {MEANT}")
        inside = sorted(self.place.iterdir()) if self.place.is_dir() else [self.place]
        found = [path for path in inside if path.suffix.lower() in DOCUMENTS and not path.name.startswith(("~$", "."))]
        if not found:
            raise UnusableTemplate(
                self.place.name, "holds no template", f"save {MEANT} there from Word, PowerPoint or WPS"
            )
        return found


NO_TEMPLATES = Templates()


def _as_document(path: Path) -> bytes:
    """Return a template's package with the content type of a document, which libraries open.

    Raises:
        UnusableTemplate: the file is none.
    """
    suffix = path.suffix.lower()
    try:
        parts = unzip(path.read_bytes())
    except (zipfile.BadZipFile, OSError) as error:
        raise UnusableTemplate(path.name, f"cannot be read: {error}", f"save it once more as {suffix}") from None
    if MAIN not in parts.get(TYPES, b""):
        raise UnusableTemplate(path.name, "is not a template", f"save it as {suffix} (模板) in Word, PowerPoint or WPS")
    parts[TYPES] = parts[TYPES].replace(MAIN, DOCUMENTS[suffix])
    return zip_files(parts, NO_DATE)


def stream(template: Template) -> BytesIO:
    """Return the document to be opened."""
    return BytesIO(template.data)
