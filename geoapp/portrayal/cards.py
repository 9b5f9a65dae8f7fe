"""A region's card: every goal that applies with its citation, statistics, parks and projects."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from geoapp.analysis.consistency import Consistency
from geoapp.analysis.progress.tracker import Tracker
from geoapp.analysis.resolution.labels import format_number, target_label
from geoapp.analysis.resolution.ladder import Rung, ladder
from geoapp.analysis.resolution.resolve import EACH_WORDS, Resolution, Resolver
from geoapp.analysis.undertakings import distinct, spread, tally
from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.features.geojson import park_properties, project_properties, statistic_properties, target_properties
from geoapp.model.address import Address
from geoapp.model.dataset import Dataset
from geoapp.model.phrase import Phrase, section_words
from geoapp.model.plan import Origin, Park, Plan, Project, Statistic, Target
from geoapp.model.region import Level, Region
from geoapp.model.view import View
from geoapp.portrayal.legend import LENT_BY_PART
from geoapp.portrayal.progress import progress_fields, sentence
from geoapp.portrayal.ui_texts import PRECISION_WORDS
from geoapp.portrayal.view_content import FOR_REFERENCE, attribution

Json = dict[str, Any]
STATUS_WORDS = {
    "own": Phrase("本级目标"),
    "parent": Phrase("上级目标，未分解到本级"),
    "not_published": Phrase("附件不公开"),
    "none": Phrase("未设目标"),
    "not_collected": Phrase("未收录规划文件"),
}
ZONAL_WORDS = {"own": Phrase("本地数值"), "none": Phrase("没有数据")}
"""The two states of what is not from a plan."""
DIFFERENCE_WORDS = {"own": Phrase("两者之差"), "none": Phrase("两者不都有本级数值")}
REPORTED_WORDS = {"own": Phrase("公布的统计值"), "not_collected": Phrase("未收录统计值")}
TIER_WORDS = {"basic": Phrase("基本目标"), "incentive": Phrase("激励目标")}
NATURE_WORDS = {"binding": Phrase("约束性"), "expected": Phrase("预期性")}


def state_words(answer: Resolution) -> Phrase:
    """Say in short whose an answer is; of a goal set for each region of a level, that it is."""
    if answer.each is not None:
        return EACH_WORDS[answer.each]
    if answer.lent_by_part:
        return LENT_BY_PART
    if answer.indicator.compared:
        return DIFFERENCE_WORDS["own" if answer.status == "own" else "none"]
    if answer.indicator.reported:
        return REPORTED_WORDS["own" if answer.status == "own" else "not_collected"]
    return (ZONAL_WORDS if answer.indicator.origin else STATUS_WORDS)[answer.status]


_NOBODY: Json = {"plan": None, "title": "", "document_no": "", "published": "", "section": "", "url": Address("/table")}
"""How a reader's own number is cited: by whose it is, which stands in ``text``."""


class Cards:
    """Makes cards for one dataset."""

    def __init__(self, dataset: Dataset, gazetteer: Gazetteer, resolver: Resolver) -> None:
        self.dataset, self.gazetteer, self.resolver = dataset, gazetteer, resolver
        self.consistency = Consistency(dataset, gazetteer)
        self.tracker = Tracker(dataset)
        self._terms = {(term.kind, term.id): term.title for term in dataset.terms}
        self._units = {unit.unit: unit for unit in dataset.units}

    def region(self, region: Region, view: View, most: int | None = None) -> Json:
        """Return everything the atlas knows of a region, as JSON values.

        Args:
            most: parks and projects that a page can hold; of more only how many there are is told, as ``many``.
        """
        lang = view.lang
        inside = {code for code in self.gazetteer.regions if self.gazetteer.is_within(code, region.adcode)}
        named = [project for project in self.dataset.projects if project.adcode in inside]
        parks = [park for park in self.dataset.parks if park.adcode in inside]
        many = {}
        if most is not None and len(named) + len(parks) > most:
            many = {"many": {str(layer): count for layer, count in tally([*parks, *named]).items()}}
            named, parks = [], []
        own = [target for target in self.dataset.targets if target.adcode == region.adcode]
        own += self.resolver.goals(region.adcode)
        return {
            "adcode": region.adcode,
            "name": region.name,
            "level": str(region.level),
            "layer": replace(view, region=region.adcode, level=_drawn(region), sel="", bbox=None).query(),
            "parents": [{"adcode": p.adcode, "name": p.name} for p in self.gazetteer.parents(region.adcode)],
            "children": [{"adcode": c.adcode, "name": c.name} for c in self.gazetteer.children(region.adcode)],
            "area_km2": region.area_km2,
            "headline": [self.answer(a, lang) for a in self._headline(region, view)],
            "targets": [self.target(target, lang) for target in own],
            "inherited": [self.answer(answer, lang) for answer in self._inherited(region)],
            "statistics": [self.statistic(s, lang) for s in self.dataset.statistics if s.adcode == region.adcode],
            "parks": self.undertakings(parks, lang),
            "projects": self.undertakings([p for p in named if p.nature == "work"], lang),
            "actions": self.undertakings([p for p in named if p.nature == "action"], lang),
            **many,
            "attribution": attribution(self.dataset, lang),
            "notice": FOR_REFERENCE.say(lang),
            "data_version": self.dataset.version,
        }

    def answer(self, answer: Resolution, lang: str) -> Json:
        """Return a resolution with its words: the contract of ``/resolve``."""
        target = answer.target
        resolved = target is not None and answer.status in ("own", "parent")
        origin = answer.indicator.origin
        return {
            "status": answer.status,
            "status_words": state_words(answer).say(lang),
            "indicator": answer.indicator.id,
            "indicator_name": answer.indicator.title.get(lang),
            "value": target.value if target else None,
            "value_text": target.value_text if target else None,
            "label": _label(target, origin) if target and resolved else "",
            "unit": target.unit if target else answer.indicator.unit,
            **self._si(target.value if target else None, target.unit if target else answer.indicator.unit),
            "comparator": target.comparator if target else None,
            "direction": target.direction if target else None,
            "nature": target.nature if target else None,
            "name_in_source": target.name_in_source if target else None,
            "tier": answer.tier,
            "tier_words": TIER_WORDS[answer.tier].say(lang) if answer.tier else "",
            "base_year": target.base_year if target else None,
            "target_year": answer.year,
            "adcode": answer.region.adcode,
            "region_name": answer.region.name,
            "from_adcode": answer.from_region.adcode if answer.from_region else None,
            "from_name": answer.from_region.name if answer.from_region else None,
            "plan": answer.plan.id if answer.plan else None,
            "extent": answer.plan.extent if answer.plan else None,
            "section": origin.cited.get(lang) if origin else answer.section or None,
            "citation": self._cite(answer.plan, answer.section, lang) if answer.plan else _cite_origin(origin, lang),
            "origin": origin.id if origin else None,
            "caveats": self._caveats(target.caveats, lang) if target else [],
            "findings": self.findings(target.id, lang) if target else [],
            "alternatives": [self.target(each, lang) for each in answer.alternatives],
            "ladder": [self._rung(each, lang) for each in ladder(self.resolver, answer)],
            "path": [step.say(lang) for step in answer.path],
            **self._progress(answer, lang),
            "carried": [step.say(lang) for step in self.resolver.carried(answer.region, answer.year, target)]
            if resolved
            else [],
        }

    def _progress(self, answer: Resolution, lang: str) -> Json:
        """Return how far the goal of an answer has come, in fields and in one sentence."""
        found = self.tracker.of(answer)
        words = sentence(found, answer.indicator.unit, lang) if found and found.verdict.status != "no_result" else ""
        fields = progress_fields(found, lambda figure: self.statistic(figure, lang), lang)
        return {**fields, "progress_sentence": words}

    def _rung(self, rung: Rung, lang: str) -> Json:
        """Return one step of the ladder of goals above a region, with its citation."""
        target = rung.target
        return {
            "adcode": rung.region.adcode,
            "region_name": rung.region.name,
            "level": str(rung.region.level),
            "value": target.value,
            "value_text": target.value_text,
            "unit": target.unit,
            "label": target_label(target),
            "plan": rung.plan.id,
            "section": target.section,
            "citation": self._cite(rung.plan, target.section, lang),
        }

    def target(self, target: Target, lang: str) -> Json:
        """Return one printed goal with its label and citation."""
        return {
            **target_properties(target),
            **self._si(target.value, target.unit),
            "indicator_name": self.resolver.indicators[target.indicator].title.get(lang),
            "label": target_label(target),
            "tier_words": TIER_WORDS[target.tier].say(lang) if target.tier else "",
            "nature_words": NATURE_WORDS[target.nature].say(lang) if target.nature else "",
            "sector_words": self._term("sector", target.sector, lang),
            "citation": self._cite(self.resolver.plans[target.plan], target.section, lang),
            "caveats": self._caveats(target.caveats, lang),
            "findings": self.findings(target.id, lang),
        }

    def statistic(self, statistic: Statistic, lang: str) -> Json:
        """Return one printed figure of the past with its citation."""
        value = statistic.value
        return {
            **statistic_properties(statistic),
            **self._si(value, statistic.unit),
            "indicator_name": self.resolver.indicators[statistic.indicator].title.get(lang),
            "label": statistic.value_text if value is None else f"{format_number(value)} {statistic.unit}".strip(),
            "citation": self._cite(self.resolver.plans[statistic.plan], statistic.section, lang)
            if statistic.plan
            else {**_NOBODY, "text": statistic.section},
            "caveats": self._caveats(statistic.caveats, lang),
            "findings": self.findings(statistic.id, lang),
        }

    def point(self, point: Park | Project, lang: str) -> Json:
        """Return a park or project with its words and citation."""
        common = {
            "lon": point.lon,
            "lat": point.lat,
            "precision_words": PRECISION_WORDS[point.precision].say(lang),
            "place_source": point.place_source,
            "citation": self._cite(self.resolver.plans[point.plan], point.section, lang),
            "caveats": self._caveats(point.caveats, lang),
        }
        if isinstance(point, Park):
            programmes = [self._term("programme", each, lang) for each in point.programmes]
            return {**park_properties(point), **common, "programme_words": programmes}
        return {
            **project_properties(point),
            **common,
            "nature_words": self._term("project_nature", point.nature, lang),
            "type_words": self._term("project_type", point.type, lang),
            "status_words": self._term("project_status", point.status, lang),
            "status_text": point.status_text,
        }

    def findings(self, record: str, lang: str) -> list[Json]:
        """Return what the consistency checks say of a record, contradictions first."""
        return [
            {
                "rule": each.rule,
                "severity": each.severity,
                "text": each.sentence.say(lang),
                "records": list(each.records),
                "url": Address(f"/quality#{each.rule}"),
            }
            for each in self.consistency.of(record)
        ]

    def _si(self, value: float | None, unit: str) -> Json:
        """Return a printed value in its normal unit, by the factor of ``layers/units.csv``."""
        known = self._units.get(unit)
        if known is None:
            return {"value_si": None, "unit_si": None}
        return {"value_si": None if value is None else float(f"{value * known.factor:.10g}"), "unit_si": known.si_unit}

    def _headline(self, region: Region, view: View) -> list[Resolution]:
        resolve = self.resolver.shown
        answers = [resolve(region.adcode, view.indicator, view.year, "basic")]
        if view.year is not None and "incentive" in self.resolver.tiers(view.indicator, view.year):
            answers.append(resolve(region.adcode, view.indicator, view.year, "incentive"))
        return answers

    def _inherited(self, region: Region) -> list[Resolution]:
        """Return what applies without being printed for the region: lent or withheld goals."""
        above = [each.adcode for each in self.gazetteer.parents(region.adcode) if each.level is not Level.NATION]
        keys = {(t.indicator, t.target_year, t.tier or "basic") for t in self.dataset.targets if t.adcode in above}
        keys |= {
            (indicator, plan.end_year, "basic")
            for plan in self.dataset.plans
            for annex in plan.unpublished
            for indicator in annex.indicators
            if plan.region in above
        }
        order = {indicator.id: number for number, indicator in enumerate(self.dataset.indicators)}
        answers = (
            self.resolver.resolve(region.adcode, indicator, year, "incentive" if tier == "incentive" else "basic")
            for indicator, year, tier in sorted(keys, key=lambda key: (-key[1], order[key[0]], key[2]))
        )
        return [answer for answer in answers if answer.status in ("parent", "not_published")]

    def undertakings(self, points: Iterable[Park | Project], lang: str) -> list[Json]:
        """Return each park, project or action once, by its first row, with the ids of its rows and its spread."""
        found = []
        for group in distinct(list(points)):
            wide = spread([group])
            shared = {"rows": [each.id for each in group], "spread": wide.say(lang) if wide else ""}
            found.append({**self.point(group[0], lang), **shared})
        return found

    def _cite(self, plan: Plan, section: str, lang: str) -> Json:
        title, where = plan.title.get(lang), section_words(section, lang)
        zh_mark, en_mark = (f"（{plan.mark}）", f" ({plan.mark})") if plan.mark else ("", "")
        return {
            "plan": plan.id,
            "title": title,
            "document_no": plan.document_no,
            "published": plan.published_printed,
            "section": section,
            "url": Address(f"/plans/{plan.id}"),
            "text": f"《{title}》{zh_mark}，{where}" if lang == "zh" else f"{title}{en_mark}, {where}",
        }

    def _caveats(self, caveats: Iterable[str], lang: str) -> list[str]:
        return [self._term("caveat", each, lang) for each in caveats]

    def _term(self, kind: str, identifier: str, lang: str) -> str:
        title = self._terms.get((kind, identifier))
        return title.get(lang) if title else identifier


def _drawn(region: Region) -> Level:
    """Return the level at which a region's own layer is drawn: its parts, or the county itself."""
    return Level.PREFECTURE if region.level in (Level.NATION, Level.PROVINCE) else Level.COUNTY


def _label(target: Target, origin: Origin | None) -> str:
    """Print a value by itself: with its unit, also where a map leaves a long one to the legend."""
    label = target_label(target)
    return label if origin is None or label.endswith(target.unit) else f"{label} {target.unit}"


def _cite_origin(origin: Origin | None, lang: str) -> Json | None:
    """Return how a source that is not a plan is cited, in the form plans are cited in."""
    if origin is None:
        return None
    return {
        "plan": None,
        "title": origin.title.get(lang),
        "document_no": "",
        "published": origin.date.get(lang),
        "section": origin.caveat.get(lang),
        "url": Address(origin.url),
        "text": origin.citation.get(lang),
    }
