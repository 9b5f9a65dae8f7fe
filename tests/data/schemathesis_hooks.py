"""What schemathesis needs to read our answers: vector tiles, decoded, are the text that the definition promises."""

import mapbox_vector_tile
import schemathesis


@schemathesis.deserializer("application/vnd.mapbox-vector-tile")
def tile(_: object, response: schemathesis.Response) -> str:
    """Return a tile's content; broken bytes raise, which schemathesis reports."""
    return str(mapbox_vector_tile.decode(response.content))
