"""Lists that people fill in by hand, as a workbook."""
