"""Damage and fuzzing of importers: `make fuzz`."""
