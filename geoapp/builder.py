"""``geoapp build``: boundaries and data files become one served build, or nothing changes."""

import fcntl
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import shapely

from geoapp import heap
from geoapp.analysis.resolution.resolve import Resolver
from geoapp.analysis.resolution.resolved_rows import resolved_rows
from geoapp.boundaries.abroad import abroad, abroad_name
from geoapp.boundaries.build import ShapeSource, build_shapes, fingerprint
from geoapp.boundaries.english import name_in_english, read_english_names
from geoapp.boundaries.gazetteer import Gazetteer, read_aliases
from geoapp.boundaries.regions_cache import write_regions
from geoapp.boundaries.shapes import LEVELS, Detail, load_edition, load_level, load_lines
from geoapp.errors import BoundaryError, Busy, InvalidData, Issue
from geoapp.features.encode import encode_layers
from geoapp.features.fields import FIELDS
from geoapp.ingest.layers import read_layers
from geoapp.model.dataset import Dataset, Edition
from geoapp.model.region import CHINA, Adcode, Level, Region
from geoapp.model.view import BBox
from geoapp.owndata.indicators import OwnIndicators
from geoapp.owndata.tables import Tables
from geoapp.owndata.uploads import Uploads
from geoapp.raster.library import RasterLibrary
from geoapp.raster.publish.files import read_raster_files
from geoapp.raster.publish.publication import RasterPlan, flatten
from geoapp.raster.publish.publication import publish as publish_rasters
from geoapp.raster.zonal.indicators import RasterIndicators
from geoapp.sheets.coverage import assert_drawable
from geoapp.sheets.scene.base.print_frames import prepare_frames
from geoapp.store.files import ABROAD, write_build
from geoapp.store.postgis.rows import Source
from geoapp.store.shared_files import link, made_in, place
from geoapp.vector.join import AsRead, Counties, Published, read_vectors
from geoapp.vector.library import write_features

Progress = Callable[[str], None]
Shapes = Mapping[Level, Mapping[Adcode, shapely.Geometry]]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildPlan:
    """Where a build reads and writes; ``store`` is the address of a database that it goes to as well."""

    layers: Path
    aliases: Path
    names_en: Path
    source: ShapeSource
    build_dir: Path
    store: str = ""

    @property
    def shapes(self) -> Path:
        """The folder of the built boundaries."""
        return self.build_dir / "shapes"

    @property
    def atlas(self) -> Path:
        """The folder of the built data."""
        return self.build_dir / "atlas"

    @property
    def encoded(self) -> Path:
        """The folder where encoded features and vector tiles outlive builds."""
        return self.shapes / "prepared"

    @property
    def rasters(self) -> Path:
        """The folder of the published rasters."""
        return self.build_dir / "rasters"


def build(plan: BuildPlan, progress: Progress) -> Dataset:
    """Build boundaries if they are missing or outdated, then the data, then switch.

    Raises:
        InvalidData: with every fault of every file; the last good build keeps serving.
        Busy: another build is running.
    """
    heap.return_memory()
    with build_lock(plan.build_dir):
        ensure_shapes(plan, progress)
        heap.trim()
        progress("reading boundaries")
        full = read_polygons(plan.shapes)
        dataset, vectors = read(plan, full, progress)
        polygons: dict[Detail, Shapes] = {"full": full, "lo": read_polygons(plan.shapes, "lo")}
        with ThreadPoolExecutor(1) as beside:  # GEOS and zlib do much of it, without the interpreter's lock
            encoded = beside.submit(_prepare, plan.encoded, dataset, polygons, AsRead(vectors))
            _write(plan, dataset, vectors, polygons, encoded, progress)
    return dataset


def _prepare(kept: Path, dataset: Dataset, polygons: Mapping[Detail, Shapes], vectors: AsRead) -> set[str]:
    """Make what a build serves as it lies on disk; return the names of the files."""
    return encode_layers(kept, dataset, polygons, vectors) | prepare_frames(kept, dataset, polygons)


def _write(
    plan: BuildPlan,
    dataset: Dataset,
    vectors: Sequence[Published],
    polygons: Mapping[Detail, Shapes],
    encoded: Future[set[str]],
    progress: Progress,
) -> None:
    """Publish the rasters, write the build around what is being prepared beside, and switch to it."""
    raster_plan = RasterPlan(layers=plan.layers / "rasters", folder=plan.rasters, edition=dataset.edition.id)
    publish_rasters(raster_plan, lambda: flatten(polygons["full"]), progress)
    heap.trim()
    progress("writing the build")
    frame = load_lines(plan.shapes)
    lines = dict(zip(frame["kind"], frame.geometry, strict=True))
    beyond = _abroad(plan, dataset.edition.id, polygons, progress)

    def finish(folder: Path) -> None:
        for name in beyond:
            link(plan.encoded / name, folder / ABROAD)
        write_features(folder, vectors)
        place(folder, plan.encoded, encoded.result() | beyond)
        if plan.store:
            _publish(plan, folder, dataset, polygons["full"], progress)

    write_build(plan.atlas, dataset, polygons, lines, finish)


def _publish(plan: BuildPlan, folder: Path, dataset: Dataset, polygons: Shapes, progress: Progress) -> None:
    """Write the build into the database, before this host switches to it: where that fails, neither does."""
    from geoapp.store.postgis.publish import publish  # with the extra only

    # a row says what plans set, not what rasters or readers' tables do
    ground = RasterIndicators(RasterLibrary(Path("no rasters"), dataset.edition.id))
    own = OwnIndicators(Tables(Uploads(Path("no uploads"), days=0)))
    resolver = Resolver(dataset, Gazetteer(dataset.regions, dataset.aliases), ground, own)
    source = Source(dataset=dataset, polygons=flatten(polygons), resolved=resolved_rows(dataset, resolver))
    publish(plan.store, folder, plan.rasters, source, progress)


def _abroad(plan: BuildPlan, edition: str, polygons: Mapping[Detail, Shapes], progress: Progress) -> set[str]:
    """Keep the land beyond the border, and name its file; none where nobody says where it comes from."""
    path = plan.source.manifest.parent / "abroad.json"
    if not path.exists():
        progress(f"{path} is missing: maps show foreign land as water")
        return set()
    name = abroad_name(path, edition)
    if not (plan.encoded / name).exists():
        plan.encoded.mkdir(parents=True, exist_ok=True)
        with made_in(plan.encoded) as work:
            (work / name).write_bytes(abroad(path, polygons["lo"][Level.PROVINCE].values()))
    return {name}


def check(plan: BuildPlan, progress: Progress) -> Dataset:
    """Read and check everything without writing a build."""
    with build_lock(plan.build_dir):
        ensure_shapes(plan, progress)
    return read(plan, read_polygons(plan.shapes), progress)[0]


def read(plan: BuildPlan, polygons: Shapes, progress: Progress) -> tuple[Dataset, list[Published]]:
    """Join the data files to the boundaries, and see that every text of theirs can be drawn."""
    progress("joining plans to regions")
    vectors, faults = read_vectors(plan.layers / "vectors", Counties(polygons[Level.COUNTY]))
    regions = name_in_english(read_regions(plan.shapes), read_english_names(plan.names_en))
    gazetteer = Gazetteer(regions, read_aliases(plan.aliases))
    flat = {code: shape for shapes in polygons.values() for code, shape in shapes.items()}

    def contains(adcode: Adcode, lon: float, lat: float) -> bool:
        return bool(shapely.contains_xy(flat[adcode], lon, lat))

    published = [each.layer for each in vectors], faults
    dataset = read_layers(plan.layers, gazetteer, read_edition(plan.shapes), contains, published)
    assert_served(plan.layers, dataset)
    read_raster_files(plan.layers / "rasters")  # its faults are a check's business too, not only a build's
    assert_drawable(dataset, plan.layers, progress)
    return dataset, vectors


def assert_served(layers: Path, dataset: Dataset) -> None:
    """Stop at a layer of the catalogue that is no collection.

    Raises:
        InvalidData: naming the layer and the nearest that exists.
    """
    issues = []
    for number, layer in enumerate(dataset.layers):
        if layer.id not in FIELDS and layer.group != "vectors":
            close = get_close_matches(layer.id, list(FIELDS), n=1)
            hint = f"did you mean {close[0]}? or remove the row" if close else "remove the row"
            where = f"{layers / 'catalog.toml'} layer.{number}.id"
            issues.append(Issue(where, f"{layer.id!r} is no layer that the atlas serves", hint))
    if issues:
        raise InvalidData(layers, issues)


def ensure_shapes(plan: BuildPlan, progress: Progress) -> None:
    """Build the boundaries unless those on disk come from the same inputs."""
    try:
        edition = load_edition(plan.shapes)
    except BoundaryError:
        edition = None
    if edition is None or edition.inputs_sha256 != fingerprint(plan.source):
        build_shapes(plan.source, plan.shapes, progress)


def read_edition(shapes: Path) -> Edition:
    """Return what must be said about the built boundaries."""
    built = load_edition(shapes)
    return Edition(
        id=built.id,
        source=built.source,
        data_date=built.data_date,
        attribution=built.attribution_zh,
        attribution_en=built.attribution_en,
        review_no=built.review_no,
        usage_notice=built.usage_notice,
        usage_notice_en=built.usage_notice_en,
    )


def read_regions(shapes: Path) -> list[Region]:
    """Return every division of the built boundaries, the country first."""
    edition = load_edition(shapes).id
    regions = {CHINA: _china()}
    for level in LEVELS:
        frame = load_level(shapes, level, "full")
        boxes = frame.geometry.bounds.round(5).itertuples(index=False, name=None)
        for row, box in zip(frame.drop(columns="geometry").to_dict("records"), boxes, strict=True):
            regions.setdefault(Adcode(row["adcode"]), _region(row, box))
    write_regions(shapes, regions.values(), edition)
    return list(regions.values())


def _region(row: dict[Hashable, Any], box: BBox) -> Region:
    return Region(
        adcode=Adcode(row["adcode"]),
        name=row["name"],
        short_name=row["short_name"],
        level=Level(row["level"]),
        levels=tuple(Level(each) for each in row["levels"].split(";")),
        parent=Adcode(row["parent"]),
        label=(round(row["label_lon"], 5), round(row["label_lat"], 5)),
        bbox=box,
        area_km2=row["area_km2"],
    )


def read_polygons(shapes: Path, detail: Detail = "full") -> Shapes:
    """Return the polygons of every level by code, in degrees."""
    found: dict[Level, dict[Adcode, shapely.Geometry]] = {}
    for level in LEVELS:
        frame = load_level(shapes, level, detail)
        found[level] = dict(zip(frame["adcode"], frame.geometry, strict=True))
    return found


def _china() -> Region:
    # The frame that map law asks for: down to 曾母暗沙, out to the Heilong/Wusuli confluence.
    return Region(
        adcode=CHINA,
        name="中国",
        short_name="中国",
        level=Level.NATION,
        levels=(Level.NATION,),
        parent=None,
        label=(103.8, 36.0),
        bbox=(73.4, 3.4, 135.1, 53.6),
        area_km2=0.0,
    )


@contextmanager
def build_lock(folder: Path) -> Iterator[None]:
    """Hold the build lock. The kernel frees it even when the process is killed."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(f"another build is running in {folder}; wait for it to end and try again") from None
        yield
