"""Exports that are known and not read yet: told by content, so that the user hears what the file is and what works instead."""

from __future__ import annotations

import re
from collections.abc import Callable

from cmdesk.core import paths
from cmdesk.core.errors import CmdeskError, ImportProblem, Unrecognised
from cmdesk.core.reading.source import Source
from cmdesk.core.text import N_, _

TEMPLATE = "samples/exchanges/exchanges.csv"
_HEAD = 1 << 15  # bytes of an entry
_MOST = 40  # entries that are looked at
_STAMP = (
    r"[\u200e\u200f\u202a-\u202e\ufeff]*\[?\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,4}\.?,?\s+(?:[^\d\s:]{1,12}\s+)?"
    r"[\u200e\u200f]*(?:[^\d\s:]{1,4}\s*)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?[^\d:\]-]{0,12}(?:\]|\s[-–])\s*\S"
)
_CHAT_LINE = re.compile(_STAMP)
_FIRST_ID = re.compile(rb"....[\x02\x07]_id\x00", re.DOTALL)


def _whatsapp(text: str) -> bool:
    lines = [line for line in text.splitlines()[:200] if line.strip()]
    stamped = sum(1 for line in lines if _CHAT_LINE.match(line))
    return bool(lines) and _CHAT_LINE.match(lines[0]) is not None and stamped * 4 >= len(lines) and any(": " in line for line in lines)


def _has(*patterns: str) -> Callable[[str], bool]:
    """True for a text in which every one of `patterns` is found."""
    compiled = [re.compile(pattern) for pattern in patterns]
    return lambda text: all(pattern.search(text) for pattern in compiled)


_BETTER: tuple[tuple[str, Callable[[str], bool], str], ...] = (
    (
        N_("a channel that slackdump wrote"), _has(r'"channel_id"\s*:', r'"messages"\s*:', r'"ts"\s*:'),
        N_("Let slackdump write Slack's own format (slackdump convert -f export, or slackdump export), and import that zip."),
    ),
    (
        N_("a text export of DiscordChatExporter"), _has(r"\A={20,}\s+(?:Guild|Server): ", r"\nChannel: "),
        N_("It tells nobody by id. Export the channel as JSON, and import that."),
    ),
    (
        N_("the archive of one person's own posts in a Discourse forum"), _has(r"\A\W*topic_title\W+categor(?:y|ies)\W.*\Wpost_raw\W"),
        N_("It says nothing of the others. Ask an administrator of the forum for its posts: docs/importers/discourse.md says how."),
    ),
    (
        N_("messages of one person's own Discord data"), _has(r"\A\W*ID,Timestamp,Contents,Attachments\s"),
        N_("It says nothing of the others. Export the channels with DiscordChatExporter as JSON, and import that."),
    ),
    (
        N_("an address book (vCard)"), _has(r"(?i)\A\W*BEGIN:VCARD\s"),
        N_("Let the address book write a table (CSV), one row for each person, and import that."),
    ),
    (
        N_("a calendar (iCalendar)"), _has(r"(?i)\A\W*BEGIN:VCALENDAR\s"),
        N_("It says who was invited, not who came. A table with a name, a meeting and a time of joining works: docs/importers/meetings.md."),
    ),
    (
        N_("a workbook that is saved as one web page (MHTML)"), _has(r"\AMIME-Version:", r"multipart/related", r"(?i)urn:schemas-microsoft-com|<table"),
        N_("Open it in Excel or LibreOffice, save it as XLSX or CSV, and import that."),
    ),
)  # fmt: skip
"""What a file is, how one knows it, and the form of it that is read."""
_KNOWN: tuple[tuple[str, tuple[Callable[[str], bool], ...]], ...] = (
    (N_("a WhatsApp chat"), (_whatsapp,)),
    (N_("a Zulip export"), (_has(r'"zerver_\w+"\s*:'),)),
    (N_("a Telegram export"), (
        _has(r'"messages"\s*:', r'"(?:date_unixtime|text_entities)"\s*:'), _has(r'"type"\s*:\s*"(?:personal_chat|saved_messages|(?:private|public)_(?:super)?group)"'),
        _has(r'class="page_wrap', r"(?:tgme|telegram|class=\"history\")"),
    )),
    (N_("a Microsoft Teams export"), (
        _has(r"@thread\.(?:tacv2|v2|skype)"), _has(r'"GroupsId"\s*:', r'"TeamMembers"\s*:'), _has(r'"MessageList"\s*:', r'"conversations"\s*:'),
        _has(r'"UserId"\s*:', r'"UserName"\s*:', r'"Role"\s*:', r'"Title"\s*:'), _has(r'"UserPrincipalName"\s*:', r'"DisplayName"\s*:'),
    )),
    (N_("a Meetup export"), (_has(r'"(?:yes_rsvp_count|event_hosts|rsvp_sample|event_context)"\s*:'),)),
    (N_("a GitHub export"), (
        _has(r'"type"\s*:\s*"\w+Event"', r'"actor"\s*:', r'"repo(?:sitory)?"\s*:'), _has(r"https://api\.github\.com/repos/", r'"(?:issue_url|comments_url|pull_request_url)"'),
    )),
    (N_("a Matrix (Element) chat"), (_has(r'"room_name"\s*:', r'"exported_by"\s*:'), _has(r'"origin_server_ts"\s*:', r'"sender"\s*:\s*"@'))),
    (N_("a Stack Exchange data dump"), (_has(r"<(?:posts|users|comments|badges|votes|tags|posthistory|postlinks)>\s*<row Id="),)),
    (N_("a Viva Engage (Yammer) export"), (_has(r"\A\W*id,replied_to_id,.*(?:thread_id|group_id)"),)),
    (N_("a Facebook, Messenger or Workplace export"), (_has(r'"sender_name"\s*:', r'"timestamp_ms"\s*:'),)),
    (N_("a LinkedIn export"), (_has(r"(?m)^CONVERSATION ID,CONVERSATION TITLE,FROM,"), _has(r"(?m)^First Name,Last Name,URL,Email Address,Company,Position,Connected On"))),
    (N_("a Jive export"), (_has(r'"jive"\s*:\s*\{', r'"displayName"\s*:'),)),
    (N_("a Khoros (Lithium) export"), (_has(r'"conversation_style"\s*:|"type"\s*:\s*"message"[^{}]*"board"\s*:\s*\{'),)),
    (N_("a network in the GDF format"), (_has(r"\A\W*nodedef\s*>"),)),
    (N_("a network in the DOT format"), (_has(r"\A\s*(?:strict\s+)?(?:di)?graph\s+[\w\"]*\s*\{"),)),
    (N_("a list of chat messages in JSON"), (_has(r'"timestamp"\s*:', r'"author"\s*:', r'"message"\s*:'),)),
)  # fmt: skip


_AT_LAST: tuple[tuple[str, Callable[[str], bool], str], ...] = (
    (
        N_("a list of people in JSON"), _has(r"\A\W*\[\s*\{[^{}\[\]]*\"(?i:name|full_?name|e-?mail|display_?name)\"\s*:"),
        N_("Write it as a table (CSV or XLSX), one row for each person, and import that."),
    ),
)  # fmt: skip
"""The same, for what is no platform's."""


def problem(source: Source) -> Unrecognised | None:
    """The problem to raise for a source that is known and not read; None for one that is not known."""
    what, hint = _named(source)
    if not what:
        return None
    if hint:
        return Unrecognised(_("{name}: this is {what}, which is not read.").format(name=source.name, what=_(what)), _(hint))
    return Unrecognised(
        _("{name}: this is {what}; cmdesk cannot read it yet; a spreadsheet of exchanges works.").format(name=source.name, what=_(what)),
        _("Write one row for each exchange: when, who, to whom, what. A template to fill in: {path}").format(path=paths.resource(TEMPLATE)),
    )


def _named(source: Source) -> tuple[str, str]:
    """(what the source is, untranslated, "" if that is not known; what to do instead, "" for the usual)."""
    for entry in source.entries()[:_MOST]:
        try:
            head = source.head(entry.name, _HEAD)
        except CmdeskError:
            continue
        if _FIRST_ID.match(head):
            return N_("a Rocket.Chat export"), ""
        text = head.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "replace")
        for what, better, hint in _BETTER:
            if better(text):
                return what, hint
        for title, tests in _KNOWN:
            if any(test(text) for test in tests):
                return title, ""
        for what, better, hint in _AT_LAST:
            if better(text):
                return what, hint
    return "", ""


def to_save_again(source: Source) -> Unrecognised | None:
    """The problem to raise for an office document that is known and not read, or that is damaged or locked, and for what is empty; None for anything else."""
    if len(source.entries()) != 1:
        return None
    name = source.entries()[0].name
    if source.entries()[0].size < _HEAD and not source.head(name, _HEAD).strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
        return Unrecognised(_("{name} is empty.").format(name=source.name), _("Download the export again."))
    try:
        if source.sheets(name):
            source.table(name, counted=False)
    except Unrecognised as problem:
        return problem
    except ImportProblem as problem:
        return Unrecognised(problem.message, problem.hint, problem.details)
    return None
