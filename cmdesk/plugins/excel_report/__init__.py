"""An assessment as an Excel workbook that a manager can re-add."""
