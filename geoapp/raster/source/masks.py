"""Where a band has data, by whatever its file says so."""

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from rasterio.io import DatasetReader


def mask_of(dataset: "DatasetReader", band: int, **how: Any) -> npt.NDArray[np.uint8]:
    """Return 255 where a band has data, else 0: by nodata, a mask inside or beside the file, or an alpha band.

    GDAL takes alpha bands of bytes and 16 bits for masks; those of other types are read here.

    Args:
        how: which part and in what size, as rasterio's ``read`` takes it.
    """
    from rasterio.enums import ColorInterp

    mask = dataset.read_masks(band, **how)
    for number, meaning in enumerate(dataset.colorinterp, start=1):
        if meaning is ColorInterp.alpha and number != band:
            mask = np.where(dataset.read(number, **how) > 0, mask, 0)
    return np.asarray(np.where(mask > 0, 255, 0), dtype=np.uint8)
