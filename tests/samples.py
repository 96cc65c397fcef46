"""A sample for every kind of file that an importer reads, real ones where the licence lets them stand here, and ways to damage them."""

from __future__ import annotations

import json
import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cmdesk.core import paths
from tests.core.reading import make_sheets
from tests.plugins.discourse import builder as discourse
from tests.plugins.mailbox.builder import mail
from tests.plugins.mattermost import builder as mattermost
from tests.plugins.meetings import builder as meetings
from tests.plugins.survey import builder as survey

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Sample:
    """Files by name, and how they come: alone, in a folder or in a zip."""

    importer: str
    files: dict[str, bytes]
    packed: str = "alone"

    def write(self, folder: Path) -> Path:
        """The sample on disk."""
        if self.packed == "alone":
            ((name, content),) = self.files.items()
            (folder / name).write_bytes(content)
            return folder / name
        if self.packed == "zip":
            with zipfile.ZipFile(folder / "export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
                for name, content in self.files.items():
                    archive.writestr(name, content)
            return folder / "export.zip"
        for name, content in self.files.items():
            path = folder / "export" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return folder / "export"


def _alone(importer: str, path: Path) -> Sample:
    return Sample(importer, {re.sub(r"[^\w.]+", "_", path.name): path.read_bytes()})


def _zipped(importer: str, path: Path) -> Sample:
    with zipfile.ZipFile(path) as archive:
        return Sample(importer, {one.filename: archive.read(one) for one in archive.infolist() if not one.is_dir()}, "zip")


def _mails() -> bytes:
    answers = [mail(n, f"> Hello {n - 1}\n\nYes, that is right.", In_Reply_To=f"<m{n - 1}@example.org>", Subject="Re: [garden] Oaks") for n in range(2, 12)]
    parts = "--x\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nCaf=E9?\n--x\nContent-Type: text/html\n\n<p>Caf&eacute;?</p>\n--x--"
    odd = mail(20, parts, Content_Type='multipart/alternative; boundary="x"', Subject="=?utf-8?Q?Caf=C3=A9?=", List_Id="Garden <garden.example.org>")
    return b"".join([mail(1, "Who knows?", Subject="[garden] Oaks"), *answers, odd])


def _forum() -> dict[str, bytes]:
    posts = [discourse.post(n, ("Ann", "Bob", "Cem")[n % 3], reply_to_post_number=n - 1 or None, actions_summary=[{"id": 2, "count": n % 4}]) for n in range(1, 15)]
    users = "id,name,username,email,title,created_at,admin,moderator\n1,Ann Lee,Ann,ann@example.org,Gardener,2020-01-02 03:04:05 UTC,false,true\n2,,bob,,,2021-01-02 03:04:05 UTC,false,false\n"
    return {"topic.json": json.dumps(discourse.topic(*posts), indent=1).encode(), "users.csv": users.encode()}


def _chat() -> bytes:
    posts = [mattermost.post(n, ("ann", "bob")[n % 2], f"Hello @bob {n}?", replies=[mattermost.reply(n + 100, reactions=[{"user": "ann", "emoji_name": "+1"}])]) for n in range(15)]
    return mattermost.lines(*posts)


PEOPLE = b"id;name;email;team;joined\n" + b"".join(b"%d;Person %d;p%d@example.org;Team %d;%02d-03-2024\n" % (n, n, n, n % 3, n + 10) for n in range(1, 15))
TIES = b"from,to,weight\n" + b"".join(b"p%d,p%d,%d\n" % (n, n * 7 % 11, n % 4 + 1) for n in range(1, 20))
LOG = b"time,actor,type,target,group,text,id,parent\n" + b"".join(
    b'2024-03-07 10:%02d,p%d,%s,p%d,board,"Hello, you",m%d,m%d\n' % (n, n % 5, (b"message", b"reply", b"reaction")[n % 3], n * 3 % 5, n, n - 1) for n in range(20)
)
FILLED = b"cmdesk key,title,status,status since\n" + b"".join(b"slack:T/C:%d,Idea %d,%s,2024-03-%02d\n" % (n, n, (b"adopted", b"")[n % 2], n + 1) for n in range(15))

_EDGES = [(n, n * 7 % 12) for n in range(12) if n != n * 7 % 12]
_GRAPHML = (
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><key id="w" for="edge" attr.name="weight" attr.type="double"/><graph edgedefault="directed">\n'
    + "".join(f'<node id="n{n}"/>\n' for n in range(12)) + "".join(f'<edge source="n{a}" target="n{b}"><data key="w">{a + 1}</data></edge>\n' for a, b in _EDGES)
    + "</graph></graphml>\n"
)  # fmt: skip
NETWORKS = {
    "club.graphml": _GRAPHML,
    "club.gexf": '<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph defaultedgetype="directed"><nodes>\n'
    + "".join(f'<node id="{n}" label="P {n}"/>\n' for n in range(12)) + "</nodes><edges>\n"
    + "".join(f'<edge id="{a}" source="{a}" target="{b}" weight="2"/>\n' for a, b in _EDGES) + "</edges></graph></gexf>\n",
    "club.gml": "graph [\n directed 1\n" + "".join(f' node [ id {n} label "P {n}" ]\n' for n in range(12))
    + "".join(f" edge [ source {a} target {b} weight 2 ]\n" for a, b in _EDGES) + "]\n",
    "club.net": "*Vertices 12\n" + "".join(f'{n + 1} "P {n}"\n' for n in range(12)) + "*Arcs\n" + "".join(f"{a + 1} {b + 1} 2\n" for a, b in _EDGES),
    "club.adjlist": "".join(f"p{n} " + " ".join(f"p{b}" for a, b in _EDGES if a == n) + "\n" for n in range(12)),
    "club.multiline": "".join(f"p{a} 1\np{b} {{'weight': 2}}\n" for a, b in _EDGES),
    "club.edgelist": "".join(f"p{a} p{b} {{'weight': 2}}\n" for a, b in _EDGES),
    "own.adjlist": "# cmdesk adjacency list\n# directed: yes\n" + "".join(f'p{n} #{{"label": "P {n}", "unit": "IT"}}\n' for n in range(12))
    + "".join(f'p{a} p{b} #{{"relation": "advice", "weights": [2.5]}}\n' for a, b in _EDGES),
    "club.vna": '*Node data\nID unit\n"ann lee" IT\nbob Zorg\n*Node properties\nID x y\nbob 1 2\n*Tie data\nfrom to advice trust\n"ann lee" bob 2 0\nbob "ann lee" 1 3\n',
    "club.dl": "dl n=3 format=fullmatrix\nlabels:\nann,bob,cem\ndata:\n0 1 2\n1 0 0\n0 3 0\n",
}  # fmt: skip


PAGE = "<html><body><table border=1><tr><th>Naam<th>E-mail<th>Team" + "".join(
    f"<tr><td>Persoon {n}<td>p{n}@example.org<td rowspan=1>{('Zorg', 'ICT')[n % 2]}</td></tr>\n" for n in range(30)
) + "</table></body></html>"


def all_samples() -> dict[str, Sample]:
    """Every sample by its name."""
    found = {
        "houston": _zipped("slack.export", paths.resource("samples/slack/houstondatavis-slack-export.zip")),
        "mattermost": _alone("mattermost.export", DATA / "mattermost" / "export.json"),
        "mattermost_made": Sample("mattermost.export", {"import.jsonl": _chat()}, "zip"),
        "mailbox": Sample("mailbox.archive", {"garden.mbox": _mails()}), "discourse": Sample("discourse.export", _forum(), "folder"),
        "people": Sample("spreadsheet.people", {"people.csv": PEOPLE}), "ties": Sample("spreadsheet.ties", {"ties.csv": TIES}),
        "log": Sample("spreadsheet.log", {"log.csv": LOG}), "filled_in": Sample("spreadsheet.filled_in", {"filled.csv": FILLED}),
        "workbook": Sample("spreadsheet.people", make_sheets.book(), "xlsx"),
    }  # fmt: skip
    for name, rows in {"survey_long": survey.LONG, "survey_matrix": survey.MATRIX, "survey_wide": survey.GOOGLE}.items():
        found[name] = Sample("survey.answers", {f"{name}.csv": survey.text(rows).encode()})
    found["old_workbook"] = _alone("spreadsheet.people", DATA / "books" / "people.xls")
    found["page"] = Sample("spreadsheet.people", {"people.xls": PAGE.encode()})
    for name, words in {"zoom": meetings.ZOOM, "eventbrite": meetings.EVENTBRITE}.items():
        found[name] = Sample("meetings.attendance", {f"{name}.csv": words.encode()})
    for name, network in NETWORKS.items():
        found[name] = Sample("graph_files.network", {name: network.encode()})
    tables = {path.name: path.read_bytes() for path in sorted((DATA / "viva_engage").glob("*.csv"))}
    found["viva_engage"] = Sample("viva_engage.export", tables, "zip")
    for path in sorted((DATA / "slack").glob("*.zip")):
        found[path.stem] = _zipped("slack.export", path)
    for path in sorted([*(DATA / "discord").glob("*.html"), *(DATA / "discord").glob("*.json")]):
        found["discord_" + path.stem[-20:]] = _alone("discord.export", path)
    return found


# — damages: bytes and a source of chance in, bytes out —


def cut(content: bytes, chance: random.Random) -> bytes:
    """The beginning alone."""
    return content[: chance.randrange(len(content) + 1)]


def flip(content: bytes, chance: random.Random) -> bytes:
    """One to eight bytes of other values."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8) if changed else 0):
        changed[chance.randrange(len(changed))] ^= chance.randint(1, 255)
    return bytes(changed)


def swap(content: bytes, chance: random.Random) -> bytes:
    """Two records in each other's place: of a list in JSON, else two lines or tags."""
    try:
        document = json.loads(content)
    except ValueError:
        mark = b"\n" if content.count(b"\n") > 3 else b"<div"
        lines = content.split(mark)
        _exchange(lines, chance)
        return mark.join(lines)
    _exchange(max(_lists(document), key=len, default=[]), chance)
    return json.dumps(document).encode()


def _lists(document: Any) -> list[list[Any]]:
    inside = document.values() if isinstance(document, dict) else document if isinstance(document, list) else ()
    return [*([document] if isinstance(document, list) else []), *(found for one in inside for found in _lists(one))]


def _exchange(items: list[Any], chance: random.Random) -> None:
    if len(items) > 1:
        one, other = chance.sample(range(len(items)), 2)
        items[one], items[other] = items[other], items[one]


DAMAGES: dict[str, Callable[[bytes, random.Random], bytes]] = {"cut": cut, "flip": flip, "swap": swap}


def damaged(sample: Sample, damage: str, seed: int, folder: Path) -> Path:
    """A damaged sample on disk: what damages half of the zips hits the zip itself, and otherwise one of the files in it."""
    chance = random.Random(f"{damage} {seed}")
    if sample.packed in ("zip", "xlsx") and damage != "swap" and chance.random() < 0.5:
        path = _zip(sample).write(folder)
        path.write_bytes(DAMAGES[damage](path.read_bytes(), chance))
        return _named(sample, path)
    name = chance.choice(sorted(sample.files))
    files = {**sample.files, name: DAMAGES[damage](sample.files[name], chance)}
    return _named(sample, _zip(Sample(sample.importer, files, sample.packed)).write(folder))


def whole(sample: Sample, folder: Path) -> Path:
    """The sample as it is."""
    return _named(sample, _zip(sample).write(folder))


def _zip(sample: Sample) -> Sample:
    return Sample(sample.importer, sample.files, "zip") if sample.packed == "xlsx" else sample


def _named(sample: Sample, path: Path) -> Path:
    return path.rename(path.with_suffix(".xlsx")) if sample.packed == "xlsx" else path
