"""The pages that there are. Each is imported and made when it is first shown."""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple

from cmdesk.core.contributions import View
from cmdesk.core.errors import PluginProblem
from cmdesk.core.retelling import told
from cmdesk.core.text import _
from cmdesk.ui.desk import Desk
from cmdesk.ui.pages.page import Page
from cmdesk.ui.session import Session

NETWORK = "trust_network."
"""Views whose name begins so fill the place Network of the rail."""


class PageInfo(NamedTuple):
    """A page in the rail; `home` is "module:Class"."""

    name: str
    icon: str
    title: str
    home: str
    always: bool = False  # also without a community


def above() -> list[PageInfo]:
    """The pages above the line of the rail."""
    return [
        PageInfo("overview", "overview", _("Overview"), "overview:OverviewPage"),
        PageInfo("members", "members", _("Members"), "members:MembersPage"),
        PageInfo("groups", "groups", _("Groups"), "groups:GroupsPage"),
        PageInfo("goals", "goals", _("Goals"), "goals:GoalsPage"),
        PageInfo("network", "network", _("Network"), ""),
        PageInfo("assessments", "assessments", _("Assessments"), "assessments:AssessmentsPage"),
    ]


def below() -> list[PageInfo]:
    """The pages below it."""
    return [
        PageInfo("imports", "imports", _("Imports"), "imports:ImportsPage"),
        PageInfo("plugins", "plugins", _("Plugins"), "plugins:PluginsPage", True),
        PageInfo("preferences", "preferences", _("Preferences"), "preferences:PreferencesPage", True),
    ]


def elsewhere() -> list[PageInfo]:
    """Pages that are reached by what one does."""
    return [
        PageInfo("start", "page", _("Start"), "start:StartPage", True),
        PageInfo("import", "imports", _("Import"), "wizard:WizardPage", True),
        PageInfo("threads", "groups", _("Questions and ideas"), "threads:ThreadsPage"),
        PageInfo("pages", "page", _("Pages"), "content_pages:ContentPagesPage"),
        PageInfo("goal_model", "goals", _("Goal model"), "goal_model:GoalModelPage"),
    ]


def view_pages(views: dict[str, View]) -> list[PageInfo]:
    """A page for each view of a plugin, beside the one that fills Network."""
    return [PageInfo(name, view.icon or "view", told(view.title), "") for name, view in views.items() if not name.startswith(NETWORK)]


def make(info: PageInfo, session: Session, desk: Desk) -> Page:
    """The page; PluginProblem where a plugin should bring it and does not."""
    if not info.home:
        from cmdesk.ui.pages.view_page import ViewPage

        views = session.host.views
        name = next((each for each in views if each.startswith(NETWORK)), "") if info.name == "network" else info.name
        if name not in views:
            raise PluginProblem(_("The plugin that draws this page is switched off or failed."), _("See the page Plugins."))
        return ViewPage(session, desk, views[name])
    return load(info)(session, desk)


def load(info: PageInfo) -> type[Page]:
    """The class of a page of cmdesk's own."""
    module, _colon, kind = info.home.partition(":")
    found: type[Page] = getattr(import_module(f"cmdesk.ui.pages.{module}"), kind)
    return found
