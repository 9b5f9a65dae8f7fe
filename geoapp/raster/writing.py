"""What every writer of a raster says when the disk will not take it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geoapp.errors import RasterError


@contextmanager
def writing(target: Path) -> Iterator[None]:
    """Turn the many errors of GDAL about a file that cannot be written into one sentence.

    Raises:
        RasterError: the file cannot be written; with GDAL's own reason.
    """
    from rasterio.errors import RasterioError

    try:
        yield
    except (RasterioError, OSError, TypeError) as error:  # a TypeError is its word for a file that was cut short
        reason = str(error.__cause__ or error).splitlines()[0][:160]
        raise RasterError(f"cannot write {target.name} ({reason}); is the disk full?") from None
