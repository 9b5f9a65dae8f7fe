"""Cells of a raster as PNG with a palette (ISO/IEC 15948): a tenth of the size of RGBA."""

import io

import numpy as np
import numpy.typing as npt


def encode_cells(pixels: npt.NDArray[np.uint8]) -> bytes:
    """Return (rows, columns, 4) bytes of RGBA in at most 256 colours as PNG."""
    from PIL import Image  # only for a sheet with a raster

    flat = np.ascontiguousarray(pixels).view(np.uint32)[..., 0]
    colours, index = np.unique(flat, return_inverse=True)
    parts = colours.view(np.uint8).reshape(-1, 4)
    image = Image.fromarray(index.reshape(flat.shape).astype(np.uint8), mode="P")
    image.putpalette(parts[:, :3].tobytes(), "RGB")
    body = io.BytesIO()
    image.save(body, "PNG", transparency=parts[:, 3].tobytes(), compress_level=9)
    return body.getvalue()
