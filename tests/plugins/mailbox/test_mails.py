"""What a mail says: who wrote it, when, to which list, in answer to what, and in which words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from cmdesk.core.reading.limits import Limits
from cmdesk.core.records import Group, Membership, Person, Post
from cmdesk.plugins.mailbox import addresses, body, headers, threads
from tests.plugins.mailbox.builder import Read, mail


@pytest.mark.parametrize(("said", "name", "address"), [
    ("Ann Lee <Ann@Example.org>", "Ann Lee", "ann@example.org"), ("ann at example.org (Ann Lee)", "Ann Lee", "ann@example.org"),
    ('"Lee, Ann" <ann@example.org>', "Lee, Ann", "ann@example.org"), ("=?utf-8?Q?J=C3=B6rg?= =?utf-8?B?IEvDtmhs?= <j@x.org>", "Jörg Köhl", "j@x.org"),
    ("pd@me@ @end|ng |rom cb@@dk (Peter)", "Peter", "pd@me@ @end|ng |rom cb@@dk"), ("ann@example.org", "", "ann@example.org"),
    ("<ann@example.org>", "", "ann@example.org"), ('"ann@example.org" <ann@example.org>', "", "ann@example.org"),
    ("ann (at) example (dot) org", "", "ann@example.org"), ("Ann Lee", "Ann Lee", ""), ("Jan 't Hart <jan@x.org>", "Jan 't Hart", "jan@x.org"),
    ("'t Hart <jan@x.org>", "'t Hart", "jan@x.org"), ("'Ann Lee' <ann@x.org>", "Ann Lee", "ann@x.org"), ("''''' <ann@x.org>", "", "ann@x.org"),
])  # fmt: skip
def test_mailboxes(said: str, name: str, address: str) -> None:
    (found,) = addresses.mailboxes(said, 10)
    assert (found.name, found.address) == (name, address)


@given(st.text(alphabet='a@<>(),;:"\\ =?.', max_size=80))
def test_no_field_is_too_broken(text: str) -> None:
    for found in addresses.mailboxes(text, 5):
        assert found.name or found.address
    headers.words(text)
    headers.parameters(text)
    threads.subject_of(text)


@pytest.mark.parametrize(("subject", "bare", "answers"), [
    ("Re: [List] Hello", "hello", True), ("AW: Re: hello", "hello", True), ("[List] Re[2]: Hello", "hello", True), ("回复：Hello", "hello", True),
    ("Antw: SV:  Hello", "hello", True), ("Hello", "hello", False), ("Regarding: hello", "regarding: hello", False), ("Fwd: Hello", "fwd: hello", False),
    ("Re: Fwd: Hello", "fwd: hello", False),
])  # fmt: skip
def test_subjects(subject: str, bare: str, answers: bool) -> None:
    assert threads.subject_of(subject) == (bare, answers)


def test_threads_by_ids(tmp_path: Path) -> None:
    read = Read(tmp_path / "x.mbox", mail(1) + mail(2, In_Reply_To="<m1@example.org>") + mail(3, References="<m1@example.org>\n\t<m2@example.org>")
                + mail(4, In_Reply_To="<gone@x>", References="<far@x> <gone@x>") + mail(5, In_Reply_To="Your message of Monday", References="<m4@example.org>"))  # fmt: skip
    assert [(post.thread, post.reply_to) for post in read.all(Post)] == [
        ("", ""), ("m1@example.org", "m1@example.org"), ("m1@example.org", "m2@example.org"), ("far@x", "gone@x"), ("far@x", "m4@example.org"),
    ]  # fmt: skip


def test_threads_by_subject_within_a_window(tmp_path: Path) -> None:
    content = mail(1, Subject="Plan") + mail(2, Subject="AW: plan") + mail(3, Subject="Re: Plan", date="Thu, 07 May 2024 10:00:00 +0100") + mail(4, Subject="Re: Other")
    read = Read(tmp_path / "x.mbox", content)
    assert [post.thread for post in read.all(Post)] == ["", "m1@example.org", "", ""]
    assert [post.thread for post in Read(tmp_path / "x.mbox", content, subject_days=0).all(Post)] == [""] * 4


def test_a_list_is_a_group_and_nobody(tmp_path: Path) -> None:
    more = {"List_Id": "Friends of trees <trees.example.net>", "List_Post": "<mailto:trees@example.net>", "To": "trees@example.net, Bob <bob@x.org>", "Cc": "other-list@x.org"}
    read = Read(tmp_path / "x.mbox", mail(1, **more))
    assert read.only(Group) == Group("trees@example.net", "trees", "list", purpose="Friends of trees")
    assert {person.key: person.name for person in read.all(Person)} == {"ann@example.org": "Ann", "bob@x.org": "Bob"}
    assert read.only(Post).mentions == ("bob@x.org",)
    assert read.only(Membership) == Membership("ann@example.org", "trees@example.net")


def test_a_list_that_rewrites_senders(tmp_path: Path) -> None:
    more = {"List_Post": "<mailto:trees@x.net>"}
    content = mail(1, sender="Ann Lee via Trees <trees@x.net>", Reply_To="Ann Lee <ann@example.org>", **more) + mail(2, sender="'Bob' via Trees <trees@x.net>", **more)
    read = Read(tmp_path / "x.mbox", content)
    assert [post.author for post in read.all(Post)] == ["ann@example.org", "name:bob"]
    assert [person.name for person in read.all(Person)] == ["Ann Lee", "Bob"]


@pytest.mark.parametrize(("name", "inside", "group"), [
    ("dev@lists.x.org-2016-03.mbox", "", "dev@lists.x.org"), ("2007-June.txt", "", "2007-June"), ("trees.mbox", "", "trees"),
    ("y.zip", "trees/2007-June.txt", "trees"), ("y.zip", "Takeout/Groups/friends/topics.mbox", "friends"),
])  # fmt: skip
def test_a_group_by_its_name(tmp_path: Path, name: str, inside: str, group: str) -> None:
    import zipfile

    path = tmp_path / name
    if inside:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(inside, mail(1))
        assert Read(path).only(Group).name == group
    else:
        assert Read(path, mail(1)).only(Group).name == group
    assert Read(path, list="Oak").only(Group) == Group("oak", "Oak", "list")


def test_a_list_by_the_brackets_in_subjects(tmp_path: Path) -> None:
    content = b"".join(mail(n, Subject="Re: [Trees] Oak") for n in range(9)) + mail(9, Subject="Oak")
    assert Read(tmp_path / "2007-June.txt", content).only(Group).name == "Trees"
    assert Read(tmp_path / "2007-June.txt", content.replace(b"Trees", b"PATCH")).only(Group).name == "2007-June"


def test_times(tmp_path: Path) -> None:
    content = mail(1, date="Thu, 07 Mar 2024 10:00:00 +0100") + mail(2, date="Thu, 07 Mar 2024 10:00:00 -0000") + mail(3, date="-") + mail(4, date="Thu, 07 Mar 2199 10:00:00 +0000")
    posts = Read(tmp_path / "x.mbox", content).all(Post)
    day = 1_709_769_600
    assert [(post.at, post.local) for post in posts] == [((day + hour * 3600) * 1_000_000, local) for hour, local in ((9, False), (10, True), (10, True), (10, True))]


OWN = "Yes, at ten?\n\nSee you"


@pytest.mark.parametrize("text", [
    f"{OWN}\n\nOn Mon, 3 Mar 2024, Bob <bob@x.org> wrote:\n> when?\n> where?\n", f"{OWN}\n\n-- \nAnn\nphone", f"{OWN}\n\n-----Original Message-----\nFrom: Bob\nwhen?",
    f"Am 3. März schrieb Bob:\n> when?\n\n{OWN}\n", f"{OWN}\n\nOn Mon, 3 Mar 2024 at 10:00, Bob\n<bob@x.org> wrote:\n\n> when?\n",
    f"{OWN}\n_______________________________________________\nTrees mailing list\n", f"{OWN}\n-------------- next part --------------\nAn HTML attachment",
    f"2016-04-14 11:06 GMT+02:00 Bob <bob at x.org>:\n> a?\n\n{OWN}", f"{OWN}\n\nbegin 644 a.bin\nM3%&(\nend",
    f"{OWN}\n\nEl lun, 3 mar 2024 a las 10:00, Bob (<bob@x.org>) escribió:\n> a\n",
])  # fmt: skip
def test_own_words(text: str) -> None:
    assert body.own_words(text) == OWN


def test_an_html_mail(tmp_path: Path) -> None:
    page = "<html><head><style>x</style></head><body><p>Sh&uuml;t it?</p><blockquote>No <blockquote>a</blockquote> b</blockquote></body></html>"
    assert Read(tmp_path / "x.mbox", mail(1, page, Content_Type="text/html; charset=utf-8")).only(Post).text == "Shüt it?"


def test_attachments_are_told_by_kind_and_not_by_name(tmp_path: Path) -> None:
    parts = "--x\nContent-Type: text/plain\n\nHello\n--x\nContent-Type: application/pdf; name=ann-lee.pdf\n\nx\n--x--"
    read = Read(tmp_path / "x.mbox", mail(1, parts, Content_Type="multipart/mixed; boundary=x") + mail(2, parts, Content_Type="multipart/mixed; boundary=x"))
    assert read.ledger.ignored == {"*.pdf": "attachments are not read (there are 2 of this kind)"}
    assert [post.text for post in read.all(Post)] == ["Hello", "Hello"]


def test_what_is_left_out(tmp_path: Path) -> None:
    content = (
        mail(1, X_Spam_Flag="YES") + mail(2, X_Gmail_Labels="Trash,Opened") + mail(3, X_Mozilla_Status="0009") + mail(4, X_Mozilla_Status="0001")
        + mail(5, Subject="DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA") + mail(4)
    )  # fmt: skip
    read = Read(tmp_path / "x.mbox", content)
    assert read.ledger.left_out == {"spam": 1, "deleted_messages": 2, "notes_of_mail_programs": 1, "repeated_messages": 1}


def test_an_automatic_answer_is_an_event(tmp_path: Path) -> None:
    read = Read(tmp_path / "x.mbox", mail(1, Auto_Submitted="auto-replied"))
    assert read.only(Post).event and not read.all(Membership)


def test_a_folder_of_mails_and_its_members(tmp_path: Path) -> None:
    folder = tmp_path / "trees"
    folder.mkdir()
    for number in (1, 2):
        (folder / f"{number}.eml").write_bytes(mail(number, line="", Subject="Hi"))
    (folder / "members.csv").write_text("Email address,Nickname,Role\nbob@x.org,Bob,owner\nnobody,,\n")
    (folder / "notes.html").write_text("<html></html>")
    read = Read(folder)
    assert read.only(Group).name == "trees"
    assert {one.person for one in read.all(Membership)} == {"ann@example.org", "bob@x.org"}
    assert (read.ledger.read, read.ledger.used, read.ledger.set_aside) == (4, 3, 1)
    assert list(read.ledger.ignored) == ["notes.html"]


def test_limits_are_named(tmp_path: Path) -> None:
    content = mail(1, Subject="x" * 600) + mail(2, "y" * 3_000) + mail(3, To="a@x.org, b@x.org, c@x.org")
    read = Read(tmp_path / "x.mbox", content, Limits(mail_header_bytes=500, mail_bytes=2_000, mail_addresses=2))
    assert [("mail_header_bytes" in p.why, "mail_bytes" in p.why, "mail_addresses" in p.why, p.records) for p in read.ledger.problems] == [
        (True, False, False, 1), (False, True, False, 0), (False, False, True, 0),
    ]  # fmt: skip


FIELD = st.sampled_from(["From: a@x.org", "Date: Thu, 07 Mar 2024 10:00:00 +0100", "Date: soon", "Message-ID: <1@x>", "Message-ID: <", "Subject: Re: x",
                         "Content-Type: multipart/mixed; boundary=x", "Content-Type: text/html; charset=zip", "Content-Transfer-Encoding: base64", "To: ((((",
                         "In-Reply-To: <1@x>", "X:", " folded", "\udcff\udcfe: \udcff", "List-Id: <a.b>"])  # fmt: skip
LINES = st.lists(FIELD | st.sampled_from(["", "From a Thu Mar  7 10:00:00 2024", ">From a", "--x", "--x--", "> q", "-- ", "text?", "\udce9\0"]), max_size=25)


@settings(max_examples=150, deadline=None)
@given(lines=LINES)
def test_every_mail_is_accounted_for_whatever_it_holds(lines: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("x") / "x.mbox"
    content = mail(0) + "\n".join(lines).encode("utf-8", "surrogateescape") + b"\n\n" + mail(1)
    read = Read(path, content)  # checks that the ledger adds up
    assert read.ledger.used >= 1 and len(read.all(Post)) == read.ledger.used
    assert len({post.key for post in read.all(Post)}) == read.ledger.used


@pytest.mark.parametrize(
    ("to", "more"),
    [
        ("club@lists.example.org", {"List_Post": "<mailto:club@lists.example.org>"}), ("Club <CLUB@example.org>", {"List_Id": "The club <club.lists.example.org>"}),
        ("club-request@lists.example.org, club-bounces+ann=x.org@lists.example.org", {"List_Post": "<mailto:club@lists.example.org>"}),
        ("lijst@voorbeeld.nl", {}), ("verteiler@beispiel.de", {}), ("alle@example.org", {}),
    ],
)  # fmt: skip
def test_the_address_of_a_list_is_nobody(tmp_path: Path, to: str, more: dict[str, str]) -> None:
    content = b"".join(mail(n, sender=sender, To=f"{to}, Dee <dee@example.org>", Subject="x", **more) for n, sender in enumerate(("ann@example.org", "bob@example.org"), 1))
    read = Read(tmp_path / "x.mbox", content)
    assert {person.key for person in read.all(Person)} == {"ann@example.org", "bob@example.org", "dee@example.org"}
    assert {post.mentions for post in read.all(Post)} == {("dee@example.org",)}


def test_a_list_known_by_the_brackets_of_its_subjects_is_nobody(tmp_path: Path) -> None:
    content = b"".join(mail(n, To="trees@garden.example", Subject=f"[Trees] {n}") for n in range(1, 4))
    assert [person.key for person in Read(tmp_path / "x.mbox", content).all(Person)] == ["ann@example.org"]


def test_what_the_machinery_of_a_list_sends_is_nobodys(tmp_path: Path) -> None:
    listed = {"List_Post": "<mailto:club@lists.example.org>", "To": "club@lists.example.org"}
    content = mail(1, **listed) + mail(2, sender="Club <club-bounces@lists.example.org>", **listed) + mail(3, sender="club@lists.example.org", **listed)
    read = Read(tmp_path / "x.mbox", content)
    assert [person.key for person in read.all(Person)] == ["ann@example.org"]
    assert (read.ledger.used, read.ledger.set_aside) == (1, 2)


def test_a_person_whose_name_ends_like_a_list_writes(tmp_path: Path) -> None:
    content = mail(1, sender="Ann <ann-help@example.org>", To="club@lists.example.org", List_Post="<mailto:club@lists.example.org>")
    assert [person.key for person in Read(tmp_path / "x.mbox", content).all(Person)] == ["ann-help@example.org"]
