"""What kinds of table and columns are called where a person chooses them."""

from __future__ import annotations

from cmdesk.api import N_

KINDS = {"people": N_("people"), "ties": N_("ties"), "log": N_("a log of interactions"), "filled": N_("a list that was filled in")}

_SHARED = {"group": N_("group"), "time": N_("date or time")}
ROLES: dict[str, dict[str, str]] = {
    "people": {
        "name": N_("name"), "first": N_("first name"), "infix": N_("between first and last name"), "last": N_("last name"), "email": N_("e-mail"), "person": N_("id"), "handle": N_("handle"),
        "unit": N_("department"), "role": N_("role"), "expertise": N_("expertise"), "groups": N_("groups"), "audience": N_("meant to be reached by"),
        "place": N_("place"), "organisation": N_("organisation"), "manager": N_("manager"), "joined": N_("joined on"), "left": N_("left on"),
        "active": N_("active"), "leader": N_("is a leader"), "moderator": N_("is a moderator"), "guest": N_("is a guest"), "bot": N_("is a bot"),
        "zone": N_("time zone"),
    },
    "ties": {
        "source": N_("from"), "target": N_("to"), "weight": N_("weight"), "relation": N_("kind of tie"),
        "direction": N_("goes one way"), **_SHARED, "clock": N_("time of day"), "person": N_("person"),
    },
    "log": {
        "actor": N_("who"), "actor_name": N_("name of who"), "target": N_("towards whom"), "type": N_("what happened"), **_SHARED, "clock": N_("time of day"), "id": N_("id of the message"),
        "parent": N_("answers the message"), "text": N_("text"), "title": N_("subject"), "reaction": N_("reaction"), "tags": N_("tags"),
        "views": N_("number of views"),
    },
}  # fmt: skip
"""Kind of table → role → its title, in the order in which one looks for them."""
