"""How large a work is: its printed capacity as a power, the only kind of capacity that the atlas compares and adds."""

from collections.abc import Iterable, Mapping

from geoapp.model.plan import Park, Project, Unit

POWER = "MW"
"""The unit of ``layers/units.csv`` of powers: 25 万吨/年 is neither more nor less than 120 万千瓦."""


def power(project: Project, units: Mapping[str, Unit]) -> float | None:
    """Return a work's capacity in megawatts; None where none is printed, or what is printed is no power."""
    unit = units.get(project.capacity_unit)
    if project.capacity is None or unit is None or unit.si_unit != POWER:
        return None
    return project.capacity * unit.factor


def powers(points: Iterable[Park | Project], units: Iterable[Unit]) -> dict[str, float]:
    """Return the power in megawatts of each work that has one, by id."""
    known = {unit.unit: unit for unit in units}
    found = ((point.id, power(point, known)) for point in points if isinstance(point, Project))
    return {identifier: size for identifier, size in found if size is not None}
