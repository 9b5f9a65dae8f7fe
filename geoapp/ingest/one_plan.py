"""One plan is checked alone, against the vocabulary and the divisions: no polygons, no other plan, no test."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from geoapp.analysis.resolution.statement import Scale
from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.errors import InvalidData, Issue, NotFound
from geoapp.ingest.join import Joiner
from geoapp.ingest.layers import Common, no_division, read_common, titles_of, words_of
from geoapp.ingest.packs import Pack, read_pack
from geoapp.ingest.references import unpublished_indicators
from geoapp.model.phrase import Phrase
from geoapp.model.region import Adcode


@dataclass(frozen=True, slots=True)
class Checked:
    """A plan without a fault: its pack and the number of rows of each table."""

    pack: Pack
    rows: Mapping[str, int]


def check_plan(layers: Path, plan: str, gazetteer: Gazetteer) -> Checked:
    """Check one plan of a ``layers/`` folder.

    Raises:
        NotFound: there is no such plan; the message names those there are.
        InvalidData: with every fault of the plan's files and of the vocabulary.
    """
    folder = layers / "plans" / plan
    if not folder.is_dir():
        known = sorted(path.name for path in (layers / "plans").glob("*") if path.is_dir())
        said = {"plan": plan, "folder": layers / "plans", "known": "、".join(known)}
        raise NotFound(
            f"there is no plan {plan!r} in {layers / 'plans'}; there are " + ", ".join(known),
            wording=Phrase("{folder} 里没有规划 {plan}；现有 {known}", said),
        )
    common, issues = read_common(layers)
    pack, faults = read_pack(folder)
    issues += faults
    if pack is not None and pack.plan.region not in gazetteer:
        issues.append(no_division(pack, gazetteer))
        pack = None
    if pack is not None:
        issues += _joined(pack, gazetteer, common, issues)
    if issues or pack is None:
        raise InvalidData(folder, issues)
    rows = {
        "targets": len(pack.targets),
        "statistics": len(pack.statistics),
        "parks": len(pack.parks),
        "projects": len(pack.projects),
    }
    return Checked(pack, rows)


def _joined(pack: Pack, gazetteer: Gazetteer, common: Common, known: list[Issue]) -> list[Issue]:
    """Return the faults that show when a pack's rows are joined; the vocabulary's own are known already."""
    joiner = Joiner(
        gazetteer=gazetteer,
        indicators={indicator.id: indicator for indicator in common.indicators},
        terms=words_of(common.terms),
        places={(place.name, Adcode(place.adcode)): place for _, place in common.places},
        scale=Scale(common.units),
        titles=titles_of(common.terms),
        contains=lambda *_: True,  # whether places lie in their county is a question to all plans: geoapp check
    )
    joiner.check_pack(pack)
    joiner.issues += unpublished_indicators([pack], set(joiner.indicators))
    for join in (joiner.targets, joiner.statistics, joiner.parks, joiner.projects):
        join(pack)
    return [issue for issue in joiner.issues if issue not in known]
