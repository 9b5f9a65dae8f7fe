"""The store in a PostGIS database: builds are published there, and hosts follow them with copies of their own."""
