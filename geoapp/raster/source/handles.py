"""Open raster files, a few for each thread: GDAL's handles must not cross threads."""

import threading
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING

from geoapp.errors import RasterError

if TYPE_CHECKING:
    from rasterio.io import DatasetReader

MOST = 8
_local = threading.local()
_loading = threading.Lock()


def load() -> None:
    """Import GDAL, with the first raster asked for, not with the worker (40 MB); one thread at a time."""
    with _loading:
        import PIL.Image  # noqa: F401 - imported for later, here and below
        import rasterio.features
        import rasterio.vrt
        import rasterio.warp  # noqa: F401


def load_tiler() -> None:
    """Import rio-tiler, with the first tile (20 MB more; a sheet or a number needs none of it).

    Several tiles are asked for at once, and rio-tiler imports itself in a circle: a second thread
    would see half of it.
    """
    with _loading:
        import morecantile  # noqa: F401
        import rio_tiler.io  # noqa: F401


def open_handle(path: Path) -> "DatasetReader":
    """Return an open dataset of this thread; file names carry a hash, so a handle never goes stale.

    Raises:
        RasterError: the file is gone or damaged.
    """
    load()
    import rasterio
    from rasterio.errors import RasterioIOError

    handles: OrderedDict[Path, DatasetReader] | None = getattr(_local, "handles", None)
    if handles is None:
        handles = _local.handles = OrderedDict()
    found = handles.get(path)
    if found is None:
        try:
            found = rasterio.open(path)
        except RasterioIOError as error:
            raise RasterError(f"raster file {path.name} cannot be opened ({error}); run `geoapp build` again") from None
        handles[path] = found
        if len(handles) > MOST:
            handles.popitem(last=False)[1].close()
    handles.move_to_end(path)
    return found
