"""Questions asked of clean records: resolve, classify, check."""
