"""What a search answers: results, in groups, and how the question was read."""

from dataclasses import dataclass
from typing import Literal

from geoapp.model.address import Address
from geoapp.model.phrase import Phrase
from geoapp.model.view import PointLayer

Kind = Literal["region", "plan", "indicator", "park", "project"]
PATHS: dict[Kind, str] = {
    "region": "regions",
    "plan": "plans",
    "indicator": "indicators",
    "park": "parks",
    "project": "projects",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One result. ``where`` says where it is or what it belongs to; ``url`` is its page.

    Attributes:
        map: of an indicator, a view of the map with its values; None where no map shows it.
        layer: of a park or project, the layer of a view that shows it.
    """

    kind: Kind
    id: str
    adcode: str | None
    name: str
    where: str
    url: Address
    map: Address | None = None
    layer: PointLayer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The answer to a question.

    Attributes:
        said: how the question was read where it is not as written; None where it is.
        near: nothing bears the name; the results are the nearest.
    """

    hits: tuple[Hit, ...]
    said: Phrase | None = None
    near: bool = False

    @property
    def groups(self) -> dict[Kind, tuple[Hit, ...]]:
        """Return the results by kind, the kind of the best one first."""
        kinds = dict.fromkeys(hit.kind for hit in self.hits)
        return {kind: tuple(hit for hit in self.hits if hit.kind == kind) for kind in kinds}
