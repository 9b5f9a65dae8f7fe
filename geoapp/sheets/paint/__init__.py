"""One scene, three painters: PNG, SVG, PDF. None of them decides anything."""

from geoapp.sheets.paper import Format
from geoapp.sheets.scene.primitives import Scene

MIMETYPES: dict[Format, str] = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}


def paint(scene: Scene, form: Format, dpi: int) -> bytes:
    """Return a scene as a file of the format asked for; ``dpi`` matters for PNG only."""
    from geoapp.sheets.paint import pdf, skia_png, svg

    if form == "png":
        return skia_png.paint(scene, dpi)
    return svg.paint(scene) if form == "svg" else pdf.paint(scene)
