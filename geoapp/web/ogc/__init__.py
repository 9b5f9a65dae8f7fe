"""OGC API - Features at ``/ogc``: Part 1 core, Part 2 CRS, Part 3 filtering, and vector tiles."""

from geoapp.web.ogc.routes import bp

__all__ = ["bp"]
