"""What changed between two plans, as files: a workbook and a table for Word."""
