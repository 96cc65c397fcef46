"""In the worker: find the importer for each source, run it, write the staging file."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import msgspec

from cmdesk.core import messages_seen
from cmdesk.core.contributions import Importer
from cmdesk.core.errors import CmdeskError, ImportProblem, Unknown, Unrecognised
from cmdesk.core.importing import foreign, stager, zones
from cmdesk.core.importing.job import TABLE, Job
from cmdesk.core.importing.stager import StagingBeside
from cmdesk.core.importing.staging import Staging
from cmdesk.core.importing.staging_file import Summary
from cmdesk.core.progress import Progress
from cmdesk.core.reading.ledger import Ledger
from cmdesk.core.reading.limits import Limits, limits_from
from cmdesk.core.reading.source import Source
from cmdesk.core.text import N_, _

SURE = 0.5
"""Below this an importer does not recognise a file."""



def read(job: Job, importers: Mapping[str, Importer], progress: Progress) -> None:
    """Carry out a job. ImportProblem where a source is not recognised, unsafe or damaged; everything is read before anything is told."""
    limits = limits_from(job.options)
    own = {key: value for key, value in job.options.items() if not key.startswith(("limit.", TABLE))}
    said = {key.removeprefix(TABLE): value for key, value in job.options.items() if key.startswith(TABLE)}
    keep_text = _yes(own.pop("keep_text", "no"), "keep_text")
    if "seen" in own:
        messages_seen.share(own.pop("seen"))  # refused before anything is read
    zones.check(own.get("zone", ""))
    staging = _staging(job, keep_text)
    summary, problems, used_names = Summary(), [], []
    for source, importer, confidence in _sources(job, importers, Opening(limits, own.get("encoding", ""), said), summary, progress):
        used_names.append(importer.name)
        summary.confidence = max(summary.confidence, confidence)
        summary.title = importer.title
        try:
            options = options_of(importer, own)
            progress.step(_("Reading"), unit=_("facts"))
            staging.add_all(importer.read(source, options, progress), progress)
        except CmdeskError as error:
            error.seen = (*summary.tables, *source.ledger.tables)
            raise
        _check(source.ledger, importer)
        problems += [(problem.where, problem.why, problem.records) for problem in source.ledger.problems]
        problems += _add(summary, source.ledger, source.name)
    summary.importer = "+".join(dict.fromkeys(used_names))
    staging.finish(summary, problems)


class Opening(msgspec.Struct, frozen=True):
    """How sources are opened: limits, the encoding of their texts ("" find out), and what was said of tables (`Source.said`)."""

    limits: Limits
    encoding: str
    said: Mapping[str, str]

    def source(self, path: Path) -> Source:
        """The source at `path`."""
        return Source(path, self.limits, self.encoding, self.said)


def _sources(
    job: Job, importers: Mapping[str, Importer], opening: Opening, summary: Summary, progress: Progress
) -> Iterator[tuple[Source, Importer, float]]:
    """Each source with the importer that reads it and how sure that is; of a folder that is no export itself the exports in it."""
    for name in job.paths:
        path = Path(name)
        progress.step(_("Looking at the file"))
        with ExitStack() as opened:
            try:
                source = opened.enter_context(opening.source(path))
                importer, confidence = choose(source, importers, job.importer)
            except Unrecognised as refusal:
                if not path.is_dir():
                    raise _one_of(job, refusal) from refusal
                inside, unknown = True, refusal
            except ImportProblem as refusal:
                raise _one_of(job, refusal) from refusal
            else:
                inside = False
                yield source, importer, confidence
                if path.is_dir() and not job.importer:
                    yield from _archives(path, source, importers, opening, summary)
        if inside:
            yield from _inside(path, importers, opening, summary, unknown)


def _one_of(job: Job, refusal: ImportProblem) -> ImportProblem:
    """`refusal` of a file; of one among several it says, too, what becomes of the others."""
    if len(job.paths) > 1:
        refusal.hint = _("Nothing was stored. Without it the others come in.") + " " + refusal.hint
    return refusal


def _archives(
    folder: Path, source: Source, importers: Mapping[str, Importer], opening: Opening, summary: Summary
) -> Iterator[tuple[Source, Importer, float]]:
    """The archives in a folder whose other files were just read: exports too, if somebody recognises them."""
    for name in sorted(source.ledger.ignored):
        path = folder / source.enclosing / name
        if path.is_file() and not path.is_symlink() and zipfile.is_zipfile(path):
            with suppress(Unrecognised), opening.source(path) as inside:
                importer, confidence = choose(inside, importers)
                summary.ignored.pop(name, None)
                yield inside, importer, confidence


def _inside(
    folder: Path, importers: Mapping[str, Importer], opening: Opening, summary: Summary, refusal: ImportProblem
) -> Iterator[tuple[Source, Importer, float]]:
    """The exports in a folder that is none itself; what nobody recognises is told. `refusal` if there is none."""
    found = 0
    for path in sorted(each for each in folder.rglob("*") if each.is_file() and not each.is_symlink() and not each.name.startswith(".")):
        name = path.relative_to(folder).as_posix()
        try:
            with opening.source(path) as source:
                importer, confidence = choose(source, importers)
                found += 1
                yield source, importer, confidence
        except Unknown:
            summary.ignored[name] = N_("no importer recognises it")
        except Unrecognised as known:
            summary.ignored[name] = known.message
        except ImportProblem as problem:  # one that is damaged among good ones
            summary.ignored[name] = problem.message
            refusal = problem
    if not found:
        raise refusal


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
        if unsaved := foreign.to_save_again(source):
            raise unsaved
        if known := foreign.problem(source):
            raise known
        raise Unknown(
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
    unknown = sorted(set(values) - set(known) - {"encoding", "zone"})
    if unknown:
        allowed = ", ".join([*known, "keep_text", "seen", *({"zone"} - known.keys()), "limit.NAME"])
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


def _add(summary: Summary, ledger: Ledger, name: str) -> list[tuple[str, str, int]]:
    """Add a source's ledger; returns the note of what it could not keep."""
    summary.read += ledger.read
    summary.used += ledger.used
    summary.set_aside += ledger.set_aside
    for rule, n in ledger.left_out.items():
        summary.left_out[rule] = summary.left_out.get(rule, 0) + n
    summary.ignored.update(ledger.ignored)
    summary.tables += ledger.tables
    more = ledger.problem_count - len(ledger.problems)
    return [(name, N_("{n:,} more, whose places are not kept").format(n=more), 0)] if more else []
