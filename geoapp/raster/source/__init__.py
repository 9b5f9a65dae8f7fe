"""Files that people bring: read, looked through, asked about."""
