"""In the worker: find the importer for each source, run it, write the staging file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from cmdesk.core import messages_seen
from cmdesk.core.contributions import Importer
from cmdesk.core.errors import CmdeskError, ImportProblem
from cmdesk.core.importing import foreign, stager
from cmdesk.core.importing.job import Job
from cmdesk.core.importing.stager import StagingBeside
from cmdesk.core.importing.staging import Staging
from cmdesk.core.importing.staging_file import Summary
from cmdesk.core.progress import Progress
from cmdesk.core.reading.ledger import Ledger
from cmdesk.core.reading.limits import limits_from
from cmdesk.core.reading.source import Source
from cmdesk.core.text import _

SURE = 0.5
"""Below this an importer does not recognise a file."""


def read(job: Job, importers: Mapping[str, Importer], progress: Progress) -> None:
    """Carry out a job. ImportProblem where a source is not recognised, unsafe or damaged; everything is read before anything is told."""
    limits = limits_from(job.options)
    own = {key: value for key, value in job.options.items() if not key.startswith("limit.")}
    keep_text = _yes(own.pop("keep_text", "no"), "keep_text")
    if "seen" in own:
        messages_seen.share(own.pop("seen"))  # refused before anything is read
    staging = _staging(job, keep_text)
    summary, problems, used_names = Summary(), [], []
    with_encoding = own.get("encoding", "")
    for path in job.paths:
        with Source(Path(path), limits, with_encoding) as source:
            progress.step(_("Looking at the file"))
            importer, confidence = choose(source, importers, job.importer)
            used_names.append(importer.name)
            summary.confidence = max(summary.confidence, confidence)
            summary.title = importer.title
            options = options_of(importer, own)
            progress.step(_("Reading"), unit=_("facts"))
            staging.add_all(importer.read(source, options, progress), progress)
            _check(source.ledger, importer)
            _add(summary, source.ledger)
            problems += [(problem.where, problem.why, problem.records) for problem in source.ledger.problems]
    summary.importer = "+".join(dict.fromkeys(used_names))
    staging.finish(summary, problems)


def _staging(job: Job, keep_text: bool) -> Staging | StagingBeside:
    """What takes the records; for a large source in a process of its own."""
    kind: type[Staging] | type[StagingBeside] = StagingBeside if sum(map(size, job.paths)) >= stager.WORTH else Staging
    return kind(Path(job.staging), keep_text=keep_text, known=job.known)


def size(name: str) -> int:
    """Bytes of a file, or of all files in a folder."""
    path = Path(name)
    return sum(each.stat().st_size for each in (path.rglob("*") if path.is_dir() else (path,)) if each.is_file())


def choose(source: Source, importers: Mapping[str, Importer], name: str = "") -> tuple[Importer, float]:
    """The importer called `name`, or the surest one; ImportProblem if nobody recognises the source."""
    if name:
        if name not in importers:
            raise CmdeskError(
                _("There is no importer “{name}”.").format(name=name),
                _("These are here: {names}.").format(names=", ".join(sorted(importers))),
            )
        return importers[name], 1.0
    sure = sorted(((importer.sniff(source), importer.name) for importer in importers.values()), reverse=True)
    if not sure or sure[0][0] < SURE:
        if what := foreign.named(source):
            raise foreign.problem(source, what)
        raise ImportProblem(
            _("{name}: no importer recognises this file.").format(name=source.name),
            _("Check that it is the file as the platform gave it. These can be read: {titles}. If it is one of them, say which: “Read it as” in the window,"
              " --as NAME on the command line.").format(titles=_titles(importers)),
        )
    return importers[sure[0][1]], sure[0][0]


def _titles(importers: Mapping[str, Importer]) -> str:
    return ", ".join(f"{importer.title} ({name})" for name, importer in sorted(importers.items())) or _("none; no importer is switched on")


def options_of(importer: Importer, values: Mapping[str, str]) -> Any:
    """The importer's option struct from text; CmdeskError names what is unknown or does not fit."""
    known = {field.encode_name: field for field in msgspec.structs.fields(importer.options)}
    unknown = sorted(set(values) - set(known) - {"encoding"})
    if unknown:
        allowed = ", ".join([*known, "keep_text", "seen", "limit.NAME"])
        raise CmdeskError(
            _("{title} has no option “{unknown}”.").format(title=importer.title, unknown=unknown[0]),
            _("It knows: {allowed}.").format(allowed=allowed),
        )
    plain = {key: _bool_words(value, known[key].type) for key, value in values.items() if key in known}
    try:
        return msgspec.convert(plain, importer.options, strict=False)
    except msgspec.ValidationError as error:
        raise CmdeskError(
            _("An option of {title} does not fit: {error}.").format(title=importer.title, error=error), _("Check the value.")
        ) from None


def _bool_words(value: str, wanted: object) -> str:
    if "bool" in str(wanted):
        return "true" if _yes(value, _("an option")) else "false"
    return value


def _yes(value: str, name: str) -> bool:
    word = value.strip().lower()
    if word in ("yes", "true", "1", "on", "ja"):
        return True
    if word in ("no", "false", "0", "off", "nee", ""):
        return False
    raise CmdeskError(_("“{value}” is neither yes nor no ({name}).").format(value=value, name=name), _("Give yes or no."))


def _check(ledger: Ledger, importer: Importer) -> None:
    if not ledger.adds_up:
        accounted = ledger.used + sum(ledger.left_out.values()) + ledger.set_aside
        raise ImportProblem(
            _("The importer {name} accounted for {accounted:,} of {read:,} records.").format(
                name=importer.name, accounted=accounted, read=ledger.read
            ),
            _("Nothing was stored. This is a fault of the importer; tell its author."),
        )


def _add(summary: Summary, ledger: Ledger) -> None:
    summary.read += ledger.read
    summary.used += ledger.used
    summary.set_aside += ledger.set_aside
    for rule, n in ledger.left_out.items():
        summary.left_out[rule] = summary.left_out.get(rule, 0) + n
    summary.ignored.update(ledger.ignored)
