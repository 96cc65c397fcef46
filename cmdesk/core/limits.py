"""What a report is for, and what it must not be used for (docs/goal-model.md §4.7–4.8): it stands in every report for others."""

from __future__ import annotations

from typing import NamedTuple

from cmdesk.core.text import _


class Limit(NamedTuple):
    """A limit of use: what it is about, and what to keep in mind."""

    title: str
    text: str


def purpose() -> str:
    """What a report is made for, in two sentences."""
    return _(
        "Made to help a community as a whole. It says how groups are organised for their goals; it must not be used to judge or compare single people."
    )


def of_reading() -> list[Limit]:
    """How the numbers can mislead (§4.7)."""
    return [
        Limit(_("Trust is not interaction"), _("Relational trust is estimated from who answers whom. Duty, hierarchy or a quarrel leave the same traces as trust does.")),
        Limit(_("Absence is not distrust"), _("People may meet in person, by telephone, in private messages or in another tool. What was not recorded is not known.")),
        Limit(_("Silent readers count"), _("Who reads and says nothing may learn a lot. Where the data hold no views, readers stay out of sight.")),
        Limit(_("Associated, not caused"), _("Good results make ties, too. A structure that fits goes together with a goal; it does not prove why.")),
        Limit(_("The bands come from elsewhere"), _("The ideal ranges come from research in other organisations, and some from convention; each criterion names its source.")),
        Limit(_("Small numbers jump"), _("A few people or questions more can turn a verdict. Read the interval, n and “fragile” before the verdict.")),
        Limit(_("A score that becomes a target"), _("What is rewarded is played. Use the verdicts to talk with each other, not as an objective.")),
        Limit(
            _("What no log can tell"),
            _("The quality of decisions, honesty, safety to speak, whether a text was understood, the worth of an idea. Ask people about these."),
        ),
    ]  # fmt: skip


def of_use() -> list[Limit]:
    """What it may be used for, and what to check first (§4.8). No legal advice."""
    return [
        Limit(
            _("Groups, never single people"),
            _("There is no measure of a person in this report, and none may be made from it. Groups under five people are not shown, nor what would tell of them by subtraction."),
        ),
        Limit(
            _("Check: data protection"),
            _("Have a lawful basis (for employers usually a legitimate interest with a balancing test: GDPR art. 6(1)(f)), tell people beforehand (art. 13 and 14), let them object (art. 21), and see whether an impact assessment is needed (art. 35)."),
        ),
        Limit(
            _("Check: works council"),
            _("Its consent may be needed before use, in the Netherlands by WOR art. 27(1)(k) and (l), in Germany by BetrVG § 87(1) no. 6."),
        ),
        Limit(
            _("Check: AI Act"),
            _("Inferring emotions at work is forbidden and judging workers by a system is high-risk. cmdesk does neither, and this report must not be used for it."),
        ),
        Limit(_("No legal advice"), _("These are pointers for whoever is responsible. Have them checked for your country and your case.")),
    ]  # fmt: skip
