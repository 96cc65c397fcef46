"""The metrics by name: title, unit, meaning for the reader of a report, and the function that computes them."""

from __future__ import annotations

from typing import NamedTuple

from cmdesk.api import N_, _

UNITS = (N_("hours"), N_("pairs a person"), N_("persons"), N_("posts a week"), N_("ratio"), N_("share"), N_("units"))
"""Units as they are kept; they are told where a value is shown."""


class Entry(NamedTuple):
    """A metric. `home` is "module.function" of this package; `unit` is a plain English word, the same in every language of a JSON document."""

    name: str
    home: str
    title: str
    unit: str
    meaning: str


def catalogue() -> tuple[Entry, ...]:
    """Every metric, in the order of docs/goal-model.md, in the user's language."""
    return (*_size(), *_reach(), *_answering(), *_network(), *_across(), *_ideas())


def _size() -> tuple[Entry, ...]:
    people, share = "persons", "share"
    return (
        Entry("n", "size.n", _("Active members"), people, _("Members who wrote at least once in the period.")),
        Entry("n_core", "size.n_core", _("Core"), people, _("Active members with at least one tie inside the group.")),
        Entry("aud", "size.aud", _("Audience reached"), share, _("Of those whom the group is meant for, how many are in it.")),
        Entry("voice", "size.voice", _("Voice"), share, _("Active members who started at least one thread.")),
        Entry("even", "size.even", _("Even contributions"), "0–1", _("How evenly the active members contribute; 1 is equal turns.")),
        Entry("stab", "size.stab", _("Constancy"), "0–1", _("How much the active members of this quarter and of the one before are the same people.")),
        Entry("newc", "size.newc", _("New members"), share, _("Active members who joined within the last year.")),
        Entry("wel", "answering.wel", _("Newcomers welcomed"), share, _("Newcomers whose first post got a reply within 48 hours.")),
    )  # fmt: skip


def _reach() -> tuple[Entry, ...]:
    share = "share"
    return (
        Entry("read", "reach.read", _("Readers"), share, _("Members who saw an announcement in the last 30 days (or reacted or replied, where views are not known).")),
        Entry("t50", "reach.t50", _("Time to half the readers"), "hours", _("How long until half of an announcement's readers had seen it.")),
        Entry("rate_w", "reach.rate_w", _("Announcements a week"), "posts a week", _("Announcements that reach a member in a week.")),
        Entry("srole", "reach.srole", _("Signed with a role"), share, _("Announcements by a named author whose role can be seen.")),
        Entry("ann_ans", "reach.ann_ans", _("Announcements answered"), share, _("Announcements that got at least one reply.")),
        Entry("recog", "reach.recog", _("Recognition"), share, _("Of the members, how many react or reply to a post that starts a thread, on average.")),
        Entry("prop", "reach.prop", _("Passed on"), share, _("Thread-starting posts that were shared into another group.")),
        Entry("lead", "reach.lead", _("Leaders present"), share, _("Weeks in which a leader wrote here.")),
    )  # fmt: skip


def _answering() -> tuple[Entry, ...]:
    share, hours = "share", "hours"
    return (
        Entry("ans", "answering.ans", _("Questions answered"), share, _("Questions that somebody else replied to within 72 hours.")),
        Entry("solved", "answering.solved", _("Questions solved"), share, _("Questions with an accepted answer, or with a reply that the asker reacted to with thanks.")),
        Entry("tfr", "answering.tfr", _("Time to a first reply"), hours, _("How long a question waits for its first reply (median).")),
        Entry("tfr_all", "answering.tfr_all", _("Time to a response"), hours, _("How long until somebody who is addressed responds (median).")),
        Entry("prof", "content.prof", _("Authors visible"), share, _("Answers and pages whose author's name and role or expertise can be seen.")),
        Entry("fresh", "content.fresh", _("Pages fresh"), share, _("Of the most viewed pages, how many were updated within a year.")),
        Entry("cov", "expertise.cov", _("Topics covered"), share, _("Topics with questions that at least two members have shown to know about.")),
    )  # fmt: skip


def _network() -> tuple[Entry, ...]:
    share, zero_one = "share", "0–1"
    return (
        Entry("D_R", "network.density", _("Density of trust"), zero_one, _("Relational trust, estimated from exchange, averaged over all pairs of active members.")),
        Entry("coh", "network.coh", _("Cohesion"), zero_one, _("How close the active members are to having five strong ties each (all others in a small group).")),
        Entry("con", "network.con", _("Connectedness"), zero_one, _("How close the middle member is to having fifteen ties (all others in a small group).")),
        Entry("top", "network.top", _("Strongest tie"), zero_one, _("The trust of each active member's strongest tie, on average.")),
        Entry("C", "expertise.trusted", _("Competence trust"), zero_one, _("Trust in each other's competence, estimated from answers and recognition, averaged over all pairs.")),
        Entry("two", "network.two", _("Both ways"), share, _("Of the pairs that exchange anything, how many do so both ways.")),
        Entry("iso", "network.iso", _("Without a tie"), share, _("Active members without any tie inside the group.")),
        Entry("new", "network.new", _("New pairs"), "pairs a person", _("Pairs that came to exchange both ways for the first time, per person and 90 days.")),
        Entry("trans", "network.trans", _("Linked circles"), zero_one, _("How often two contacts of a member have a tie with each other.")),
    )  # fmt: skip


def _across() -> tuple[Entry, ...]:
    share, ratio, index = "share", "ratio", "-1 to 1"
    return (
        Entry("mix", "across.mix", _("Mixing across units"), ratio, _("How often ties cross units, compared with chance; 1 is chance.")),
        Entry("mix_group", "between_groups.mix_group", _("Mixing across groups"), ratio, _("How often ties join people who share no other group, compared with chance; 1 is chance.")),
        Entry("mix_place", "across.mix_place", _("Mixing across places"), ratio, _("How often ties cross places, compared with chance; 1 is chance.")),
        Entry("mix_organisation", "across.mix_organisation", _("Mixing across organisations"), ratio, _("How often ties cross organisations, compared with chance; 1 is chance.")),
        Entry("EI", "across.EI", _("E-I index"), index, _("Ties across units less ties within, of all ties; -1 is all within, 1 all across.")),
        Entry("EI_random", "across.EI_random", _("E-I index of chance"), index, _("The E-I index that ties at random would have here.")),
        Entry("wide", "across.wide", _("Wide bridges"), share, _("Pairs of units that are held together by more than one person on each side.")),
        Entry("sim", "across.sim", _("Shared bridges"), share, _("Ties across units whose two people have a contact in common.")),
        Entry("sim_out", "across.sim_out", _("Shared contacts outside"), share, _("Ties to other units outside the group whose two people have a contact in common.")),
        Entry("xthr", "across.xthr", _("Threads across units"), share, _("Threads of several people that join people of at least two units.")),
        Entry("bconc", "across.bconc", _("Reliance on few bridges"), share, _("How much of the trust across units hangs on a tenth of the people who bridge.")),
        Entry("ext", "across.ext", _("Units reached outside"), "units", _("Other units that an active member reaches over weak ties outside the group, on average.")),
        Entry("extT", "across.extT", _("Ties outside"), "persons", _("Ties of an active member to people outside the group, on average.")),
        Entry("blau_unit", "variety.blau_unit", _("Variety of units"), "0–1", _("How mixed the active members are by unit; 1 is as mixed as can be.")),
        Entry("blau_expertise", "variety.blau_expertise", _("Variety of expertise"), "0–1", _("How mixed the active members are by expertise; 1 is as mixed as can be.")),
    )  # fmt: skip


def _ideas() -> tuple[Entry, ...]:
    share = "share"
    return (
        Entry("multi", "answering.multi", _("Dialogue"), share, _("Of the threads with a reply, those in which two people take several turns.")),
        Entry("idea", "answering.idea", _("Ideas"), share, _("Threads that are marked or recognised as an idea or open question.")),
        Entry("follow", "manual.follow", _("Ideas followed up"), share, _("Ideas that got a new status within 90 days (entered by hand).")),
        Entry("man", "manual.man", _("Manageability"), "0–1", _("Owner, purpose, roles, rules and review date are known (a checklist filled in by hand).")),
        Entry("pulse_know", "manual.pulse_know", _("Pulse: knows whom to ask"), "0–1", _("Answers to “I know whom to ask”, on average; asked of the members, not measured.")),
        Entry("pulse_trust", "manual.pulse_trust", _("Pulse: trusts the others’ competence"), "0–1", _("Answers to “I trust the others’ competence here”, on average; asked of the members, not measured.")),
        Entry("pulse_safe", "manual.pulse_safe", _("Pulse: safe to ask"), "0–1", _("Answers to “it is safe to ask here”, on average; asked of the members, not measured.")),
        Entry("pulse_got", "manual.pulse_got", _("Pulse: got what was needed"), "0–1", _("Answers to “I got what I needed”, on average; asked of the members, not measured.")),
    )  # fmt: skip
