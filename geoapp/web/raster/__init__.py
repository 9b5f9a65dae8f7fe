"""Rasters and the siting screen over HTTP."""
