"""Administrative divisions and their codes (GB/T 2260)."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NewType

from geoapp.errors import InvalidAdcode


class Level(StrEnum):
    """The three levels of division the atlas draws, and the country that frames them."""

    NATION = "nation"
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"


Adcode = NewType("Adcode", str)
"""A six-digit division code, kept as text so that no zero is ever lost."""


def parse_adcode(raw: object) -> Adcode:
    """Read a code as spreadsheets deliver it: ``110000``, ``"110000.0"``, 12 digits.

    Raises:
        InvalidAdcode: the text is not a code.
    """
    text = str(raw).strip().removesuffix(".0")
    digits = text[:6] if len(text) in (9, 12) and text.isdigit() else text
    if len(digits) != 6 or not digits.isascii() or not digits.isdigit():
        raise InvalidAdcode(f"{raw!r} is not a division code; expected six digits such as 150600")
    return Adcode(digits)


CHINA = Adcode("100000")


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """One division of one boundary edition. Geometry lives in the store.

    Attributes:
        levels: levels at which the division is drawn. 石河子市 (659001) is a county that
            stands beside prefectures, so it has two; most divisions have one.
        parent: code of the division above it; asked of the boundary source, never
            computed from digits.
        label: longitude and latitude (degrees) of a point inside the polygon.
        bbox: west, south, east, north in degrees.
        name_en: from ``shapes/names_en.csv``, such as ``Dalad Banner``; ``short_name_en`` is for crowded maps.
    """

    adcode: Adcode
    name: str
    short_name: str
    level: Level
    levels: tuple[Level, ...]
    parent: Adcode | None
    label: tuple[float, float]
    bbox: tuple[float, float, float, float]
    area_km2: float
    name_en: str = ""
    short_name_en: str = ""

    official_name: str = ""
    """The Chinese name, where ``name`` is another."""

    def in_english(self) -> "Region":
        """Return the division as English faces call it."""
        return replace(self, name=self.name_en, short_name=self.short_name_en, official_name=self.name)
