"""Records become GeoJSON features (RFC 7946). The properties are the public contract."""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson
import shapely

from geoapp.analysis.progress.tracker import Progress
from geoapp.analysis.resolved_view import Area
from geoapp.model.plan import Park, Project, Statistic, Target
from geoapp.model.region import Region
from geoapp.model.vector import VectorFeature, VectorLayer

Properties = dict[str, Any]
DECIMALS = 6
"""Digits kept in degrees: 0.1 m, finer than any source here."""


def region_properties(region: Region, edition: str) -> Properties:
    """Properties of ``provinces``, ``prefectures`` and ``counties``."""
    return {
        "adcode": region.adcode,
        "name": region.name,
        "name_en": region.name_en,
        "level": str(region.level),
        "parent": region.parent,
        "edition": edition,
    }


def target_properties(target: Target) -> Properties:
    """Properties of ``targets``."""
    return {
        "id": target.id,
        "plan": target.plan,
        "adcode": target.adcode,
        "region_name": target.region_name,
        "region_name_en": target.region_name_en,
        "name_in_source": target.name_in_source,
        "indicator": target.indicator,
        "indicator_name": target.indicator_name,
        "value": target.value,
        "value_text": target.value_text,
        "unit": target.unit,
        "comparator": target.comparator,
        "direction": target.direction,
        "base_year": target.base_year,
        "target_year": target.target_year,
        "nature": target.nature,
        "tier": target.tier,
        "sector": target.sector,
        "section": target.section,
        "caveats": list(target.caveats),
    }


def statistic_properties(statistic: Statistic) -> Properties:
    """Properties of ``statistics``."""
    return {
        "id": statistic.id,
        "plan": statistic.plan,
        "adcode": statistic.adcode,
        "region_name": statistic.region_name,
        "region_name_en": statistic.region_name_en,
        "indicator": statistic.indicator,
        "indicator_name": statistic.indicator_name,
        "year": statistic.year,
        "value": statistic.value,
        "value_text": statistic.value_text,
        "unit": statistic.unit,
        "section": statistic.section,
        "caveats": list(statistic.caveats),
    }


def park_properties(park: Park) -> Properties:
    """Properties of ``parks``."""
    return {
        "id": park.id,
        "plan": park.plan,
        "name": park.name,
        "programmes": list(park.programmes),
        "adcode": park.adcode,
        "region_name": park.region_name,
        "region_name_en": park.region_name_en,
        "precision": park.precision,
        "section": park.section,
        "caveats": list(park.caveats),
    }


def project_properties(project: Project) -> Properties:
    """Properties of ``projects``."""
    return {
        "id": project.id,
        "plan": project.plan,
        "name": project.name,
        "nature": project.nature,
        "type": project.type,
        "adcode": project.adcode,
        "region_name": project.region_name,
        "region_name_en": project.region_name_en,
        "capacity": project.capacity,
        "capacity_unit": project.capacity_unit,
        "status": project.status,
        "precision": project.precision,
        "section": project.section,
        "caveats": list(project.caveats),
    }


def progress_properties(progress: Progress, unit: str) -> Properties:
    """Properties of a goal held against results: numbers in the indicator's unit, plus is better than planned."""
    target, verdict = progress.target, progress.verdict
    return {
        "id": target.id,
        "adcode": target.adcode,
        "region_name": target.region_name,
        "region_name_en": target.region_name_en,
        "indicator": target.indicator,
        "indicator_name": target.indicator_name,
        "target": progress.goal.number if progress.goal else None,
        "achieved": verdict.achieved,
        "achieved_year": verdict.achieved_year,
        "gap": verdict.gap,
        "status": verdict.status,
        "unit": unit,
        "tier": target.tier,
        "target_year": target.target_year,
        "plan": target.plan,
        "result_source": list(dict.fromkeys(each.plan for each in progress.results)),
    }


def vector_properties(feature: VectorFeature, layer: VectorLayer, region: Region | None) -> Properties:
    """Properties of a published vector layer; its own columns stand between region and precision.

    Args:
        region: the county that holds the feature; None where none does.
    """
    own = {column.name: value for column, value in zip(layer.columns, feature.values, strict=True)}
    return {
        "id": feature.id,
        "name": feature.name,
        "type": feature.kind,
        "adcode": feature.adcode or None,
        "region_name": (region.official_name or region.name) if region else None,
        "region_name_en": region.name_en if region else None,
        **own,
        "precision": layer.precision,
        "caveats": list(feature.caveats),
    }


def point_properties(point: Park | Project) -> Properties:
    """Properties of a park or a project."""
    return park_properties(point) if isinstance(point, Park) else project_properties(point)


def area_properties(area: Area) -> Properties:
    """Properties of one area of a view: the answer, whose it is, and where it is printed."""
    answer, target = area.resolution, area.resolution.target
    lent = answer.from_region if answer.status != "none" else None
    return {
        "layer": "targets",
        "adcode": area.region.adcode,
        "region_name": area.region.official_name or area.region.name,
        "region_name_en": area.region.name_en,
        "level": str(area.region.level),
        "status": answer.status,
        "indicator": answer.indicator.id,
        "indicator_name": answer.indicator.title.zh,
        "value": target.value if target else None,
        "value_text": target.value_text if target else None,
        "unit": target.unit if target else answer.indicator.unit,
        "comparator": target.comparator if target else None,
        "direction": target.direction if target else None,
        "tier": answer.tier,
        "base_year": target.base_year if target else None,
        "target_year": answer.year,
        "nature": target.nature if target else None,
        "from_adcode": lent.adcode if lent else None,
        "from_name": (lent.official_name or lent.name) if lent else None,
        "target_id": target.id if target else None,
        "plan": answer.plan.id if answer.plan else None,
        "section": answer.section or None,
        "caveats": list(target.caveats) if target else [],
    }


def encode_feature(identifier: str, properties: Properties, geometry: bytes) -> bytes:
    """Encode one feature around an already encoded geometry."""
    return orjson.dumps(
        {"type": "Feature", "id": identifier, "properties": properties, "geometry": orjson.Fragment(geometry)}
    )


def encode_point(lon: float, lat: float) -> bytes:
    """Encode a point geometry, degrees."""
    return orjson.dumps({"type": "Point", "coordinates": [round(lon, DECIMALS), round(lat, DECIMALS)]})


def encode_shape(shape: shapely.Geometry) -> bytes:
    """Encode a line or a polygon, degrees; exterior rings counterclockwise as RFC 7946 asks."""
    text: str = shapely.to_geojson(shapely.orient_polygons(shape))
    return text.encode()


def encode_collection(features: Iterable[bytes], members: Mapping[str, Any]) -> bytes:
    """Join encoded features to a FeatureCollection with further members (title, sources …)."""
    body = orjson.dumps(members)[1:-1]
    head = b'{"type":"FeatureCollection"' + (b"," + body if body else b"")
    return head + b',"features":[' + b",".join(features) + b"]}"
