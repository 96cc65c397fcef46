"""The window: Qt lives here and in a plugin's view.py, nowhere else."""
