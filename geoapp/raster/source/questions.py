"""What a file leaves open: asked of its owner, with a proposal, never guessed in silence."""

import math
import re

from geoapp.errors import Issue
from geoapp.raster.source.ends import questions
from geoapp.raster.source.raster_file import Answers
from geoapp.raster.source.survey import Survey

SOLAR = re.compile(r"ghi|dni|dif\b|dhi|gti|irradi|radiation|insolation|pvout|辐射|辐照|日照|发电", re.IGNORECASE)
ENERGY = re.compile(r"[kM]?Wh|MJ|kJ", re.IGNORECASE)
PER_DAY = re.compile(r"[/·(]\s*(d|day|日|天)\b|/[日天]|d-1|\bdaily\b", re.IGNORECASE)
PER_YEAR = re.compile(r"[/·(]\s*(a|y|yr|year|年)\b|/年|·年|a-1|\byearly\b|\bannual\b", re.IGNORECASE)
DAILY = (0.5, 12.0)
"""kWh/m² on a mean day: below the best desert (9) and above the polar night's mean."""
YEARLY = (300.0, 4000.0)
MOSTLY_ZERO = 0.5
DIRECTION = re.compile(r"aspect|direction|azimuth|wind.?dir|bearing|坡向|风向|方位|流向", re.IGNORECASE)
CODE = re.compile(
    r"land.?(use|cover)|lulc|soil.?(type|class)|class(es|ification)\b|categor|土地利用|土地覆|土壤类型|分类|类型",
    re.IGNORECASE,
)
LOGARITHM = re.compile(r"\bdB\b|\bpH\b|\blog(10)?\b|分贝|对数|酸碱度")
BETTER = "values publishes the mean all the same"


def open_questions(survey: Survey, answers: Answers, *, unit: str | None, words: str) -> list[Issue]:
    """Return everything the owner must still say; the ``where`` of each is the option to give.

    Args:
        unit: the unit given, if any.
        words: id, title and file name together: what the layer calls itself.
    """
    found = [*_markers(survey, answers), *_zeros(survey, answers)]
    if answers.kind is None and unit is None and (survey.few_values or survey.colours):
        found.append(Issue("--kind", "the file holds few whole numbers: classes or measured values?", "classes|values"))
    elif answers.kind is None and (issue := _meaningless_mean(survey, unit or "", words)):
        found.append(issue)
    elif unit is None and answers.kind != "classes":
        guess = unit_guess(survey, words)
        found.append(
            Issue("--unit", "in what unit are the values?", f"by name and range perhaps {guess}" if guess else "")
        )
    if unit is not None and answers.kind != "classes":
        found += _period(survey, answers, unit, words)
    return found


def _meaningless_mean(survey: Survey, unit: str, words: str) -> Issue | None:
    """Ask before a mean is made of what has none: directions, codes, logarithms. Offer what is right."""
    text = f"{words} {unit}"
    if DIRECTION.search(text) and survey.tally.maximum > 180:
        problem = "these look like directions: the mean of 350° and 10° would be 180°"
        return Issue(
            "--kind", problem, f"turn them into classes such as 1 to 8 for N, NE, … first and say classes; {BETTER}"
        )
    if (CODE.search(text) or survey.colours) and survey.whole:
        problem = "these look like codes of classes: the mean of class 10 and class 50 would be class 30"
        return Issue("--kind", problem, f"classes gives each region its commonest class; {BETTER}")
    if LOGARITHM.search(text):
        problem = "these look like logarithms, whose mean is not the logarithm of the mean"
        return Issue("--kind", problem, f"add the quantity itself, not its logarithm; {BETTER}")
    return None


def _markers(survey: Survey, answers: Answers) -> list[Issue]:
    """Ask about what looks like "no data", until the owner says that nothing else is."""
    if answers.nodata is not None and (not answers.nodata or answers.no_other):
        return []
    asked = questions(survey.suspects, survey.tally.cells, survey.scaled)
    return [Issue("--nodata", problem, hint) for problem, hint in asked]


def _zeros(survey: Survey, answers: Answers) -> list[Issue]:
    tally = survey.tally
    gap = tally.smallest_above_zero > 0.2 * tally.maximum and math.isfinite(tally.smallest_above_zero)
    undeclared = survey.declared_nodata is None and answers.nodata is None
    suspicious = undeclared and gap and tally.zeros > MOSTLY_ZERO * tally.cells and not survey.few_values
    if not suspicious or survey.suspects:
        return []
    problem = f"{tally.zeros / tally.cells:.0%} of the cells are 0 and the next value is {tally.smallest_above_zero:g}"
    return [Issue("--nodata", problem, "0 to take it as no data, none if it is a real value")]


def period_of(unit: str) -> str | None:
    """Return ``day`` or ``year`` where the unit says which, else None."""
    if PER_DAY.search(unit):
        return "day"
    return "year" if PER_YEAR.search(unit) else None


def period_by_range(median: float) -> str | None:
    """Return what the median of a solar layer says: 4–6 is a day, 1,400–2,200 a year."""
    if DAILY[0] <= median <= DAILY[1]:
        return "day"
    return "year" if YEARLY[0] <= median <= YEARLY[1] else None


def _period(survey: Survey, answers: Answers, unit: str, words: str) -> list[Issue]:
    if not (ENERGY.search(unit) and ("m" in unit or "kWp" in unit or SOLAR.search(words))):
        return []
    wording = answers.per or period_of(unit)
    seen = period_by_range(survey.median)
    if wording is None:
        proposal = f"the median is {survey.median:.4g}: that looks like a {seen}" if seen else "day|year"
        return [Issue("--per", f"is {unit} an amount per day or per year?", proposal)]
    if seen is not None and seen != wording and answers.per is None:
        problem = f"the unit says per {wording}, but the median {survey.median:.4g} looks like an amount per {seen}"
        return [Issue("--per", problem, f"{seen} to store it per {seen}, {wording} to keep what the unit says")]
    return []


def unit_with_period(unit: str, per: str | None) -> str:
    """Return the unit as it is stored: ``kWh/m²`` per day becomes ``kWh/(m²·d)``."""
    if per is None:
        return unit
    letter = "d" if per == "day" else "a"
    amount = re.split(r"[/·(]\s*(?:d|day|日|天|a|y|yr|year|年)\b", unit, flags=re.IGNORECASE)[0]
    amount = amount.strip().strip("/·()").replace("m2", "m²").replace("/(", "/")
    energy, _, area = amount.partition("/")
    return f"{energy}/({area}·{letter})" if area else f"{energy}/{letter}"


def unit_guess(survey: Survey, words: str) -> str:
    """Return a unit that name and range suggest, or an empty text. Only ever a proposal."""
    if SOLAR.search(words):
        energy = "kWh/kWp" if re.search("pvout", words, re.IGNORECASE) else "kWh/m²"
        seen = period_by_range(survey.median)
        return f"{energy} per {seen}" if seen else energy
    if re.search(r"slope|坡度", words, re.IGNORECASE):
        return "°"
    if re.search(r"wind|风速|speed", words, re.IGNORECASE) and survey.low >= 0 and survey.high < 30:
        return "m/s"
    if re.search(r"dem|elev|srtm|aster|gmted|高程|海拔|dsm|dtm", words, re.IGNORECASE):
        return "m"
    return ""
