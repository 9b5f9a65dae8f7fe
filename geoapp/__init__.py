"""geoapp, a planning atlas: targets, parks and projects of energy-saving plans on a map."""

__version__ = "0.2.0"
