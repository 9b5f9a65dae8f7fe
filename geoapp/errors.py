"""The errors a planner may meet. They know nothing of HTTP; the web maps them to statuses."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class Sayable(Protocol):
    """A sentence in every language of the atlas (``model.phrase.Phrase`` is one)."""

    def say(self, lang: str) -> str:
        """Return the sentence in a language."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One fault: where it is, what is wrong, how to mend it."""

    where: str
    problem: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}" + (f" ({self.hint})" if self.hint else "")


class GeoappError(Exception):
    """Base of every error with a sentence for a person; ``slug`` names its help page."""

    slug = "error"


class InvalidData(GeoappError):
    """A file people edit has faults. All of them are listed, not only the first."""

    slug = "invalid-data"

    def __init__(self, source: object, issues: Sequence[Issue]) -> None:
        self.source = source
        self.issues = tuple(issues)
        lines = [f"{source}: {len(self.issues)} fault(s)", *(f"  {issue}" for issue in self.issues)]
        super().__init__("\n".join(lines))


class InvalidAdcode(GeoappError):
    """A text is not a six-digit division code."""

    slug = "invalid-adcode"


class InvalidView(GeoappError):
    """A query string does not describe a view; ``issues`` name the parameters."""

    slug = "invalid-parameters"

    def __init__(self, issues: Sequence[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__("; ".join(str(issue) for issue in self.issues))


class NotFound(GeoappError):
    """The thing asked for does not exist; the message says what does.

    Attributes:
        suggestion: path of the nearest thing, ``named`` what that is called.
        wording: the message for a reader, in the language of the page; programs get the message.
    """

    slug = "not-found"

    def __init__(self, message: str, *, suggestion: str = "", named: str = "", wording: Sayable | None = None) -> None:
        super().__init__(message)
        self.suggestion, self.named, self.wording = suggestion, named, wording


class Gone(GeoappError):
    """What was asked for existed once and is no longer kept."""

    slug = "gone"


class Outdated(GeoappError):
    """Paging began in a build that is no longer kept; only a fresh start can go on."""

    slug = "outdated"


class ForeignHost(GeoappError):
    """A request names a host that this server does not have; nothing it answers may repeat that name."""

    slug = "unknown-host"


class NotAcceptable(GeoappError):
    """The client accepts none of the forms that exist; the message names them."""

    slug = "not-acceptable"


class BoundaryError(GeoappError):
    """The boundary source is missing, broken or not what the manifest promises."""

    slug = "boundaries"


class RasterError(GeoappError):
    """A raster file cannot be used; the message says why and how to mend it."""

    slug = "raster"


class NeedsAnswer(RasterError):
    """A raster leaves questions open that only its owner can answer; ``issues`` name the options."""

    slug = "raster-questions"

    def __init__(self, source: object, issues: Sequence[Issue]) -> None:
        self.issues = tuple(issues)
        lines = [f"{source}: {len(self.issues)} question(s)", *(f"  {issue}" for issue in self.issues)]
        super().__init__("\n".join(lines))


class NotBuilt(GeoappError):
    """There is no built atlas to serve yet."""

    slug = "not-built"


class StoreFault(GeoappError):
    """The database that builds are kept in cannot be used; the message says why, never with the password."""

    slug = "store"


class Busy(GeoappError):
    """Another build holds the lock, or a port is taken."""

    slug = "busy"


class TooBusy(GeoappError):
    """As many pictures or downloads as may be are under way; ``retry_after`` is in seconds."""

    slug = "too-busy"

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class WorkEnded(TooBusy):
    """The process that worked on a request ended over it; nobody else's request was hurt."""

    slug = "work-ended"


class FontMissing(GeoappError):
    """The typeface of the sheets is not installed."""

    slug = "font-missing"


class LibraryMissing(GeoappError):
    """A library that draws the sheets cannot be loaded; ``mend`` is the command that installs what lacks."""

    slug = "library-missing"

    def __init__(self, problem: str, mend: str) -> None:
        self.mend = mend
        super().__init__(f"{problem}, so no sheet can be drawn; run: {mend}")


class MissingGlyph(GeoappError):
    """A text has a character the typeface cannot draw."""

    slug = "missing-glyph"

    def __init__(self, char: str, text: str, family: str) -> None:
        self.char, self.text = char, text
        super().__init__(
            f"the character {char!r} (U+{ord(char):04X}) of {text[:60]!r} is not in {family}; "
            "leave it out or write it in another way"
        )


class InvalidSettings(GeoappError):
    """A setting is unknown or has an unusable value, or there is no project to take settings from."""

    slug = "invalid-settings"


class UnreadableDocument(GeoappError):
    """A document cannot be read; the message names it, what is wrong and how to mend it."""

    slug = "unreadable-document"

    def __init__(self, name: str, problem: str, hint: str) -> None:
        self.name, self.problem, self.hint = name, problem, hint
        super().__init__(f"{name}: {problem} ({hint})")


class UnusableTemplate(GeoappError):
    """A template of the operator's lacks what a briefing needs; the message names it, what lacks and the mend."""

    slug = "unusable-template"

    def __init__(self, name: str, problem: str, hint: str) -> None:
        super().__init__(f"{name} (GEOAPP_TEMPLATES_OFFICE) {problem}; {hint}")


class UnreadableTable(GeoappError):
    """A reader's own table cannot be read or understood; ``wording`` says which cell stops it, and how to mend it."""

    slug = "unreadable-table"

    def __init__(self, wording: Sayable) -> None:
        super().__init__(wording.say("en"))
        self.wording = wording


class TableTooLarge(UnreadableTable):
    """A reader's own table is more than the atlas takes."""


class NotAllowed(GeoappError):
    """The operator, or the safety of the reader, does not allow a request; ``wording`` says why."""

    slug = "not-allowed"

    def __init__(self, wording: Sayable) -> None:
        super().__init__(wording.say("en"))
        self.wording = wording


class NoRoom(NotAllowed):
    """The disk is full; nothing was kept."""

    slug = "no-room"
