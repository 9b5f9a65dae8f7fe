"""Run the command line with ``python -m geoapp``."""

from geoapp.cli.main import main

main()
