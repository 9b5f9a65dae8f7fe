"""The features of published layers as a build keeps them: one file a layer, read when first asked for."""

import gzip
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import orjson
from pydantic import TypeAdapter, ValidationError

from geoapp.errors import NotBuilt, NotFound
from geoapp.model.vector import VectorFeature, VectorLayer
from geoapp.vector.join import Published

FOLDER = "vectors"
FEATURES = TypeAdapter(tuple[VectorFeature, ...])


def write_features(folder: Path, layers: Iterable[Published]) -> None:
    """Write the features of every layer into a build's folder; the same features give the same bytes."""
    (folder / FOLDER).mkdir(exist_ok=True)
    for each in layers:
        path = folder / FOLDER / f"{each.layer.id}.json.gz"
        path.write_bytes(gzip.compress(orjson.dumps(each.features), 6, mtime=0))


class VectorLibrary:
    """The published layers of one build (a :class:`geoapp.model.vector.VectorFeatures`)."""

    def __init__(self, layers: Iterable[VectorLayer], place: Callable[[str], Path]) -> None:
        """Take the layers of a dataset.

        Args:
            place: says where the build keeps a file of a name.
        """
        self._layers = {layer.id: layer for layer in layers}
        self._place = place

    def layers(self) -> Mapping[str, VectorLayer]:
        """Return every layer by id."""
        return self._layers

    def get(self, layer: str) -> VectorLayer:
        """Return a layer.

        Raises:
            NotFound: with the ids that exist.
        """
        try:
            return self._layers[layer]
        except KeyError:
            known = ", ".join(self._layers) or "none is published"
            raise NotFound(f"no vector layer has the id {layer!r}; known are {known}") from None

    @lru_cache(maxsize=64)  # noqa: B019 - a library lives as long as its process
    def features(self, layer: str) -> Sequence[VectorFeature]:
        """Return the features of a layer, in the order of its file.

        Raises:
            NotBuilt: the build was made by another version.
        """
        path = self._place(f"{FOLDER}/{layer}.json.gz")
        try:
            return FEATURES.validate_json(gzip.decompress(path.read_bytes()))
        except (FileNotFoundError, ValidationError):
            raise NotBuilt(f"{path} is missing or of another version; run `geoapp build` again") from None

    def feature(self, layer: str, identifier: str) -> VectorFeature:
        """Return one feature.

        Raises:
            NotFound: the layer has none of this id.
        """
        found = self._by_id(self.get(layer).id).get(identifier)
        if found is None:
            raise NotFound(f"layer {layer!r} has no feature {identifier!r}")
        return found

    @lru_cache(maxsize=64)  # noqa: B019 - as above
    def _by_id(self, layer: str) -> dict[str, VectorFeature]:
        return {feature.id: feature for feature in self.features(layer)}
