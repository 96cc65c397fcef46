"""Surveys in which colleagues say what ties they have with each other: answers, who gave them, and who did not."""
