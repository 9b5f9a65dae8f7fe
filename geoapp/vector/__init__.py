"""Published vector layers: described and read, joined to counties, kept in a build, summed over regions."""
