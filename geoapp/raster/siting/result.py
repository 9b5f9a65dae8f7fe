"""What a screen gives: a report, polygons, a picture and a raster."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
import shapely

from geoapp.raster.publish.encode import Encoding, finish_cog
from geoapp.raster.publish.publication import workspace
from geoapp.raster.record import in_language
from geoapp.raster.siting.screen import ScreenResult
from geoapp.raster.writing import writing

Json = dict[str, Any]
OUTSIDE = 255
PICTURE = 1100
"""Pixels of the longer side."""
PALE, GREEN, LINE = (226, 222, 211, 255), (15, 107, 88, 255), (92, 102, 96, 255)


def face(result: ScreenResult, form: str) -> bytes:
    """Return a result as ``geojson`` (patches), ``png`` or ``tif`` (inclusion in percent)."""
    if form == "png":
        return picture_png(result, PICTURE)
    if form == "geojson":
        return polygons(result)
    with TemporaryDirectory(prefix="geoapp-screen-") as folder:
        path = Path(folder) / "screen.tif"
        write_inclusion(result, path)
        return path.read_bytes()


def report(result: ScreenResult, lang: str) -> Json:
    """Return the funnel in total and per county, the layers used and the warnings."""
    return {
        "title": result.spec.title,
        "regions": result.spec.regions,
        "resolution_m": result.spec.resolution_m,
        "min_area_km2": result.spec.min_area_km2,
        "crs": result.grid.crs,
        "funnel": [{"step": step.label.get(lang), "km2": round(step.km2, 3)} for step in result.funnel],
        "counties": [
            {
                "adcode": code,
                "name": result.names[code],
                "km2": [round(step.by_area[code], 3) for step in result.funnel],
            }
            for code in result.grid.codes
        ],
        "patches": int(result.patches.max()),
        "rasters": [
            {
                "id": record.id,
                "title": record.title.get(lang),
                "unit": record.unit,
                "date": in_language(record.date, lang),
                "cell_m": record.cell_m,
                "version": record.version,
                "licence": in_language(record.licence, lang),
                "attribution": record.attribution.get(lang),
            }
            for record in result.rasters
        ],
        **_layers(result, lang),
        "warnings": [text.get(lang) for text in result.warnings],
        "criteria": [criterion.model_dump(exclude_defaults=True) for criterion in result.spec.criterion],
    }


def _layers(result: ScreenResult, lang: str) -> Json:
    """Return whose vector layers a screen asked; nothing where it asked none."""
    found = [
        {"id": layer.id, "title": layer.title.get(lang), "cited": layer.cited(lang), "licence": layer.licence}
        for layer in result.layers
    ]
    return {"layers": found} if found else {}


def polygons(result: ScreenResult) -> bytes:
    """Return every contiguous patch as GeoJSON (degrees), largest first, with area, inclusion and county."""
    shapes = _patch_shapes(result)
    means, owners = _patch_means(result), _patch_owners(result)
    features = []
    for number, shape in sorted(shapes.items(), key=lambda item: (-shapely.area(item[1]), item[0])):
        code = result.grid.codes[owners[number] - 1]
        degrees = shapely.transform(result.grid.unproject(shape), lambda xy: np.round(xy, 6))
        features.append(
            {
                "type": "Feature",
                "id": number,
                "properties": {
                    "patch": number,
                    "area_km2": round(float(shapely.area(shape)) / 1e6, 4),
                    "inclusion": round(float(means[number]), 4),
                    "adcode": code,
                    "region_name": result.names[code],
                },
                "geometry": orjson.Fragment(shapely.to_geojson(shapely.orient_polygons(degrees))),
            }
        )
    return orjson.dumps({"type": "FeatureCollection", "screen": report(result, "zh"), "features": features})


def _patch_means(result: ScreenResult) -> npt.NDArray[np.float64]:
    """Return the mean inclusion of each patch, by its number."""
    patches = result.patches.ravel()
    return np.bincount(patches, weights=result.inclusion.ravel()) / np.maximum(np.bincount(patches), 1)


def _patch_owners(result: ScreenResult) -> dict[int, int]:
    """Return for each patch the number of the area most of its cells lie in."""
    areas = len(result.grid.codes) + 1
    left = result.patches > 0
    pairs, counts = np.unique(result.patches[left] * np.int64(areas) + result.grid.owner[left], return_counts=True)
    order = np.argsort(counts, kind="stable")
    return dict(zip((pairs // areas)[order].tolist(), (pairs % areas)[order].tolist(), strict=True))


def _patch_shapes(result: ScreenResult) -> dict[int, shapely.Geometry]:
    """Return each patch in metres; parts that touch at a corner only are parts of a multipolygon."""
    from rasterio.features import shapes

    parts: dict[int, list[shapely.Polygon]] = {}
    found = shapes(result.patches, mask=result.patches > 0, connectivity=4, transform=result.grid.transform)
    for geometry, number in found:
        outer, *holes = geometry["coordinates"]
        parts.setdefault(int(number), []).append(shapely.Polygon(outer, holes))
    return {number: shapely.MultiPolygon(each) if len(each) > 1 else each[0] for number, each in parts.items()}


def write_result(result: ScreenResult, folder: Path, lang: str) -> list[Path]:
    """Write ``report.json``, ``patches.geojson`` and ``inclusion.tif`` (a COG); returns their paths.

    The COG holds inclusion in percent, 255 outside the regions.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with workspace(folder) as place:
        made = Path(place)
        (made / "report.json").write_bytes(orjson.dumps(report(result, lang), option=orjson.OPT_INDENT_2))
        (made / "patches.geojson").write_bytes(polygons(result))
        write_inclusion(result, made / "inclusion.tif")
        targets = [folder / name for name in ("report.json", "patches.geojson", "inclusion.tif")]
        for target in targets:
            (made / target.name).replace(target)
    return targets


def picture_png(result: ScreenResult, longest: int) -> bytes:
    """Return what is left as a picture: green by inclusion, counties outlined, the rest pale."""
    from io import BytesIO

    from PIL import Image

    owner, inclusion = result.grid.owner, result.inclusion
    stride = max(1, -(-max(owner.shape) // longest))
    owner, inclusion = owner[::stride, ::stride], inclusion[::stride, ::stride]
    pixels = np.zeros((*owner.shape, 4), dtype=np.uint8)
    pixels[owner > 0] = PALE
    part = inclusion[..., None]
    left = inclusion > 0
    pixels[left] = (np.array(PALE) * (1 - part) + np.array(GREEN) * part)[left].astype(np.uint8)
    edge = np.zeros(owner.shape, dtype=bool)
    edge[:, 1:] |= owner[:, 1:] != owner[:, :-1]
    edge[1:] |= owner[1:] != owner[:-1]
    pixels[edge] = LINE
    body = BytesIO()
    Image.fromarray(pixels).save(body, "PNG")
    return body.getvalue()


def write_inclusion(result: ScreenResult, target: Path) -> None:
    """Write the inclusion in percent as a COG with the layers used in its tags."""
    import rasterio

    rows, columns = result.grid.owner.shape
    body = np.where(result.grid.inside, np.rint(result.inclusion * 100), OUTSIDE).astype(np.uint8)
    plain = target.with_suffix(".plain.tif")
    with writing(target):
        with rasterio.open(
            plain, "w", driver="GTiff", width=columns, height=rows, count=1, dtype="uint8", nodata=OUTSIDE,
            crs=result.grid.crs, transform=result.grid.transform, tiled=True, blockxsize=512, blockysize=512,
            compress="zstd", zstd_level=1,
        ) as made:  # fmt: skip
            made.write(body, 1)
            made.update_tags(TITLE=result.spec.title, RASTERS=", ".join(f"{r.id} ({r.date})" for r in result.rasters))
            made.set_band_unit(1, "%")
        finish_cog(plain, target, Encoding(dtype="uint8", nodata=OUTSIDE), lambda _: None)
    plain.unlink()
