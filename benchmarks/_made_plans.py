"""Made-up plans for measuring: whole packs of the size of the real one of Ordos, each for a region of its own.

The rows, units and places of the pattern stay; names and regions are those of the new plan, and the energy cut is
another number in each region, so that maps have classes to show. Nothing of it is ever published.
"""

import csv
import shutil
from collections.abc import Iterator
from itertools import chain, cycle
from pathlib import Path

from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.model.region import CHINA, Level, Region

PATTERN = "ordos-2021-2025"
EACH_TENTH: tuple[Level, ...] = (Level.PROVINCE, *[Level.PREFECTURE] * 7, Level.COUNTY, Level.PREFECTURE)
"""Levels of ten made-up plans in a row: one of a province, one of a county, eight of prefectures."""
WHOLE_WORDS = {"region_from_places", "region_from_name"}
"""Caveats about where a name of the pattern stands; the made-up ones have none."""


def make_layers(source: Path, target: Path, count: int, gazetteer: Gazetteer) -> None:
    """Copy a ``layers/`` folder and add made-up plans until it has ``count``."""
    shutil.copytree(source, target)
    real = [path.name for path in (source / "plans").iterdir() if path.is_dir()]
    taken = {
        (source / "plans" / name / "plan.toml").read_text(encoding="utf-8").split('region = "')[1][:6] for name in real
    }
    chosen = _regions(gazetteer, taken)
    for _ in range(count - len(real)):
        _write_pack(source / "plans" / PATTERN, target / "plans", next(chosen), gazetteer)


def _regions(gazetteer: Gazetteer, taken: set[str]) -> Iterator[Region]:
    """Return regions in a fixed order, spread over the country, provinces and counties among prefectures."""
    left = {
        level: iter(sorted((r for r in gazetteer.at_level(CHINA, level) if r.adcode not in taken), key=_spread))
        for level in dict.fromkeys(EACH_TENTH)
    }
    seen = set(taken)
    for level in cycle(EACH_TENTH):
        region = next(chain(left[level], left[Level.COUNTY]))
        if region.adcode not in seen:
            seen.add(region.adcode)
            yield region


def _spread(region: Region) -> str:
    """Order codes by their last digits first: neighbours in the list stand far apart."""
    return region.adcode[::-1].lstrip("0") or region.adcode


def _write_pack(pattern: Path, plans: Path, region: Region, gazetteer: Gazetteer) -> None:
    identifier = f"made-{region.adcode}-2021-2025"
    folder = plans / identifier
    folder.mkdir()
    text = (pattern / "plan.toml").read_text(encoding="utf-8")
    text = (
        text.replace(PATTERN, identifier).replace('"150600"', f'"{region.adcode}"').replace("鄂尔多斯市", region.name)
    )
    text = text.replace("鄂尔多斯", region.short_name).replace("Ordos", f"Made {region.adcode}")
    (folder / "plan.toml").write_text(text, encoding="utf-8")
    below = Level.PREFECTURE if region.level is Level.PROVINCE else Level.COUNTY
    parts = [each.name for each in gazetteer.at_level(region.adcode, below) if each.adcode != region.adcode]
    for table in ("targets", "statistics", "parks", "projects"):
        _write_table(pattern / f"{table}.csv", folder / f"{table}.csv", region, parts or [region.name])


def _write_table(pattern: Path, target: Path, region: Region, parts: list[str]) -> None:
    names: dict[str, str] = {"全市": region.name}
    with pattern.open(encoding="utf-8", newline="") as file, target.open("w", encoding="utf-8", newline="") as out:
        rows = csv.DictReader(file)
        written = csv.DictWriter(out, list(rows.fieldnames or ()), lineterminator="\n")
        written.writeheader()
        seen: set[tuple[str, ...]] = set()
        for number, row in enumerate(rows):
            name = names.setdefault(row["name_in_source"], parts[(len(names) - 1) % len(parts)])
            made = {**row, "id": row["id"].replace(PATTERN, f"made-{region.adcode}-2021-2025"), "name_in_source": name}
            made["caveats"] = ";".join(word for word in row["caveats"].split(";") if word not in WHOLE_WORDS)
            if row.get("indicator") == "ei_gdp_cut" and row["value"] and row["comparator"] == "eq":
                made |= _cut(region, number, row["tier"])
            if "name" in row:
                made["name"] = f"{region.short_name}{row['name']}"
            key = (
                name,
                made.get("name", ""),
                *(made.get(each, "") for each in ("indicator", "year", "target_year", "tier")),
            )
            if len(parts) < len(names) and key in seen:
                continue  # a region of fewer parts than the pattern has would say the same twice
            seen.add(key)
            written.writerow(made)


def _cut(region: Region, number: int, tier: str) -> dict[str, str]:
    value = 12 + (int(region.adcode) * 7 + number * 13) % 80 / 10 + (2 if tier == "incentive" else 0)
    return {"value": f"{value:g}", "value_text": f"{value:g}%", "direction": "reduce", "unit": "%"}
