"""While it runs: what is done, how far, and a button to stop it. The rest of the window can be used meanwhile."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from cmdesk.core.text import _
from cmdesk.ui.frame import job_words
from cmdesk.ui.jobs import Job, JobRunner
from cmdesk.ui.widgets.plain import box, button, label, line


class RunningStep(QWidget):
    """Shows one job."""

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self._job: Job | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame, column = box(gap=12)
        self.title = label(kind="heading", wrap=True)
        self.text = label(kind="muted", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(_("Progress"))
        self.stop = button(_("Cancel"), self._stop)
        column.addWidget(self.title)
        column.addWidget(self.bar)
        column.addWidget(self.text)
        column.addLayout(line(self.stop, 1))
        outer.addWidget(frame, 0, Qt.AlignmentFlag.AlignTop)
        outer.addStretch(1)
        jobs.changed.connect(self.refresh)

    def begin(self, title: str, note: str, job: Job) -> None:
        """Show `job`."""
        self._job = job
        self.title.setText(title)
        self.text.setText(note)
        self.bar.setRange(0, 0)
        self.stop.setEnabled(True)

    def refresh(self) -> None:
        """Say how far it is."""
        if self._job is None or not self.isVisible() or self._job.began is None:
            return
        self.text.setText(job_words(self._job))
        step = self._job.step
        if step is not None and step.total:
            self.bar.setRange(0, 1000)
            self.bar.setValue(round(1000 * min(1.0, step.done / step.total)))
        else:
            self.bar.setRange(0, 0)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.stop.setEnabled(False)
            self.refresh()
