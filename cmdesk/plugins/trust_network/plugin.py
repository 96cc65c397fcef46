"""The exporter picture.network and the page Network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cmdesk.api import Exporter, NoOptions, Progress, View, _, hookimpl

from .options import FilmOptions, TableOptions

if TYPE_CHECKING:
    from cmdesk.api import Snapshot


@hookimpl
def cmdesk_exporters() -> Iterator[Exporter]:
    """The circle map as PNG or SVG, the periods as numbered pictures, people and ties as tables."""
    yield Exporter(name="picture.network", title=_("Circle map"), suffix=".png", accepts="snapshot", write=write, check=_check_picture)
    yield Exporter(
        name="network.periods", title=_("Network, period by period"), suffix=".zip", accepts="snapshot", write=_film, check=_check_film,
        options=FilmOptions,
    )  # fmt: skip
    yield Exporter(
        name="network.people", title=_("People of the network"), suffix=".csv", accepts="snapshot", write=_people, check=_check_table,
        options=TableOptions,
    )  # fmt: skip
    yield Exporter(
        name="network.ties", title=_("Ties of the network"), suffix=".csv", accepts="snapshot", write=_ties, check=_check_table,
        options=TableOptions,
    )  # fmt: skip


@hookimpl
def cmdesk_views() -> Iterator[View]:
    """The page Network."""
    yield View(name="trust_network.network", title=_("Network"), icon="network", widget="cmdesk.plugins.trust_network.view:NetworkPage")


def write(snapshot: Snapshot, path: Path, options: NoOptions, progress: Progress) -> None:
    """Draw the circle map of `snapshot` under pseudonyms; the ending of `path` says PNG or SVG."""
    from .choice import Choice
    from .facts import gather
    from .picture import write as draw
    from .scene import compose, first_choice

    facts = gather(snapshot, Choice(), progress)
    draw(compose(facts, first_choice(facts, Choice()), names=False), path)


def _film(snapshot: Snapshot, path: Path, options: FilmOptions, progress: Progress) -> None:
    from .out import film

    film.write(snapshot, path, options, progress)


def _check_film(snapshot: Snapshot, path: Path) -> None:
    from cmdesk.api import written

    written.packed(path)


def _check_picture(snapshot: Snapshot, path: Path) -> None:
    from cmdesk.api import written

    written.picture(path)


def _people(snapshot: Snapshot, path: Path, options: TableOptions, progress: Progress) -> None:
    from .out import tables

    tables.write_people(snapshot, path, options, progress)


def _ties(snapshot: Snapshot, path: Path, options: TableOptions, progress: Progress) -> None:
    from .out import tables

    tables.write_ties(snapshot, path, options, progress)


def _check_table(snapshot: Snapshot, path: Path) -> None:
    from cmdesk.api import written

    written.table(path)
