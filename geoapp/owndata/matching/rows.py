"""Each row of a table ends as matched, ambiguous, not found or ignored, and says how."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from geoapp.model.region import CHINA, Adcode, Level, Region
from geoapp.owndata.matching.names import How, Meanings, NameIndex
from geoapp.owndata.matching.nearest import Nearest, common_region
from geoapp.owndata.reading.sheet import Cell
from geoapp.owndata.table import MOST_CANDIDATES, Row
from geoapp.owndata.understanding.layout import SEATS, is_total
from geoapp.owndata.understanding.numbers import printed

FILLERS = frozenset(
    (
        "市辖区",
        "县",
        "市辖县",
        "省直辖县级行政单位",
        "省直辖县级行政区划",
        "自治区直辖县级行政单位",
        "自治区直辖县级行政区划",
        "直辖县级",
        "-",
        "/",
        "—",
    )
)
"""What stands between province and county where no prefecture does; as a filter it says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What a row says of its region: texts from the large division to the small one, and a code."""

    row: int
    names: tuple[str, ...]
    code: str
    empty: bool
    year: int | None

    @property
    def printed(self) -> str:
        """What the row calls its region, as printed."""
        own = next((name for name in reversed(self.names) if name), "")
        return own or self.code


def named_rows(
    cells: Sequence[Sequence[Cell]],
    numbers: Sequence[int],
    regions: Sequence[int],
    code: int | None,
    years: Sequence[int | None],
) -> list[Named]:
    """Return what the rows of a body say of their regions.

    A blank cell of a large division means the one above it, as merged cells do; a blank one of the smallest does not.
    """
    found = []
    above = [""] * len(regions)
    for row, number, year in zip(cells, numbers, years, strict=True):
        texts = [printed(row[column]) for column in regions]
        for place, text in enumerate(texts[:-1]):
            if text:
                above[place:] = [""] * (len(above) - place)
                above[place] = text
            elif any(texts):
                texts[place] = above[place]
        others = [cell for column, cell in enumerate(row) if column not in regions and column != code]
        found.append(
            Named(
                row=number,
                names=tuple(texts),
                code="" if code is None else printed(row[code]),
                empty=not any(printed(cell) for cell in others),
                year=year,
            )
        )
    return found


class RowMatcher:
    """Matches the rows of one table.

    Args:
        about: the one division that the lines above the header name, or None.
        level: the one that the header of the column names, or None.
    """

    def __init__(
        self, index: NameIndex, nearest: Nearest, about: Adcode | None = None, level: Level | None = None
    ) -> None:
        self._index, self._nearest, self._about, self._level = index, nearest, about, level

    def match(self, rows: Iterable[Named]) -> tuple[Row, ...]:
        """Return the rows with their regions; those that share a region are left to the reader."""
        named = list(rows)
        first = [self._one(each) for each in named]
        around = common_region(self._index, [row.adcode for row in first if row.adcode])
        with_near = [self._suggest(row, around) for row in first]
        return tuple(without_repeats(with_near))

    def _one(self, named: Named) -> Row:
        row = Row(row=named.row, name=named.printed, status="unmatched", how="unknown", year=named.year)
        name = named.printed
        if is_total(name) or any(is_total(each) for each in named.names if each):
            return replace(row, status="ignored", how="total")
        if name.strip() in SEATS:
            return replace(row, status="ignored", how="seat")
        if not name:
            return replace(row, status="ignored" if named.empty else "unmatched", how="no_name")
        if named.code and (code := self._index.code(named.code)) is not None:
            return self._by_code(row, named, code)
        found, how = self._by_names(named.names)
        return self._judged(row, found, how)

    def _by_code(self, row: Row, named: Named, code: Adcode) -> Row:
        """Take the code, unless the name says another division."""
        found, _ = self._by_names(named.names)
        how: How = "adcode" if code in named.code else "old_code"
        if found and code not in found:
            return replace(
                row, status="ambiguous", how="code_and_name", candidates=(code, *sorted(found))[:MOST_CANDIDATES]
            )
        return replace(row, status="matched", how=how, adcode=code)

    def _by_names(self, names: Sequence[str]) -> tuple[Meanings, str]:
        """Return what the smallest named division may be, in the larger ones that the row names."""
        given = [name for name in names if name and name.strip() not in FILLERS]
        if not given:
            return {}, "unknown"
        all_found = self._index.meanings(given[-1])
        found = all_found
        for above in given[:-1]:
            inside = self._index.within(found, self._index.meanings(above)) if self._index.meanings(above) else found
            if found and not inside:
                return all_found, "elsewhere"
            found = inside
        if len(found) > 1 and self._about is not None:
            inside = self._index.within(found, [self._about])
            if len(inside) == 1:
                return inside, "title"
        if len(found) > 1 and self._level is not None:
            of_level = {each: how for each, how in found.items() if self._region(each).level is self._level}
            if len(of_level) == 1:
                return of_level, "header"
        return found, "columns" if len(given) > 1 and len(all_found) > 1 else ""

    def _region(self, code: Adcode) -> Region:
        return self._index.gazetteer.regions[code]

    def _judged(self, row: Row, found: Meanings, how: str) -> Row:
        if how == "elsewhere":
            return replace(row, status="ambiguous", how=how, candidates=tuple(sorted(found))[:MOST_CANDIDATES])
        if len(found) == 1:
            code, plain = next(iter(found.items()))
            return replace(row, status="matched", how=how or plain, adcode=code)
        if found:
            return replace(row, status="ambiguous", how="several", candidates=tuple(sorted(found)))
        return row

    def _suggest(self, row: Row, around: Adcode) -> Row:
        """Put the likeliest candidates first, and offer near names where there is none."""
        if row.status == "unmatched" and row.name:
            return replace(row, candidates=self._nearest.to(row.name, around))
        if row.status == "ambiguous" and around != CHINA:
            inside = [code for code in row.candidates if self._index.gazetteer.is_within(code, around)]
            others = [code for code in row.candidates if code not in inside]
            return replace(row, candidates=(*inside, *others)[:MOST_CANDIDATES])
        return replace(row, candidates=row.candidates[:MOST_CANDIDATES])


def without_repeats(rows: Sequence[Row]) -> list[Row]:
    """Leave to the reader which row counts where several are of one region and year."""
    same: dict[tuple[str, int | None], list[int]] = defaultdict(list)
    for position, row in enumerate(rows):
        if row.status == "matched" and row.adcode:
            same[row.adcode, row.year].append(position)
    found = list(rows)
    for positions in same.values():
        for position in positions if len(positions) > 1 else ():
            row = rows[position]
            assert row.adcode, "only matched rows are grouped"
            found[position] = replace(row, status="ambiguous", how="repeated", candidates=(row.adcode,), adcode="")
    return found
