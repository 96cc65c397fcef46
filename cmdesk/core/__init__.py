"""The domain: communities, their facts, trust and goal fit. No Qt, no pluggy, no openpyxl."""
