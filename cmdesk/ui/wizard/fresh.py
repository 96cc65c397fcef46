"""A community that is made for its first import: made beside the window, and gone again if nothing comes of the import."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from cmdesk.core.community import Community
from cmdesk.core.progress import Progress
from cmdesk.core.text import _
from cmdesk.ui.desk import Desk
from cmdesk.ui.session import Session


class FreshCommunity(QObject):
    """At most one such community; it stays once it is kept, or once anything but a setting was stored in it."""

    def __init__(self, session: Session, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._desk = session, desk
        self._path: Path | None = None
        self._making = False
        session.changed.connect(self._used)
        session.community_changed.connect(self._left_behind)

    def make(self, path: Path, name: str, names: bool, then: Callable[[], object]) -> None:
        """Make it, open it, then go on; what is wrong with the place is told."""
        if self._making:
            return

        def work(_progress: Progress) -> Community:
            community = Community.create(path, name)
            community.set_setting("show_names", names)
            return community

        def made(community: Community) -> None:
            self._making = False
            self._desk.remember("folder", str(path.absolute().parent))
            self._session.take(community)
            self._path = community.path
            then()

        def failed(error: BaseException) -> None:
            self._making = False
            self._session.fail(error)

        self._making = True
        self._session.jobs.start(_("Making the community"), work, made, failed, lane="write", owner=self)

    def keep(self) -> None:
        """Something came of it."""
        self._path = None

    def unmake(self) -> bool:
        """Nothing came of it: it leaves nothing behind. False if there is none."""
        if self._path is None:
            return False
        self._session.close_community()
        return True

    def _used(self, tables: frozenset[str]) -> None:
        if tables - {"settings"}:
            self._path = None

    def _left_behind(self) -> None:
        """Another community is open, or none."""
        now = self._session.community
        if self._path is None or (now is not None and now.path == self._path):
            return
        path, self._path = self._path, None
        self._desk.forget(path)
        for end in ("", "-wal", "-shm", "-journal"):
            path.with_name(path.name + end).unlink(missing_ok=True)
