"""What a handle tells of the name behind it, alone and among many."""

from __future__ import annotations

import gc

import pytest

from cmdesk.core.same_person.account import Account, account
from cmdesk.core.same_person.comparing import likeness
from cmdesk.core.same_person.names import parse
from cmdesk.core.same_person.persons import links_by_address
from cmdesk.core.same_person.suggestions import scored


def stated(source: int, number: int = 0, **facts: str) -> Account:
    return account(number, f"p{source}:s/{number}", source, 0, facts)


def suggested(*accounts: Account) -> set[tuple[str, str]]:
    return {(accounts[pair.one].ref, accounts[pair.other].ref) for pair in scored(accounts)}


@pytest.mark.parametrize(
    ("handle", "name"),
    [
        ("thefemkehoekstra", "Femke Hoekstra"), ("fhoekstra-dev", "Femke Hoekstra"), ("nonnelkram", "Mark Lennon"),
        ("f3mk3hoekstra", "Femke Hoekstra"), ("jmueller", "Jörg Müller"), ("krmw", "Kim Rosa Miller-Webster"), ("evz", "Eric van Zanten"),
        ("wbic16", "Will Bickford"), ("msabramo", "Marc Abramowitz"), ("bobk", "Robert Kuipers"), ("mikedeb", "Michael Deborst"),
        ("jefftune", "Jeff Tanner (jefftune)"), ("quokka99", 'Ann "quokka" Lee'), ("quokkas", "Ann Lee aka quokkas"), ("quokkas", "Ann Lee | @quokkas"),
        ("dkotnik", "Kotnik"),
    ],
)  # fmt: skip
def test_a_handle_that_is_made_of_the_name_is_suggested(handle: str, name: str) -> None:
    assert suggested(stated(1, handle=handle), stated(2, name=name))


@pytest.mark.parametrize(
    ("handle", "name"),
    [
        ("peterk", "Peter Novak"), ("evz", "Eric Zanten"), ("bobk", "Robert Smits"), ("alex", "Alex Turner"), ("acme", "Ann Lee (Acme Corp)"),
        ("she", "Ann Lee (she/her)"), ("davidkarn", "David Connolly"), ("dev", "Dev Patel"),
    ],
)  # fmt: skip
def test_a_handle_that_many_could_have_is_not(handle: str, name: str) -> None:
    assert not suggested(stated(1, handle=handle), stated(2, name=name))


OTHERS = [stated(2, 100 + n, name=f"{given} Zuur{letter}ing") for n, (given, letter) in enumerate(zip(("Xy", "Vu", "Wo", "Qi") * 6, "abcdefghijklmnopqrstuvwx", strict=True))]


def test_a_given_name_that_only_one_has_is_suggested_and_one_that_two_have_is_not() -> None:
    jeff, reichman, tanner = stated(1, 1, handle="jeff"), stated(2, 2, name="Jeffrey Reichman"), stated(2, 3, name="Jeff Tanner")
    assert (jeff.ref, reichman.ref) in suggested(jeff, reichman, *OTHERS)
    assert suggested(jeff, reichman, tanner, *OTHERS) == set()
    assert suggested(jeff, reichman) == set()  # of two accounts nobody knows how common Jeff is


def test_a_family_name_in_a_handle_tells_less_where_several_have_it() -> None:
    clan, one, other = stated(1, 1, handle="lindqvist"), stated(2, 2, name="Ebba Lindqvist"), stated(2, 3, name="Nils Lindqvist")
    assert suggested(clan, one, *OTHERS) == {(clan.ref, one.ref)}
    assert suggested(clan, one, other, *OTHERS) == set()


def test_a_domain_of_ones_own_is_a_handle_and_that_of_an_organisation_is_not() -> None:
    owner, first, second = stated(1, 1, handle="quokkaland"), stated(2, 2, name="Ann Lee", email="al@quokkaland.example"), stated(2, 3, name="Bo Vos", email="bv@quokkaland.example")  # fmt: skip
    assert suggested(owner, first) == {(owner.ref, first.ref)}
    assert suggested(owner, first, second) == set()
    assert not suggested(stated(1, handle="fastmail"), stated(2, name="Ann Lee", email="al@fastmail.com"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("J. A. Smith", "J. B. Smith"), ("John A. Smith", "Alan Smith"), ("R. Smith", "John Robert Smith"), ("Roberto Rossi", "Roberta Rossi"),
        ("J. A. Smith", "James B. Smith"), ("Smith, J.A.", "J.B. Smith"),
    ],
)  # fmt: skip
def test_names_whose_initials_contradict_do_not_join_by_one_address(one: str, other: str) -> None:
    holders = stated(1, name=one, email="x.y@home.example"), stated(2, name=other, email="x.y@home.example")
    assert not links_by_address(holders)
    assert likeness(parse(one), parse(other)) == likeness(parse(other), parse(one))
    assert suggested(*holders)


@pytest.mark.parametrize(("one", "other"), [("J. Smith", "John Robert Smith"), ("J. R. R. Tolkien", "John Tolkien"), ("Smith J", "John Smith")])
def test_an_initial_that_fits_joins_by_one_address(one: str, other: str) -> None:
    assert links_by_address((stated(1, name=one, email="x.y@home.example"), stated(2, name=other, email="x.y@home.example")))


def test_hebrew_reads_one_sign_as_u_and_as_v() -> None:
    assert suggested(stated(1, name="דוד לוי"), stated(2, name="David Levi"))
    assert not suggested(stated(1, name="דוד לוי"), stated(2, name="Dan Levi"))


def test_looking_leaves_the_search_for_cycles_as_it_was() -> None:
    assert gc.isenabled()
    scored([stated(1, handle="jefftune"), stated(2, name="Jeff Tanner (jefftune)")])
    assert gc.isenabled()
