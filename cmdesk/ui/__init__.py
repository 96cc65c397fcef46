"""The window: Qt lives here and in a plugin's view.py, nowhere else."""

# What has no Qt and every window needs comes first: PySide6 reads the source of each module that is imported after it, which at start-up
# took longer than importing these.
import cmdesk.core.assessments
import cmdesk.core.community
import cmdesk.core.drawing
import cmdesk.core.goal_model
import cmdesk.core.settings
import cmdesk.core.totals  # noqa: F401
