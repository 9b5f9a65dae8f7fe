"""Values of regions on a dask cluster, province by province: for rasters that take minutes.

Optional (`pip install geoapp[dask]`). Each worker reads the file itself, so the path must be
the same on all of them; what travels is polygons and a few numbers a region.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import shapely

from geoapp.errors import RasterError
from geoapp.model.region import CHINA, Adcode
from geoapp.raster.record import RasterKind, RegionValues
from geoapp.raster.zonal.statistics import Polygons, zonal_values

Progress = Callable[[str], None]
Parents = Mapping[Adcode, Adcode | None]
LOCAL_WORKERS = 2
WORKER_MEMORY = "2GB"


def zonal_values_on(
    cluster: str | None, path: Path, kind: RasterKind, polygons: Polygons, parents: Parents, progress: Progress
) -> dict[Adcode, RegionValues]:
    """Return the same as :func:`zonal_values`, computed here or on a cluster.

    Args:
        cluster: None for this process, ``local`` for two worker processes, else the address of a scheduler.
        parents: the code above each region, for the split by province.

    Raises:
        RasterError: dask is not installed, or the scheduler does not answer.
    """
    groups = by_province(polygons, parents)
    if cluster is None:
        found: dict[Adcode, RegionValues] = {}
        for number, group in enumerate(groups.values(), start=1):
            found |= zonal_values(path, kind, group)
            progress(f"province {number} of {len(groups)}")
        return dict(sorted(found.items()))
    with ExitStack() as stack:
        client = stack.enter_context(_client(cluster, stack))
        return _gather(client, path, kind, groups, progress)


def by_province(polygons: Polygons, parents: Parents) -> dict[Adcode, Polygons]:
    """Split polygons by the province they lie in, largest group first."""
    groups: dict[Adcode, dict[Adcode, shapely.Geometry]] = {}
    for code, shape in polygons.items():
        province = code
        while (above := parents.get(province)) not in (None, CHINA):
            assert above is not None
            province = above
        groups.setdefault(province, {})[code] = shape
    return dict(sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])))


def _client(cluster: str, stack: ExitStack) -> Any:
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise RasterError("dask is not installed; add it with: pip install 'geoapp[dask]'") from None
    try:
        if cluster == "local":
            own = LocalCluster(
                n_workers=LOCAL_WORKERS, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0",
                memory_limit=WORKER_MEMORY, host="127.0.0.1",
            )  # fmt: skip
            return Client(stack.enter_context(own))
        return Client(cluster, timeout="10s")
    except (OSError, TimeoutError, ValueError, RuntimeError) as error:
        raise RasterError(f"no dask scheduler answers at {cluster} ({error}); is the address right?") from None


def _gather(
    client: Any, path: Path, kind: RasterKind, groups: Mapping[Adcode, Polygons], progress: Progress
) -> dict[Adcode, RegionValues]:
    # WKB is smaller than pickled shapes and the same on every version of shapely.
    tasks = [
        client.submit(zonal_values_of_wkb, str(path), kind, list(group), shapely.to_wkb(list(group.values())).tolist())
        for group in groups.values()
    ]
    found: dict[Adcode, RegionValues] = {}
    for number, (_, values) in enumerate(_finished(tasks), start=1):
        found |= values
        progress(f"province {number} of {len(groups)}")
    return dict(sorted(found.items()))


def _finished(tasks: list[Any]) -> Iterator[tuple[Any, dict[Adcode, RegionValues]]]:
    from distributed import as_completed

    yield from as_completed(tasks, with_results=True)


def zonal_values_of_wkb(
    path: str, kind: RasterKind, codes: list[Adcode], wkb: list[bytes]
) -> dict[Adcode, RegionValues]:
    """Run on a worker: the values of some polygons given as WKB."""
    shapes = dict(zip(codes, shapely.from_wkb(wkb), strict=True))
    return zonal_values(Path(path), kind, shapes)
