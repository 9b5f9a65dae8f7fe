"""The review page's own files: one page, its style and its script, put together to one file that opens offline."""
