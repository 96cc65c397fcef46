"""Pages as DiscordChatExporter writes them, in its three layouts (2018, 2020, 2022 and later; classes as in its templates)."""

from __future__ import annotations

from html import escape
from typing import Any

from tests.plugins.discord.builder import GUILD, snowflake

ICON = f"https://cdn.discordapp.com/icons/{GUILD}/a.png"


def page(body: str, *lines: str, icon: str = ICON, end: str = "", quote: bool = True, css: str = "chatlog__message-container") -> str:
    """A whole page; `lines` stand at its top; `quote` False as minified ones."""
    entries = "".join(f'<div class="preamble__entry">{escape(line)}</div>' for line in lines)
    text = (
        f"<!DOCTYPE html><html><head><title>x</title><style>.chatlog__message-group{{}} .{css}{{}} .preamble__entry{{}}</style></head><body>"
        f'<div class="preamble"><img class="preamble__guild-icon" src="{icon}"><div class="preamble__entries-container">{entries}</div></div>'
        f'<div class="chatlog">{body}</div><div class="postamble">{end}</div></body></html>'
    )
    return text if quote else text.replace('class="preamble__entry"', "class=preamble__entry")


def ending(count: str, zone: str = "") -> str:
    """What stands below: the number of messages, and the zone in newer ones."""
    return f'<div class="postamble__entry">Exported {count} message(s)</div>' + (f'<div class="postamble__entry">Timezone: {zone}</div>' if zone else "")


def group(*messages: str) -> str:
    """Messages of one author in a row (layout of 2022)."""
    return f'<div class="chatlog__message-group">{"".join(messages)}</div>'


def first(number: int | str, author: str = "ann", name: str = "Ann A.", identifier: str = "100000000000000001", *, text: str = "Hello", shown: str = "14/11/2023 22:14",
          full: str = "", bot: str = "", before: str = "", after: str = "", edited: str = "") -> str:  # fmt: skip
    """The first message of a group: with author, time, perhaps what it answers (`before`)."""
    tag = f'<span class="chatlog__author-tag">{bot}</span>' if bot else ""
    known = f' data-user-id="{identifier}"' if identifier else ""
    header = (
        f'<div class="chatlog__header"><span class="chatlog__author" title="{author}"{known}>{name}</span>{tag}'
        f'<span class="chatlog__timestamp" title="{full}"><a href="#x">{shown}</a></span></div>'
    )
    return _container(number, before + header + content(text, edited) + after)


def next_one(number: int | str, *, text: str = "More", shown: str = "22:15", full: str = "14/11/2023 22:15", after: str = "") -> str:
    """Another message of a group."""
    return _container(number, content(text) + after, f'<div class="chatlog__short-timestamp" title="{full}">{shown}</div>')


def _container(number: int | str, inside: str, aside: str = "") -> str:
    identifier = snowflake(number) if isinstance(number, int) else number
    return (
        f'<div id="chatlog__message-container-{identifier}" class="chatlog__message-container" data-message-id="{identifier}">'
        f'<div class="chatlog__message"><div class="chatlog__message-aside">{aside}</div><div class="chatlog__message-primary">{inside}</div></div></div>'
    )


def content(text: str, edited: str = "") -> str:
    """What was written (HTML)."""
    stamp = f'<span class="chatlog__edited-timestamp" title="{edited}">(edited)</span>' if edited else ""
    return f'<div class="chatlog__content chatlog__markdown"><span class="chatlog__markdown-preserve">{text}</span>{stamp}</div>'


def answers(number: int, author: str = "ann", word: str = "reply") -> str:
    """What a message answers; `word` is "reference" in the early layout of 2022."""
    return (
        f'<div class="chatlog__{word}"><img class="chatlog__{word}-avatar" alt="Avatar"><div class="chatlog__{word}-author" title="{author}">{author.title()}</div>'
        f'<div class="chatlog__{word}-content"><span class="chatlog__{word}-link" onclick="scrollToMessage(event, \'{snowflake(number)}\')">'
        f'<span class="chatlog__markdown-mention" title="bob#1234">@Bob</span> words</span></div></div>'
    )


def reactions(**counts: Any) -> str:
    """Reactions with their numbers."""
    each = "".join(f'<div class="chatlog__reaction" title="{name}"><img alt="x"><span class="chatlog__reaction-count">{n}</span></div>' for name, n in counts.items())
    return f'<div class="chatlog__reactions">{each}</div>'


def notice(number: int, text: str, author: str = "ann", identifier: str = "100000000000000001") -> str:
    """What the system says."""
    return group(_container(
        number, f'<span class="chatlog__system-notification-author" title="{author}" data-user-id="{identifier}">{author}</span><span> </span>'
        f'<span class="chatlog__system-notification-content"><span>{text}</span></span><span class="chatlog__system-notification-timestamp"><a>x</a></span>',
    ))  # fmt: skip


def old_group(*messages: tuple[int, str], author: str = "ann#0001", name: str = "Ann", identifier: str = "100000000000000001", shown: str = "05-Nov-19 10:12 PM",
              bot: bool = False, before: str = "") -> str:  # fmt: skip
    """A group in the layout of 2020: author and time of all, then messages with ids."""
    known = f' data-user-id="{identifier}"' if identifier else ""
    each = "".join(
        f'<div class="chatlog__message " data-message-id="{snowflake(number)}" id="message-{snowflake(number)}"><div class="chatlog__content"><div class="markdown">'
        f'<span class="preserve-whitespace">{text}</span></div></div></div>'
        for number, text in messages
    )
    tag = '<span class="chatlog__bot-tag">BOT</span>' if bot else ""
    return (
        f'<div class="chatlog__message-group"><div class="chatlog__author-avatar-container"><img class="chatlog__author-avatar"></div><div class="chatlog__messages">'
        f'{before}<span class="chatlog__author-name" title="{author}"{known}>{name}</span>{tag}<span class="chatlog__timestamp">{shown}</span>{each}</div></div>'
    )


def oldest_group(*texts: str, author: str = "ann#0001", name: str = "Ann", shown: str = "05-Nov-18 10:12 PM") -> str:
    """A group in the layout of 2018: no ids at all."""
    each = "".join(f'<div class="chatlog__content">{text} <span class="chatlog__edited-timestamp" title="x">(edited)</span></div>' for text in texts)
    return (
        f'<div class="chatlog__message-group"><div class="chatlog__messages"><span class="chatlog__author-name" title="{author}">{name}</span>'
        f'<span class="chatlog__timestamp">{shown}</span>{each}</div></div>'
    )


def oldest_page(body: str) -> str:
    """A page of 2018."""
    return (
        '<!DOCTYPE html><html><head><style>.info__guild-name{} .chatlog__content{}</style></head><body><div class="info"><div class="info__metadata">'
        '<div class="info__guild-name">Club</div><div class="info__channel-name">general</div><div class="info__channel-message-count">3 messages</div>'
        f'</div></div><div class="chatlog">{body}</div></body></html>'
    )
