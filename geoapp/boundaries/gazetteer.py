"""Names become codes: official names and the reviewed ``shapes/aliases.csv``, never a guess."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import takewhile
from pathlib import Path

from geoapp.errors import GeoappError, InvalidData, Issue, NotFound
from geoapp.model.dataset import Alias
from geoapp.model.region import CHINA, Adcode, Level, Region

ALIAS_COLUMNS = ("alias", "adcode", "kind", "within", "valid_until", "note")
ALIAS_KINDS = ("official", "short", "old_name", "old_code", "composite")
WHOLE_REGION = {
    "全市",
    "全地区",
    "全区",
    "全县",
    "全旗",
    "全省",
    "全自治区",
    "全州",
    "全盟",
    "我市",
    "本市",
    "地区",
    "市本级",
    "全国",
}
"""Words by which a plan means its own region; they name nothing outside a plan."""


class UnknownName(GeoappError):
    """No division of the plan's region bears this name."""

    slug = "unknown-region"

    def __init__(self, problem: str, hint: str) -> None:
        super().__init__(f"{problem} ({hint})")
        self.problem, self.hint = problem, hint


class AmbiguousName(UnknownName):
    """Several divisions of the plan's region bear this name."""

    slug = "ambiguous-region"


def read_aliases(path: Path) -> list[Alias]:
    """Read ``aliases.csv``; raise with every faulty row at once."""
    issues: list[Issue] = []
    aliases: list[Alias] = []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != ALIAS_COLUMNS:
            hint = "the header must be " + ",".join(ALIAS_COLUMNS)
            raise InvalidData(path, [Issue("row 1", "unexpected columns", hint)])
        for number, row in enumerate(reader, start=2):
            if row["kind"] not in ALIAS_KINDS:
                issues.append(
                    Issue(
                        f"row {number}, column kind", f"unknown kind {row['kind']!r}", "use " + ", ".join(ALIAS_KINDS)
                    )
                )
            aliases.append(
                Alias(
                    alias=row["alias"],
                    adcode=Adcode(row["adcode"]),
                    kind=row["kind"],
                    within=Adcode(row["within"]),
                    valid_until=row["valid_until"],
                    note=row["note"],
                )
            )
    if issues:
        raise InvalidData(path, issues)
    return aliases


class Gazetteer:
    """All divisions of one boundary edition, by code and, inside a region, by name."""

    def __init__(self, regions: Iterable[Region], aliases: Sequence[Alias] = ()) -> None:
        self.regions: Mapping[Adcode, Region] = {region.adcode: region for region in regions}
        self._children: dict[Adcode, list[Adcode]] = defaultdict(list)
        for region in self.regions.values():
            if region.parent is not None:
                self._children[region.parent].append(region.adcode)
        self.aliases = tuple(aliases)
        self._names: dict[Adcode, dict[str, set[Adcode]]] = {}
        self._old_codes = {alias.alias: alias for alias in aliases if alias.kind == "old_code"}
        faults = [
            Issue(f"alias {alias.alias}", f"{code} is not a division of this edition", "correct the code")
            for alias in aliases
            for code in (alias.adcode, alias.within)
            if code not in self.regions
        ]
        if faults:
            raise InvalidData("aliases.csv", faults)

    def __getitem__(self, adcode: str) -> Region:
        """Return a region by its code.

        Raises:
            NotFound: the code is not in this edition; an old code is named with its successor.
        """
        region = self.regions.get(Adcode(adcode))
        if region is not None:
            return region
        if (old := self._old_codes.get(adcode)) is not None:
            new = self.regions[old.adcode]
            raise NotFound(f"{adcode} is an old code ({old.note}); use {new.adcode} {new.name}")
        near = self.nearest(adcode)
        hint = (
            f"; did you mean {near.adcode} {near.name}?"
            if near
            else "; a code has six digits such as 150600, /regions lists them"
        )
        raise NotFound(f"no division has the code {adcode!r}{hint}")

    def nearest(self, code: str) -> Region | None:
        """Return the division whose code begins with the same four digits and is nearest in number, for a hint.

        Where no code does, the province of the first two; None where there is none: a wild guess is no help.
        """
        if not (code.isascii() and code.isdigit()):
            return None
        if not any(other.startswith(code[:4]) for other in self.regions):
            return self.regions.get(Adcode(f"{code[:2]}0000"))

        def distance(other: Adcode) -> tuple[int, int]:
            return -sum(1 for _ in takewhile(bool, map(str.__eq__, code, other))), abs(int(code[:6]) - int(other))

        return self.regions[min(self.regions, key=distance)]

    def __contains__(self, adcode: object) -> bool:
        """Say whether the edition has this code."""
        return adcode in self.regions

    def successor(self, code: str) -> Adcode | None:
        """Return today's code of an abolished one (654223 → 654203), or None."""
        alias = self._old_codes.get(code)
        return alias.adcode if alias else None

    def parents(self, adcode: Adcode) -> Iterator[Region]:
        """Yield the divisions above, nearest first, the country last."""
        parent = self.regions[adcode].parent
        while parent is not None:
            region = self.regions[parent]
            yield region
            parent = region.parent

    def children(self, adcode: Adcode) -> list[Region]:
        """Return the divisions directly below, in order of code."""
        return [self.regions[code] for code in sorted(self._children[adcode])]

    def is_within(self, adcode: Adcode, region: Adcode) -> bool:
        """Say whether a division is ``region`` or lies below it."""
        return adcode == region or any(parent.adcode == region for parent in self.parents(adcode))

    def at_level(self, region: Adcode, level: Level) -> list[Region]:
        """Return the divisions drawn at ``level`` inside ``region``, in order of code."""
        return [self.regions[code] for code in sorted(self._inside(region)) if level in self.regions[code].levels]

    def _inside(self, region: Adcode) -> Iterator[Adcode]:
        """Yield a division and everything below it, by going down: a county is not asked of the whole country."""
        if region in self.regions:
            yield region
            for code in self._children.get(region, ()):
                yield from self._inside(code)

    def names(self, within: Adcode) -> Mapping[str, set[Adcode]]:
        """Return every name usable inside a plan's region, with what it may mean there.

        Names are: official names, unambiguous short names of two characters or more, and
        reviewed aliases whose scope covers the plan's region. An alias outranks the rest.
        Every row of a plan asks this, so the answer is kept.
        """
        found = self._names.get(within)
        if found is None:
            found = self._names[within] = self._names_in(within)
        return found

    def _names_in(self, within: Adcode) -> dict[str, set[Adcode]]:
        found: dict[str, set[Adcode]] = defaultdict(set)
        for code in self._inside(within):
            region = self.regions[code]
            if code == CHINA:
                continue
            found[region.name].add(code)
            if len(region.short_name) >= 2:
                found[region.short_name].add(code)
                if region.name.endswith("自治州"):  # 海西州, as every office calls 海西蒙古族藏族自治州
                    found[f"{region.short_name}州"].add(code)
        if within in self.regions:
            found[self.regions[within].name] = {within}
        for alias in self.aliases:
            if self.is_within(alias.adcode, within) and alias.kind != "old_code":
                found[alias.alias] = {alias.adcode}
        return dict(found)

    def is_part(self, name: str, within: Adcode) -> bool:
        """Say whether a name used inside a plan's region is less than the division it stands on: 伊犁州直."""
        return any(
            alias.kind == "composite" and alias.alias == name.strip() and self.is_within(alias.adcode, within)
            for alias in self.aliases
        )

    def resolve(self, name: str, within: Adcode) -> Region:
        """Return the one division of ``within`` that bears ``name``.

        Raises:
            UnknownName: nobody vouched for the name; the hint holds the nearest ones.
            AmbiguousName: the name has several meanings inside the region.
        """
        name = name.strip()
        if name in WHOLE_REGION:
            return self.regions[within]
        names = self.names(within)
        codes = names.get(name, set())
        if len(codes) == 1:
            return self.regions[next(iter(codes))]
        place = self.regions[within].name
        if codes:
            options = "、".join(f"{self.regions[code].name} {code}" for code in sorted(codes))
            raise AmbiguousName(f"{name!r} has {len(codes)} meanings in {place}: {options}", "write the full name")
        close = get_close_matches(name, list(names), n=1, cutoff=0.5)
        hint = "add it to shapes/aliases.csv if the document really uses it"
        if close:
            code = min(names[close[0]])
            hint = f"did you mean {close[0]} {code}? or " + hint
        raise UnknownName(f"{name!r} is not a division of {place}", hint)

    def find(self, text: str, within: Adcode) -> list[tuple[str, Adcode]]:
        """Return the division names in a text, longest match first, inside one region only.

        ``鄂托克前旗`` is never read as ``鄂托克旗``; names of other regions are not seen at all.
        """
        names = sorted(self.names(within).items(), key=lambda item: -len(item[0]))
        found: list[tuple[int, str, Adcode]] = []
        taken = [False] * len(text)
        for name, codes in names:
            start = text.find(name)
            while start >= 0:
                span = range(start, start + len(name))
                if not any(taken[i] for i in span):
                    for i in span:  # also where the name has several meanings: no shorter one inside it is meant
                        taken[i] = True
                    if len(codes) == 1:
                        found.append((start, name, next(iter(codes))))
                start = text.find(name, start + 1)
        return [(name, code) for _, name, code in sorted(found)]
