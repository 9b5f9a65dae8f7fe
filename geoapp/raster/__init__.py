"""Rasters: the ground under the plan. GDAL stays in here and is loaded with the first raster asked for."""
