"""A reader's own data: read, understood, matched with regions, kept for some days, shown as indicators of views."""
