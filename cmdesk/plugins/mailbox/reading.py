"""The facts of a mail archive, in one pass: lists, people, mails. A mail is one record.

All mail is one source, whatever list and file it comes from: Message-IDs and addresses hold everywhere, so that months add up and a mail that
went to two lists is one post.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from cmdesk.api import N_, ImportProblem, Origin, Post, Progress, Record, _

from . import body, members
from .headers import Header, raw, split, words
from .layout import NOT_MAIL, MailFile, find, list_of
from .senders import Senders, key_of
from .threads import Threads, message_id, subject_of

if TYPE_CHECKING:
    from cmdesk.api import Mail, Source, When

REPEATED, SPAM, DELETED, INTERNAL = "repeated_messages", "spam", "deleted_messages", "notes_of_mail_programs"
N_("repeated messages"), N_("spam"), N_("deleted messages"), N_("notes of mail programs")
_TWO_DAYS = 2 * 86_400_000_000
_FIRST = 631_152_000_000_000  # 1990
_EVERY = 200  # mails between two looks at whether to stop
_LINE_TIME = re.compile(r"(?:(?P<month>[A-Za-z]{3})\s+(?P<day>\d{1,2})|(?P<day2>\d{1,2})\s+(?P<month2>[A-Za-z]{3})\s+\d{4})\s+(?P<clock>\d{1,2}:\d\d(?::\d\d)?)")
_YEAR, _ZONE = re.compile(r"(?<![+\-\d])\d{4}(?!\d)"), re.compile(r"[+-]\d{4}|\b(?:UTC|GMT)\b")
_GONE = re.compile(r"\b(?:Spam|Trash|Drafts?)\b", re.IGNORECASE)
_TROUBLES = {
    "base64": N_("its text is damaged (base64), so only sender and time count"),
    "parts": N_("its parts cannot be told apart, so only sender and time count"),
    "depth": N_("some of its parts lie deeper than the limit mail_depth and were not read"),
}


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`list`: the name of the list or group, where neither the mails nor the file's name tell it. `source`: the name under which facts are
    kept. `subject_days`: how long an answer that names no mail is taken to belong to what was last said under its subject (0: never)."""

    list: str = ""
    source: str = "mail"
    subject_days: int = 30


def read(source: Source, options: Options, progress: Progress) -> Iterator[Record]:
    """Everything that the mails say. Raises ImportProblem if there are none."""
    files, other = find(source)
    if not files:
        raise ImportProblem(
            _("{name} holds no mail.").format(name=source.name), _("Give an mbox file, a month of a list's archive, or a folder of mails.")
        )
    key = options.source.strip() or "mail"
    yield Origin(platform="mail", key=key, title=key)
    mails = Mails(source, options)
    for file in files:
        progress.check()
        yield from mails.read(file, progress)
    for name in other:
        if members.is_list(source, name):
            yield from members.read(source, name, mails.senders, options.list.strip() or files[0].place)
        else:
            source.ignore(name, NOT_MAIL)
    yield from mails.senders.memberships()
    mails.tell_attachments()


class Mails:
    """Turns mails into facts."""

    def __init__(self, source: Source, options: Options) -> None:
        self.senders = Senders(source.limits.mail_addresses)
        self._source, self._options = source, options
        self._threads = Threads(max(options.subject_days, 0))
        self._attachments: Counter[str] = Counter()
        self._now = time.time_ns() // 1_000

    def read(self, file: MailFile, progress: Progress) -> Iterator[Record]:
        """The mails of one file."""
        tag = list_of(self._source, file)
        self.senders.named(tag)
        default = self._options.list.strip() or tag or file.place
        for mail in self._source.mails(file.name):
            if not mail.number % _EVERY:
                progress.check()
            header, begin = split(mail.data, self._source.limits.mail_header_bytes)
            if why := self._unfit(header, begin, mail):
                self._source.set_aside(_where(file, mail), why)
            elif rule := _left_out(header):
                self._source.leave_out(rule)
            else:
                yield from self._one(file, mail, header, begin, default)

    def _unfit(self, header: Header, begin: int, mail: Mail) -> str:
        most = self._source.limits.mail_header_bytes
        if begin > most:
            return N_("its header is longer than the limit mail_header_bytes, {most:,}").format(most=most)
        if not header.keys() & {"from", "date", "message-id", "subject", "received"}:
            return N_("it has no header of a mail")
        return ""

    def _one(self, file: MailFile, mail: Mail, header: Header, begin: int, default: str) -> Iterator[Record]:
        """A mail's person, group and post, or why it is none."""
        group, new = self.senders.group(header, default, bool(self._options.list.strip()))
        author = self.senders.author(header, mail.sender)
        key = message_id(header) or _digest(header, mail, begin)
        if key in self._threads:
            return self._source.leave_out(REPEATED)
        if author is None:
            return self._source.set_aside(_where(file, mail), N_("nobody is named as its sender"))
        when = self._moment(header, mail)
        if when.at is None:
            return self._source.set_aside(_where(file, mail), when.why)
        self._source.use()
        yield from new
        yield from self.senders.stated(author)
        written = body.read(header, mail.data, begin, self._source.limits.mail_depth)
        person = key_of(author)
        addressed, more = self.senders.addressed(header, author.address)
        for one in addressed:
            yield from self.senders.stated(one)
        self._tell(file, mail, written, more)
        automatic = _automatic(header)
        if not automatic:
            self.senders.wrote(person, group)
        subject = _subject(header, default)
        place = self._threads.place(key, header, subject, group, when.at)
        starts = not place.reply_to and not place.thread
        yield Post(
            key=key, author=person, group=group, at=when.at, local=when.local, text=written.text, thread=place.thread,
            reply_to=place.reply_to, mentions=tuple(key_of(one) for one in addressed), title=subject if starts else "",
            question=True if starts and subject.rstrip().endswith(("?", "？")) and not subject_of(subject)[1] else None, event=automatic,
        )  # fmt: skip

    def _moment(self, header: Header, mail: Mail) -> When:
        """When a mail was written: its Date; where that is none, or impossible, the line before it."""
        from cmdesk.api import When, parse_when

        said = parse_when(raw(header, "date")[:200])
        if said.at is not None and _FIRST <= said.at <= self._now + _TWO_DAYS:
            return said
        line = parse_when(_line_time(mail.when))
        if line.at is not None and _FIRST <= line.at <= self._now + _TWO_DAYS:
            return line
        if said.at is None:
            return said if said.why else When(None, why=N_("there is no time"))
        return When(None, why=N_("its time lies in the future") if said.at > self._now else N_("its time lies before all electronic mail"))

    def _tell(self, file: MailFile, mail: Mail, written: body.Body, more: bool) -> None:
        """What a mail holds that is not read."""
        self._attachments.update(written.attachments)
        if mail.cut:
            most = self._source.limits.mail_bytes
            why = N_("it is longer than {most:,} bytes (the limit mail_bytes), so only its beginning was read").format(most=most)
            self._source.set_aside(_where(file, mail), why, 0)
        elif written.why:
            self._source.set_aside(_where(file, mail), _TROUBLES[written.why], 0)
        if more:
            why = N_("it has more addressees than the limit mail_addresses; the first of them count")
            self._source.set_aside(_where(file, mail), why, 0)

    def tell_attachments(self) -> None:
        """Attachments by their kind, as what was not read."""
        for kind, n in sorted(self._attachments.items()):
            self._source.ignore(kind, N_("attachments are not read (there are {n:,} of this kind)").format(n=n))


def _where(file: MailFile, mail: Mail) -> str:
    return file.name if file.single else N_("{name}, mail {number:,}").format(name=file.name, number=mail.number)


def _left_out(header: Header) -> str:
    """The rule by which a mail is left out; "" if it counts."""
    if b"FOLDER INTERNAL DATA" in header.get("subject", [b""])[0]:
        return INTERNAL
    if raw(header, "x-spam-flag").upper() == "YES":
        return SPAM
    labels = words(raw(header, "x-gmail-labels"))
    if labels and _GONE.search(labels):
        return SPAM if "spam" in labels.casefold() else DELETED
    status = raw(header, "x-mozilla-status")
    if status and re.fullmatch(r"[0-9a-fA-F]{4}", status) and int(status, 16) & 0x0008:
        return DELETED
    return ""


def _automatic(header: Header) -> bool:
    """True for what a program sent in somebody's name, such as a notice of absence."""
    told = raw(header, "auto-submitted").lower()
    return bool(told and not told.startswith("no")) or "x-autoreply" in header or "x-autorespond" in header or raw(header, "precedence").lower() == "auto_reply"


def _subject(header: Header, place: str) -> str:
    """The subject without the brackets that a list puts before it."""
    subject = words(raw(header, "subject"))[:1_000]
    tag = f"[{place}]"
    return subject[len(tag) :].strip() if subject[: len(tag)].casefold() == tag.casefold() else subject


def _digest(header: Header, mail: Mail, begin: int) -> str:
    """A key for a mail that has none: the same wherever it is archived."""
    parts = (raw(header, "from"), raw(header, "date") or mail.when, raw(header, "subject"))
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "replace") + b"\0" + b" ".join(mail.data[begin:].split()))
    return "sha256:" + digest.hexdigest()[:40]


def _line_time(when: str) -> str:
    """The time in the line before a mail, its parts in an order that is read everywhere."""
    found, year = _LINE_TIME.search(when), _YEAR.findall(when)
    if found is None or not year:
        return ""
    zone = _ZONE.search(when)
    day, month = found["day"] or found["day2"], found["month"] or found["month2"]
    return f"{day} {month} {year[-1]} {found['clock']}" + (f" {zone[0]}" if zone else "")
