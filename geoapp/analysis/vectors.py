"""Which features of published vector layers a view shows."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.model.region import CHINA, Adcode
from geoapp.model.vector import VectorFeature, VectorFeatures, VectorLayer, split_selection
from geoapp.model.view import BBox, View, boxes_meet


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLayer:
    """A vector layer of a view with its features in the view's region and frame.

    Attributes:
        features: of the types the view asks for.
        found: how many of each type are there, asked for or not.
    """

    layer: VectorLayer
    features: tuple[VectorFeature, ...]
    found: Mapping[str, int]

    @property
    def largest(self) -> float:
        """Return the largest amount of the layer's features here; 0 where none has one."""
        return max((amount for each in self.features if (amount := each.amount(self.layer))), default=0.0)


def layers_in_view(view: View, gazetteer: Gazetteer, vectors: VectorFeatures) -> tuple[ShownLayer, ...]:
    """Return the vector layers a view asks for, in its order."""
    found = (vectors.find(name) for name in view.layers)
    asked = [split_selection(kind) for kind in view.kind]
    return tuple(
        _shown(
            layer,
            features_in(layer.id, view.region, view.bbox, gazetteer, vectors),
            [kind for named, kind in asked if named == layer.id],
        )
        for layer in found
        if layer is not None
    )


def _shown(layer: VectorLayer, features: tuple[VectorFeature, ...], kinds: Collection[str]) -> ShownLayer:
    wanted = tuple(each for each in features if not kinds or each.kind in kinds)
    return ShownLayer(layer=layer, features=wanted, found=Counter(each.kind for each in features))


def features_in(
    layer: str, region: Adcode, bbox: BBox | None, gazetteer: Gazetteer, vectors: VectorFeatures
) -> tuple[VectorFeature, ...]:
    """Return the features of a layer in a region and a box; what lies in no county is the whole country's only."""
    found = vectors.features(layer)
    if region != CHINA:
        codes = {feature.adcode for feature in found if feature.adcode}
        inside = {code for code in codes if gazetteer.is_within(code, region)}
        found = [feature for feature in found if feature.adcode in inside]
    return tuple(
        feature
        for feature in found
        if bbox is None or boxes_meet((feature.lon, feature.lat, feature.lon, feature.lat), bbox)
    )
