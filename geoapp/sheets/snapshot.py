"""Snapshots: a view and a sheet in, the bytes of a picture out. The same in, the same out."""

import hashlib
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from geoapp.analysis.resolved_view import ResolvedView
from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.errors import InvalidView, Issue, MissingGlyph
from geoapp.model.dataset import Dataset
from geoapp.raster.service import Rasters
from geoapp.sheets import fonts
from geoapp.sheets.comparison import Comparison
from geoapp.sheets.paint import paint
from geoapp.sheets.paper import Sheet
from geoapp.sheets.scene import backdrop
from geoapp.sheets.scene.address import with_address
from geoapp.sheets.scene.base.base_map import BaseMaps
from geoapp.sheets.scene.compose import Composer
from geoapp.sheets.scene.primitives import Link, Scene
from geoapp.store.base import Store

PACKAGE = Path(__file__).resolve().parent.parent
DRAWN_BY = ("sheets", "office", "portrayal", "analysis", "model", "raster", "translations")
"""Folders whose files decide what a picture looks like."""


class Snapshots:
    """Draws the views of one build."""

    def __init__(self, dataset: Dataset, store: Store, gazetteer: Gazetteer, rasters: Rasters, built: str) -> None:
        """Draw one build, made on the day ``built`` (YYYY-MM-DD)."""
        self._built = built
        self._composer = Composer(dataset, BaseMaps(store, gazetteer), rasters)

    def scene(self, resolved: ResolvedView, sheet: Sheet, *beside: ResolvedView) -> Scene:
        """Return a view as a scene, or several views on one sheet.

        Raises:
            InvalidView: the title has a character the font lacks, or the sheet is too small.
            FontMissing: the typeface is not installed.
            LibraryMissing: what draws cannot be loaded.
        """
        records = [record for each in (resolved, *beside) if (record := self._composer.raster(each))]
        written = [text for record in records for text in backdrop.texts(record)]
        for name, texts in (("title", [sheet.title]), ("raster", written)):
            try:
                fonts.assert_covered(texts)
            except MissingGlyph as error:
                raise InvalidView([Issue(name, str(error))]) from None
        if beside:
            return Comparison(self._composer).compose((resolved, *beside), sheet)
        return self._composer.compose(resolved, sheet)

    def snapshot(self, resolved: ResolvedView, sheet: Sheet, *beside: ResolvedView) -> bytes:
        """Return a view, or several on one sheet, as PNG, SVG or PDF. Raises as :meth:`scene` does."""
        scene, links = self.page(resolved, sheet, *beside)
        if sheet.format != "pdf":
            return paint(scene, sheet.format, sheet.dpi)
        from geoapp.sheets.paint import pdf  # cairo: only for workers that write PDF

        return pdf.paint(scene, pdf.About(author=sheet.maker, day=sheet.date or self._built), links)

    def page(self, resolved: ResolvedView, sheet: Sheet, *beside: ResolvedView) -> tuple[Scene, tuple[Link, ...]]:
        """Return a view as a scene with its address on it, and what of it leads somewhere."""
        scene = self.scene(resolved, sheet, *beside)
        return with_address(scene, sheet.address, code=sheet.qr) if sheet.address else (scene, ())


@lru_cache(maxsize=1)
def drawing_version() -> str:
    """Return a hash of the code and catalogues that draw: a new release never serves old pictures."""
    digest = hashlib.sha256()
    for folder in DRAWN_BY:
        for path in sorted((PACKAGE / folder).rglob("*")):
            if path.suffix in (".py", ".mo"):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def picture_key(query: str, sheet: Sheet, version: str) -> str:
    """Return the name of a picture: the hash of everything that its bytes depend on."""
    parts = "\x1e".join((query, sheet.key, version, drawing_version()))
    return hashlib.sha256(parts.encode()).hexdigest()[:32]


def permalink_key(query: str, sheet: Sheet, version: str) -> str:
    """Return the name of a picture that stays as it was first drawn, whatever draws it or is printed below it later."""
    parts = "\x1e".join((query, replace(sheet, maker="", review_no="", address="").key, version))
    return hashlib.sha256(parts.encode()).hexdigest()[:32]
