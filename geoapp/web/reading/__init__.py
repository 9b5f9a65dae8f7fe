"""Reading pages and their twins: their URLs."""
