"""Vector tiles: cut, encoded and archived at build."""
