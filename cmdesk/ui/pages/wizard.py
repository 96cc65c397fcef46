"""Import: from files to facts, and what the community is for. A page, so that one can look elsewhere meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QStackedLayout

from cmdesk.core.community import Community
from cmdesk.core.errors import Cancelled, CmdeskError
from cmdesk.core.importing import ImportResult, remembered
from cmdesk.core.progress import Progress
from cmdesk.core.text import _
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs import lists_to_fill
from cmdesk.ui.jobs import Job
from cmdesk.ui.pages.imports import Again
from cmdesk.ui.pages.page import Page
from cmdesk.ui.session import Session
from cmdesk.ui.wizard.belonging import BelongingStep
from cmdesk.ui.wizard.choose import ChooseStep
from cmdesk.ui.wizard.follow_up import FollowUp
from cmdesk.ui.wizard.fresh import FreshCommunity
from cmdesk.ui.wizard.preview import PreviewStep
from cmdesk.ui.wizard.purpose import PurposeStep
from cmdesk.ui.wizard.read import ReadStep
from cmdesk.ui.wizard.running import RunningStep

CHOOSE, PREVIEW, RUNNING, READ, PURPOSE, BELONGING = range(6)


class WizardPage(Page):
    """Steps: choose, preview, import, what was read, what for, who belongs where."""

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__(session, desk, _("Import"))
        self.paths: list[Path] = []
        self._new = False
        self._fresh = FreshCommunity(session, desk, self)
        self._looking: Job | None = None
        self._look_again = False
        self._again: Again | None = None
        self.steps = QStackedLayout()
        self.choose = ChooseStep(session, desk)
        self.preview = PreviewStep(session)
        self.running = RunningStep(session.jobs)
        self.purpose = PurposeStep()
        self.belonging = BelongingStep()
        self.read = ReadStep()
        for step in (self.choose, self.preview, self.running, self.read, self.purpose, self.belonging):
            self.steps.addWidget(step)
        self.body.addLayout(self.steps, 1)
        self.choose.ready.connect(self._chosen)
        self.preview.again.connect(self._look)
        self.preview.accepted.connect(self._import)
        self.preview.left.connect(self._other_files)
        self.read.listed.connect(lambda: session.go("imports"))
        self.read.again.connect(lambda: self._begin([]))
        self._after = FollowUp(session, self, self.purpose, self.belonging)
        self._after.step.connect(self.steps.setCurrentWidget)
        self._after.done.connect(self._finish)
        self.read.further.connect(self._after.ask_purpose)
        self.belonging.files.connect(self._begin)
        self.belonging.listed.connect(lambda: lists_to_fill.ask(session, self))

    def step(self) -> int:
        """The step that is shown."""
        return self.steps.currentIndex()

    def come(self, what: object = None) -> None:
        if what == "stay":
            return
        if what == "goals":
            self._after.ask_purpose()
        elif self.session.busy() and self.step() == RUNNING:
            if what is not None:
                self.session.say(_("An import is running."), _("One at a time: drop the file again when it has ended."), "warn")
        elif what == "new":
            self._begin([], new=True)
        elif isinstance(what, Again):
            self._try_again(what)
        elif isinstance(what, list):
            self._begin([Path(each) for each in what])
        elif self.step() != PREVIEW:
            self._begin([])

    def _try_again(self, what: Again) -> None:
        """Look at the files of an import with its own options, which can then be changed."""
        self._begin([])
        self.paths, self._again = what.paths, what
        self.title.setText(_("Read it again"))
        self.preview.begin(what.importer, what.options)
        self._look()

    def _begin(self, paths: list[Path], *, new: bool = False) -> None:
        self.paths, self._again = paths, None
        self._new = new or self.session.community is None
        self.say(_("Drop it, look at what it would bring, then import. Nothing leaves this machine."))
        self.title.setText(_("New community") if self._new else _("Import"))
        self.choose.begin(paths, new=self._new)
        self.steps.setCurrentIndex(CHOOSE)
        if paths and not self.choose.asks():
            self._chosen(paths)

    def _chosen(self, paths: list[Path]) -> None:
        """Make the community where there is none, keep the answer about names, then look at the files."""
        if self._new:
            self._make(lambda: self._go_on(paths))
            return
        if not self.choose.names.isHidden():
            self.session.show_names(self.choose.names.names)
        self._go_on(paths)

    def _go_on(self, paths: list[Path]) -> None:
        if not paths:
            self._fresh.keep()
            self.session.go("overview")
            return
        self.session.go("import", "stay")
        self.title.setText(_("Import"))
        self.paths = paths
        self.preview.begin()
        self._look()

    def _make(self, then: Callable[[], object]) -> None:
        """Make the new community, as it was asked for; then go on."""

        def made() -> None:
            self._new = False
            then()

        self._fresh.make(self.choose.path(), self.choose.name.text().strip(), self.choose.names.names, made)

    def _unmake(self) -> None:
        """Nothing came of the import that a community was made for."""
        if self._fresh.unmake():
            self._new = True
            self.session.go("import", "stay")

    def _other_files(self) -> None:
        self._unmake()
        self._begin([])

    def _ready(self, then: Callable[[], object]) -> bool:
        """True with a community to look from; else the new one, that went with a failed attempt, is made again, and `then` done."""
        if self.session.community is not None:
            return True

        def go() -> None:
            self.session.go("import", "stay")
            then()

        self._make(go)
        return False

    def _look(self) -> None:
        """Preview with the options as they are."""
        importer, said = self.preview.values()
        options = remembered.known() | said
        paths, again = list(self.paths), self._again

        def work(community: Community, progress: Progress) -> ImportResult:
            from cmdesk.core import importing

            if again is not None:
                return importing.retry(community, again.id, options, importer=importer, preview=True, progress=progress)
            return importing.run(community, paths, importer=importer, options=options, preview=True, progress=progress)

        if self._looking is not None and self._looking in self.session.jobs.running("long"):
            self._look_again = True
            self._looking.cancel()
            return
        if self.session.busy():
            self.session.say(_("Something still runs."), _("Look again when it has ended."), "warn")
            return
        if not self._ready(self._look):
            return
        job = self.session.long(_("Looking at the file"), work, self._previewed, self._look_failed, owner=self)
        self._looking = job
        if self.step() == PREVIEW:  # options changed: what is shown stays until the answer is there
            self.preview.looking()
            return
        self.running.begin(_("Looking at {files}").format(files=", ".join(path.name for path in paths)), _("Nothing is stored yet."), job)
        self.steps.setCurrentIndex(RUNNING)

    def _previewed(self, result: ImportResult) -> None:
        if self._once_more():
            return
        again = _("This is what would take the place of what the import brought. Nothing is stored yet.")
        self.say(again if result.before else _("This is what the import would bring. Nothing is stored yet."))
        self.preview.show_result(self.paths, result)
        self.steps.setCurrentIndex(PREVIEW)

    def _once_more(self) -> bool:
        """Look again if options changed while we looked."""
        again, self._look_again = self._look_again, False
        if again:
            self._look()
        return again

    def _look_failed(self, error: BaseException) -> None:
        if self._once_more():
            return
        if isinstance(error, Cancelled):
            self._failed(error)
            return
        self._unmake()
        self.say(_("Nothing was stored."))
        self.preview.show_failure(self.paths, error.seen if isinstance(error, CmdeskError) else ())
        self.steps.setCurrentIndex(PREVIEW)
        self.session.fail(error)

    def _failed(self, error: BaseException) -> None:
        self._unmake()
        self._begin([])
        if isinstance(error, Cancelled):
            self.session.say(_("Stopped. Nothing was changed."))
        else:
            self.session.fail(error)

    def _import(self) -> None:
        if self.session.busy() or not self._ready(self._import):
            return
        importer, said = self.preview.values()
        options = remembered.known() | said
        paths, again = list(self.paths), self._again

        def work(community: Community, progress: Progress) -> ImportResult:
            from cmdesk.core import importing

            if again is not None:
                result = importing.retry(community, again.id, options, importer=importer, progress=progress)
            else:
                result = importing.run(community, paths, importer=importer, options=options, progress=progress)
            remembered.keep(said, result.tables)
            return result

        self.say(_("You can look at other pages meanwhile."))
        job = self.session.long(_("Importing"), work, self._imported, self._failed, owner=self)
        self.running.begin(_("Importing {files}").format(files=", ".join(path.name for path in paths)), "", job)
        self.steps.setCurrentIndex(RUNNING)

    def _imported(self, result: ImportResult) -> None:
        self._fresh.keep()
        self.say(_("It is in."))
        text = self.read.show_result(result)
        self.steps.setCurrentIndex(READ)
        if self.isVisible():
            self.read.on.setFocus()
        else:
            self.session.say(_("The import is ready."), text, "good", (_("Go on"), lambda: self.session.go("import", "goals")))

    def refresh(self) -> None:
        """Nothing here is read from the file."""

    def _finish(self) -> None:
        self._begin([])
        self.session.go("overview")
        if not self.session.busy():
            self.session.assess()
