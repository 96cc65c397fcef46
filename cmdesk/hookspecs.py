"""The hooks: everything that a plugin can add to cmdesk. Guide: docs/plugin-guide.md, reference: docs/hooks.md.

Each hook takes no argument, is called once when the host loads, and yields frozen descriptors (cmdesk.core.contributions). Functions named
in a descriptor run later; so a plugin's module must stay cheap to import: no numpy, networkx, openpyxl or Qt at its top. The examples
leave out `from cmdesk.api import …` of the names that they use.
"""

from __future__ import annotations

from collections.abc import Iterable

import pluggy

from cmdesk.core.contributions import Analysis, Assessor, Exporter, Importer, Metric, View

PROJECT = "cmdesk"
"""The name of the pluggy project."""
ENTRY_POINTS = "cmdesk.plugins"
"""The entry-point group in which an installed plugin names its module."""

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def cmdesk_importers() -> Iterable[Importer]:  # type: ignore[empty-body]
    """Kinds of export that the plugin reads.

    Returns: `Importer`s. `sniff(source)` says from the content how sure it is, 0–1. `read(source, options, progress)` yields one `Origin`,
    then facts, and tells the source what became of each record (`use`, `leave_out`, `set_aside`).

    Example::

        @hookimpl
        def cmdesk_importers():
            yield Importer(name="mychat.log", title="My chat", patterns=("*.mychat",), sniff=sniff, read=read)
    """


@hookspec
def cmdesk_metrics() -> Iterable[Metric]:  # type: ignore[empty-body]
    """Numbers about groups that criteria of a goal model can use by name.

    Returns: `Metric`s. `compute(snapshot, groups, progress)` gets rows of `snapshot.groups` and returns one `Measure` for each, in order.

    Example::

        @hookimpl
        def cmdesk_metrics():
            yield Metric(name="mychat.length", title="Length", unit="characters", meaning="How long a post is.", compute=length)
    """


@hookspec
def cmdesk_assessors() -> Iterable[Assessor]:  # type: ignore[empty-body]
    """Ways to judge groups against goals.

    Returns: `Assessor`s. `assess(snapshot, groups, goals, options, progress)` yields one `Score` for each group and goal.

    Example::

        @hookimpl
        def cmdesk_assessors():
            yield Assessor(name="mychat.mood", title="Mood", assess=assess)
    """


@hookspec
def cmdesk_analyses() -> Iterable[Analysis]:  # type: ignore[empty-body]
    """Questions about the whole community that the data can answer.

    Returns: `Analysis`es. `analyse(snapshot, options, progress)` returns one `Finding`: the answer, its numbers, and "cannot_tell" where the
    data do not suffice.

    Example::

        @hookimpl
        def cmdesk_analyses():
            yield Analysis(name="mychat.night", title="At night", question="Do people write at night?", analyse=night)
    """


@hookspec
def cmdesk_exporters() -> Iterable[Exporter]:  # type: ignore[empty-body]
    """Files that the plugin writes.

    Returns: `Exporter`s. `write(subject, path, options, progress)` writes a temporary file; the host runs `check(subject, path)` and renames
    it. `accepts` says what the subject is: "report" (`Report`), "snapshot" (`Snapshot`), "lists" (`ListsToFill`) or "ledger" (`Ledgers`).

    Example::

        @hookimpl
        def cmdesk_exporters():
            yield Exporter(name="mychat.text", title="Plain text", suffix=".txt", accepts="report", write=write)
    """


@hookspec
def cmdesk_views() -> Iterable[View]:  # type: ignore[empty-body]
    """Pages of the window.

    Returns: `View`s. `widget` is "package.module:Class", imported when the page is first shown; the class takes one `ViewContext`.

    Example::

        @hookimpl
        def cmdesk_views():
            yield View(name="mychat.map", title="Map", icon="map", widget="mychat.view:Map")
    """
