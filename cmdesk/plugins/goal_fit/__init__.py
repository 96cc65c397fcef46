"""Goal fit: the metrics of the goal model and the assessor that judges groups against goals."""
