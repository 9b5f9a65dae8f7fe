"""Whether the fonts have every character that may stand on a sheet: asked when data are read, not when drawn."""

from collections.abc import Callable
from pathlib import Path

from geoapp.errors import FontMissing, InvalidData, Issue
from geoapp.ingest.occurrences import occurrences
from geoapp.model.dataset import Dataset
from geoapp.sheets.font_files import FAMILIES, borrowed, outside


def assert_drawable(dataset: Dataset, layers: Path, progress: Callable[[str], None]) -> None:
    """Name every character that the carried fonts lack, with file, row and column.

    What another font of the machine has is drawn from there and only told. Missing fonts get a note as well:
    the map serves without, and each picture says what to install.

    Raises:
        InvalidData: with every place of a character that no font has.
    """
    try:
        lacking = outside(dataset_texts(dataset))
    except FontMissing as error:
        progress(f"pictures cannot be drawn yet: {error}")
        return
    if not lacking:
        return
    lenders = {char: borrowed(char) for char in lacking}
    faults = []
    for where, char, text in _places(dataset, layers, lacking):
        named = f"the character {char!r} (U+{ord(char):04X}) of {text[:60]!r} is not in {' or '.join(FAMILIES)}"
        lender = lenders[char]
        if lender is None:
            hint = "write it in another way, or install a font that has it"
            faults.append(Issue(where, f"{named}, nor in any font of this machine", hint))
        else:
            progress(f"{where}: {named}; sheets draw it in {lender.family}")
    if faults:
        raise InvalidData(layers, faults)


def _places(dataset: Dataset, layers: Path, chars: set[str]) -> list[tuple[str, str, str]]:
    """Return where characters stand, as place, character and text: in the files, or in the names of boundaries."""
    found = [(each.where, each.char, each.text) for each in occurrences(layers, chars)]
    for region in dataset.regions:
        found += [(f"boundaries, {region.adcode}", char, region.name) for char in sorted(chars & set(region.name))]
    return found


def dataset_texts(dataset: Dataset) -> list[str]:
    """Return every text of a build that may stand on a sheet."""
    texts = [region.name for region in dataset.regions]
    texts += [indicator.title.zh + indicator.title.en + indicator.unit for indicator in dataset.indicators]
    texts += [target.value_text + target.unit for target in dataset.targets]
    texts += [park.name for park in dataset.parks] + [project.name for project in dataset.projects]
    texts += [plan.citation for plan in dataset.plans]
    for layer in dataset.vectors:
        texts += [layer.cited(lang) + layer.title.get(lang) for lang in ("zh", "en")]
        texts += [kind.title.zh + kind.title.en for kind in layer.kinds]
    return [*texts, dataset.edition.attribution, dataset.edition.attribution_en, "−≥≤≈°·…　"]
