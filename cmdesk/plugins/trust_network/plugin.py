"""The exporter picture.network and the page Network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cmdesk.api import Exporter, NoOptions, Progress, View, _, hookimpl

if TYPE_CHECKING:
    from cmdesk.api import Snapshot


@hookimpl
def cmdesk_exporters() -> Iterator[Exporter]:
    """The circle map as PNG or SVG."""
    yield Exporter(name="picture.network", title=_("Circle map"), suffix=".png", accepts="snapshot", write=write)


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
