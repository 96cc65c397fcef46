"""Who is the same person: accounts linked to persons, suggestions with their evidence, and what the user decided (docs/same-person.md)."""
