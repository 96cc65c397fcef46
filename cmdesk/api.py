"""The only module of cmdesk that a plugin imports (a view also `cmdesk.api_qt`). Guide: docs/plugin-guide.md.

Importing it is cheap: it loads neither numpy, networkx, igraph, openpyxl nor Qt. The names under `_LATER` load what they need when first
used; so a plugin's module takes them inside functions, or under `if TYPE_CHECKING:` where they are only types. Modules are named too
(`drawing`, `scoring` …): `from cmdesk.api import drawing`, then `drawing.Rect(…)`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cmdesk.core.contributions import (
    Analysis as Analysis,
    Assessor as Assessor,
    CriterionScore as CriterionScore,
    Exporter as Exporter,
    Figure as Figure,
    Finding as Finding,
    Importer as Importer,
    Measure as Measure,
    Metric as Metric,
    NoOptions as NoOptions,
    Score as Score,
    View as View,
)
from cmdesk.core.errors import (
    Cancelled as Cancelled,
    CmdeskError as CmdeskError,
    FileProblem as FileProblem,
    ImportProblem as ImportProblem,
    PluginProblem as PluginProblem,
)
from cmdesk.core.progress import Progress as Progress
from cmdesk.core.reading.seen import TableSeen as TableSeen
from cmdesk.core.records import (
    FACT_KINDS as FACT_KINDS,
    Accepted as Accepted,
    Asked as Asked,
    Attendance as Attendance,
    Group as Group,
    Input as Input,
    Membership as Membership,
    Origin as Origin,
    Page as Page,
    Person as Person,
    Post as Post,
    Rating as Rating,
    Reaction as Reaction,
    Record as Record,
    Share as Share,
    StatedTie as StatedTie,
    Viewing as Viewing,
)
from cmdesk.core.retelling import told as told
from cmdesk.core.text import N_ as N_, _ as _, language as language, ngettext as ngettext
from cmdesk.hookspecs import hookimpl as hookimpl

if TYPE_CHECKING:
    from cmdesk.core import (
        activity as activity,
        answers as answers,
        asked as asked,
        before as before,
        building as building,
        by_hand as by_hand,
        calendar as calendar,
        checklist as checklist,
        circle_groups as circle_groups,
        circles as circles,
        comparing as comparing,
        competence as competence,
        drawing as drawing,
        earlier as earlier,
        events as events,
        gains as gains,
        goal_model as goal_model,
        input_fields as input_fields,
        lettering as lettering,
        limits as limits,
        palette as palette,
        rates as rates,
        relations as relations,
        reports as reports,
        resampled_competence as resampled_competence,
        resampled_trust as resampled_trust,
        resampling as resampling,
        role as role,
        scoring as scoring,
        snapshot as snapshot,
        standings as standings,
        supposing as supposing,
        suppression as suppression,
        survey_roles as survey_roles,
        surveys as surveys,
        svg as svg,
        trust as trust,
        visibility as visibility,
        when as when,
        wording as wording,
        written as written,
    )
    from cmdesk.core.drawing import Drawing as Drawing
    from cmdesk.core.events import Events as Events
    from cmdesk.core.goal_model import GOALS as GOALS, GoalModel as GoalModel
    from cmdesk.core.importing.ledger_list import ImportLedger as ImportLedger, Ledgers as Ledgers
    from cmdesk.core.lists_to_fill import ListsToFill as ListsToFill
    from cmdesk.core.pictures import (
        arrangement as arrangement,
        bands as bands,
        frame as frame,
        matrix as matrix,
        position as position,
        trend as trend,
    )
    from cmdesk.core.reading.mbox import Mail as Mail, begins_mail as begins_mail
    from cmdesk.core.reading.source import Element as Element, Entry as Entry, Row as Row, Source as Source, Table as Table
    from cmdesk.core.reading.when import When as When, guess_hint as guess_hint, parse_when as parse_when
    from cmdesk.core.reports import Report as Report
    from cmdesk.core.snapshot import (
        DAY as DAY,
        HOUR as HOUR,
        NEVER as NEVER,
        Bools as Bools,
        Floats as Floats,
        Index as Index,
        Ints as Ints,
        Lists as Lists,
        Singles as Singles,
        Snapshot as Snapshot,
    )
    from cmdesk.core.supposing import Supposition as Supposition

_LATER = {
    "Bools": "cmdesk.core.snapshot:Bools",
    "DAY": "cmdesk.core.snapshot:DAY",
    "Drawing": "cmdesk.core.drawing:Drawing",
    "Element": "cmdesk.core.reading.source:Element",
    "Entry": "cmdesk.core.reading.source:Entry",
    "Events": "cmdesk.core.events:Events",
    "Floats": "cmdesk.core.snapshot:Floats",
    "GOALS": "cmdesk.core.goal_model:GOALS",
    "GoalModel": "cmdesk.core.goal_model:GoalModel",
    "HOUR": "cmdesk.core.snapshot:HOUR",
    "ImportLedger": "cmdesk.core.importing.ledger_list:ImportLedger",
    "Index": "cmdesk.core.snapshot:Index",
    "Ints": "cmdesk.core.snapshot:Ints",
    "Ledgers": "cmdesk.core.importing.ledger_list:Ledgers",
    "Lists": "cmdesk.core.snapshot:Lists",
    "ListsToFill": "cmdesk.core.lists_to_fill:ListsToFill",
    "Mail": "cmdesk.core.reading.mbox:Mail",
    "NEVER": "cmdesk.core.snapshot:NEVER",
    "Report": "cmdesk.core.reports:Report",
    "Row": "cmdesk.core.reading.source:Row",
    "Singles": "cmdesk.core.snapshot:Singles",
    "Snapshot": "cmdesk.core.snapshot:Snapshot",
    "Source": "cmdesk.core.reading.source:Source",
    "Supposition": "cmdesk.core.supposing:Supposition",
    "Table": "cmdesk.core.reading.source:Table",
    "When": "cmdesk.core.reading.when:When",
    "activity": "cmdesk.core.activity",
    "answers": "cmdesk.core.answers",
    "arrangement": "cmdesk.core.pictures.arrangement",
    "asked": "cmdesk.core.asked",
    "bands": "cmdesk.core.pictures.bands",
    "before": "cmdesk.core.before",
    "begins_mail": "cmdesk.core.reading.mbox:begins_mail",
    "building": "cmdesk.core.building",
    "by_hand": "cmdesk.core.by_hand",
    "calendar": "cmdesk.core.calendar",
    "checklist": "cmdesk.core.checklist",
    "circle_groups": "cmdesk.core.circle_groups",
    "circles": "cmdesk.core.circles",
    "comparing": "cmdesk.core.comparing",
    "competence": "cmdesk.core.competence",
    "drawing": "cmdesk.core.drawing",
    "earlier": "cmdesk.core.earlier",
    "events": "cmdesk.core.events",
    "frame": "cmdesk.core.pictures.frame",
    "gains": "cmdesk.core.gains",
    "goal_model": "cmdesk.core.goal_model",
    "guess_hint": "cmdesk.core.reading.when:guess_hint",
    "input_fields": "cmdesk.core.input_fields",
    "lettering": "cmdesk.core.lettering",
    "limits": "cmdesk.core.limits",
    "matrix": "cmdesk.core.pictures.matrix",
    "palette": "cmdesk.core.palette",
    "parse_when": "cmdesk.core.reading.when:parse_when",
    "position": "cmdesk.core.pictures.position",
    "rates": "cmdesk.core.rates",
    "relations": "cmdesk.core.relations",
    "reports": "cmdesk.core.reports",
    "resampled_competence": "cmdesk.core.resampled_competence",
    "resampled_trust": "cmdesk.core.resampled_trust",
    "resampling": "cmdesk.core.resampling",
    "role": "cmdesk.core.role",
    "scoring": "cmdesk.core.scoring",
    "snapshot": "cmdesk.core.snapshot",
    "standings": "cmdesk.core.standings",
    "supposing": "cmdesk.core.supposing",
    "suppression": "cmdesk.core.suppression",
    "survey_roles": "cmdesk.core.survey_roles",
    "surveys": "cmdesk.core.surveys",
    "svg": "cmdesk.core.svg",
    "trend": "cmdesk.core.pictures.trend",
    "trust": "cmdesk.core.trust",
    "visibility": "cmdesk.core.visibility",
    "when": "cmdesk.core.when",
    "wording": "cmdesk.core.wording",
    "written": "cmdesk.core.written",
}
"""Names whose modules load when first used: "module:name", or a whole module. The block above says the same to type checkers."""


def __getattr__(name: str) -> Any:
    home, _colon, inside = _LATER.get(name, "").partition(":")
    if not home:
        raise AttributeError(f"cmdesk.api has no {name}")
    module = import_module(home)
    value = getattr(module, inside) if inside else module
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_LATER})
