"""Each shape of survey by hand: who said what of whom, on which scale, who did not answer, and what was left blank."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmdesk.core.records import StatedTie
from tests.plugins.survey.builder import ANN, BOB, CEM, DEE, EVA, PEOPLE, SAMPLES, Read, Rows, workbook, written, zipped


def sample(tmp_path: Path, name: str, **options: str) -> Read:
    return Read(written(tmp_path / f"{name}.csv", SAMPLES[name]), **options)


def test_a_list(tmp_path: Path) -> None:
    read = sample(tmp_path, "long")
    assert read.ties == {("trust", ANN, BOB): 5, ("advice", ANN, BOB): 3, ("trust", BOB, ANN): 4, ("trust", CEM, DEE): 2}
    assert (read.answered("trust"), read.silent("trust"), read.scale("trust")) == ({ANN, BOB, CEM}, {DEE}, {(1, 5)})
    assert (read.ledger.read, read.ledger.used, read.ledger.left_out, read.ledger.set_aside) == (6, 5, {"header_rows": 1}, 0)


def test_a_list_of_ids_where_0_is_never(tmp_path: Path) -> None:
    read = sample(tmp_path, "numbered")
    assert read.ties == {("information", "D17.1", "D17.2"): 4, ("energy", "D17.2", "D17.3"): 2}
    assert (read.answered("information"), read.silent("energy"), read.scale("information")) == ({"D17.1", "D17.2"}, {"D17.3"}, {(0, 4)})
    assert "line 3: an answer about oneself" in read.told


def test_a_list_with_a_column_for_each_relation(tmp_path: Path) -> None:
    read = sample(tmp_path, "scores")
    assert read.ties == {("trust", ANN, BOB): 5, ("trust", BOB, ANN): 3, ("advice", BOB, ANN): 2, ("advice", BOB, CEM): 4}
    assert (read.blank("advice"), read.answered("advice"), read.silent("trust")) == ({(ANN, BOB)}, {BOB}, {CEM})
    assert "fewer than half" in read.told


def test_a_matrix(tmp_path: Path) -> None:
    read = sample(tmp_path, "matrix")
    assert read.ties == {("trust", ANN, BOB): 5, ("trust", BOB, ANN): 4, ("trust", BOB, DEE): 2}
    assert (read.answered("trust"), read.silent("trust")) == ({ANN, BOB}, {CEM, DEE})
    assert read.blank("trust") == {(ANN, DEE), (BOB, CEM)}


def test_google_forms(tmp_path: Path) -> None:
    read = sample(tmp_path, "google")
    assert read.ties == {("advice", ANN, BOB): 0.75, ("advice", ANN, DEE): 1, ("advice", BOB, ANN): 0.5}
    assert (read.people[ANN].email, read.blank("advice"), read.silent("advice")) == ("ann@example.org", {(BOB, CEM)}, {CEM, DEE})
    at = {tie.source: tie.at for tie in read.all(StatedTie)}
    assert at[ANN] == 1_740_989_700_000_000  # 2025-03-03 8:15 UTC
    assert "columns not read: Any remarks" in read.told


def test_microsoft_forms(tmp_path: Path) -> None:
    read = sample(tmp_path, "microsoft")
    assert read.ties == {("collaboration", ANN, BOB): 1, ("collaboration", ANN, CEM): 1, ("energy", ANN, BOB): 1, ("collaboration", BOB, ANN): 1}
    assert (read.answered("energy"), read.silent("energy")) == ({ANN, BOB}, {CEM})  # Bob answered, and named nobody; Cem answered nothing
    assert read.ledger.left_out == {"header_rows": 1, "nothing_answered": 1}


def test_surveymonkey(tmp_path: Path) -> None:
    read = sample(tmp_path, "monkey")
    assert read.ties == {
        ("trust", "ann@example.org", BOB): 0.75, ("trust", "bob@example.org", ANN): 1, ("trust", "bob@example.org", CEM): 0.25
    }  # fmt: skip
    assert "put a list of people with names and addresses beside" in read.told
    people = [["Name", "E-mail"], [ANN, "ann@example.org"], [BOB, "Bob@Example.org"], [CEM, "cem@example.org"]]
    with_list = Read(zipped(tmp_path / "both.zip", {"people.csv": people, "answers.csv": SAMPLES["monkey"]}))
    assert with_list.ties == {("trust", ANN, BOB): 0.75, ("trust", BOB, ANN): 1, ("trust", BOB, CEM): 0.25}
    assert with_list.silent("trust") == {CEM}


def test_surveymonkey_with_boxes_to_tick(tmp_path: Path) -> None:
    read = sample(tmp_path, "ticked")
    assert read.ties == {("trust", ANN, BOB): 1, ("trust", ANN, CEM): 1, ("trust", BOB, ANN): 1, ("trust", CEM, ANN): 1}
    assert read.blank("trust") == set()


def test_qualtrics(tmp_path: Path) -> None:
    read = sample(tmp_path, "qualtrics")
    assert read.ties == {("information", ANN, BOB): 4, ("information", ANN, CEM): 2, ("information", BOB, ANN): 5}
    assert (read.people[BOB].email, read.ledger.left_out) == ("bob@example.org", {"header_rows": 3, "previews_and_spam": 1})


def test_limesurvey_with_two_scales(tmp_path: Path) -> None:
    read = sample(tmp_path, "lime", relation="q12 1=advice;q12 2=trust")
    assert read.ties[("advice", ANN, BOB)] == 4 and read.ties[("trust", BOB, CEM)] == 4
    assert len(read.ties) == 6 and read.scale("trust") == {(1, 5)}


def test_a_column_for_each_colleague_without_a_question(tmp_path: Path) -> None:
    read = sample(tmp_path, "vertrouwen")
    assert read.ties == {("trust", ANN, BOB): 1, ("trust", ANN, DEE): 1, ("trust", BOB, ANN): 1, ("trust", CEM, DEE): 1}
    assert (read.people[BOB].unit, read.blank("trust"), read.silent("trust")) == ("Zorg", {(BOB, CEM)}, {DEE})


def test_names_that_people_write_themselves(tmp_path: Path) -> None:
    read = sample(tmp_path, "names")
    assert read.ties == {("trust", ANN, BOB): 5, ("trust", ANN, CEM): 3, ("trust", BOB, ANN): 4, ("trust", CEM, ANN): 5}
    assert "line 3, column 4: a name that is on no list" in read.told
    assert "line 3, column 7: a second answer about the same colleague" in read.told
    assert "who was asked is not known" in read.told and read.silent("trust") == set()


def test_a_workbook_of_people_and_a_sheet_for_each_relation(tmp_path: Path) -> None:
    people = [["Id", "Name", "Department"], *([f"E{k}", name, "Sales"] for k, name in enumerate(PEOPLE))]
    trust = [["", ANN, BOB, CEM], [ANN, None, 5, 4], [BOB, 3, None, 1], [CEM, None, None, None]]
    path = workbook(tmp_path / "team.xlsx", {"People": people, "Trust": trust, "Advice": trust})
    read = Read(path)
    assert read.ties[("trust", "E0", "E1")] == 5 and read.ties[("advice", "E1", "E0")] == 3 and len(read.ties) == 6
    assert read.silent("trust") == {"E2", "E3", "E4"} and read.people["E4"].name == EVA


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "cp1252"), ("\t", "utf-16"), (",", "utf-8-sig")])
def test_as_spreadsheets_save_it(tmp_path: Path, delimiter: str, encoding: str) -> None:
    rows = [[cell.replace(BOB, "Zoë Ürgün") for cell in row] for row in SAMPLES["google"]]
    read = Read(written(tmp_path / "x.csv", rows, delimiter, encoding))
    assert read.ties[("advice", ANN, "Zoë Ürgün")] == 0.75


# — scales —


@pytest.mark.parametrize(("cells", "expected"), [
    (["1", "5", "3"], [(1, 5), 5, 3]), (["0", "4", "2"], [(0, 4), 4, 2]), (["1", "7", "2"], [(1, 7), 7, 2]), (["0", "10", "9"], [(0, 10), 10, 9]),
    (["1 - nooit", "5 - altijd", "4: vaak"], [(1, 5), 5, 4]), (["Nooit", "Dagelijks", "Maandelijks"], [(0, 1), 1, 0.5]), (["nee", "ja", "Ja"], [(0, 1), 1, 1]),
    (["", "x", "✓"], [(0, 1), 1, 1]), (["Never", "Daily (every working day)", "Several times a day"], [(0, 1), 1, 1]), (["-2", "2", "1"], [(-2, 2), 2, 1]),
    (["1", "4,5", "2"], [(1, 5), 4.5, 2]), (["Helemaal niet", "Heel veel", "Een beetje"], [(0, 1), 1, 0.25]),
])  # fmt: skip
def test_scales(tmp_path: Path, cells: list[str], expected: list[object]) -> None:
    rows = [["respondent", "colleague", "relation", "score"], *([ANN, other, "trust", cell] for other, cell in zip((BOB, CEM, DEE), cells, strict=True))]
    read = Read(written(tmp_path / "x.csv", rows))
    assert [next(iter(read.scale("trust"))), read.ties[("trust", ANN, CEM)], read.ties[("trust", ANN, DEE)]] == expected
    assert ("trust", ANN, BOB) not in read.ties


def test_a_scale_that_the_user_says(tmp_path: Path) -> None:
    turned = sample(tmp_path, "long", scale="5-1")
    assert turned.ties == {("trust", ANN, CEM): 5, ("advice", ANN, BOB): 3, ("trust", BOB, ANN): 2, ("trust", CEM, DEE): 4}
    assert sample(tmp_path, "long", scale="1-10").scale("trust") == {(1, 10)}
    told = sample(tmp_path, "long", scale="1-3")
    assert told.ledger.set_aside == 2 and "“5” is not on the scale from 1 to 3" in told.told
    rows = [["respondent", "colleague", "relation", "score"], [ANN, BOB, "trust", "Blue"], [ANN, CEM, "trust", "green"], [BOB, ANN, "trust", "pink"]]
    read = Read(written(tmp_path / "c.csv", rows), levels="Red;Blue;Green")
    assert read.ties == {("trust", ANN, BOB): 1, ("trust", ANN, CEM): 2} and read.ledger.set_aside == 1


def test_what_an_empty_cell_means_can_be_said(tmp_path: Path) -> None:
    assert sample(tmp_path, "matrix", blank="none").blank("trust") == set()
    assert sample(tmp_path, "ticked", blank="unanswered").blank("trust") != set()


# — what is set aside —


def answers(*rows: list[str]) -> Rows:
    return [["Timestamp", "Name", "Trust [Ann Bakker]", "Trust [Bob Cohen]", "Trust [Bob Demir]"], *rows]


def test_the_newest_answer_of_a_person_counts(tmp_path: Path) -> None:
    rows = answers(["2025-03-04 10:00", ANN, "", "1", "2"], ["2025-03-05 10:00", ANN, "", "4", ""], ["2025-03-03 10:00", ANN, "", "5", "5"])
    read = Read(written(tmp_path / "x.csv", rows))
    assert read.ties == {("trust", ANN, BOB): 4}
    assert read.told.count("the same person answered again, and that counts") == 2 and read.ledger.set_aside == 2


def test_short_names(tmp_path: Path) -> None:
    rows = answers(["", "Ann", "", "4", "5"], ["", "Bob", "3", "", ""], ["", "B. Cohen", "5", "", ""], ["", "", "1", "1", "1"], ["", "Zed", "2", "", ""])
    read = Read(written(tmp_path / "x.csv", rows))
    assert read.ties == {("trust", ANN, BOB): 4, ("trust", ANN, "Bob Demir"): 5, ("trust", BOB, ANN): 5}
    assert "line 3: who answered cannot be told: a short name that fits several people" in read.told
    assert "line 5: who answered cannot be told: no name" in read.told and "line 6: who answered cannot be told: a name that is on no list" in read.told


def test_names_that_are_not_on_the_list(tmp_path: Path) -> None:
    files = {"people.csv": [["Name", "Email"], [ANN, "a@x.org"], [BOB, "b@x.org"]], "answers.csv": SAMPLES["long"]}
    read = Read(zipped(tmp_path / "x.zip", files))
    assert read.ties == {("trust", ANN, BOB): 5, ("advice", ANN, BOB): 3, ("trust", BOB, ANN): 4} and read.ledger.set_aside == 2
    assert read.told.count("a name that is on no list") == 2
    kept = Read(zipped(tmp_path / "x.zip", files), unknown="keep")
    assert ("trust", CEM, DEE) in kept.ties and kept.ledger.set_aside == 0


def test_no_name_stands_in_a_reason(tmp_path: Path) -> None:
    for name in SAMPLES:
        assert not any(word in problem.why for problem in sample(tmp_path, name).ledger.problems for word in ("Ann", "Bob", "Zed", "Bakker"))


def test_doubles_in_a_list(tmp_path: Path) -> None:
    rows = [*SAMPLES["long"], [ANN, BOB, "Trust", "2"], [BOB, BOB, "Trust", "2"], ["", BOB, "Trust", "2"]]
    read = Read(written(tmp_path / "x.csv", rows))
    assert read.ties[("trust", ANN, BOB)] == 5 and read.ledger.set_aside == 3


def test_only_the_last_wave_counts(tmp_path: Path) -> None:
    rows = [["respondent", "colleague", "relation", "score", "wave"], [ANN, BOB, "trust", "2", "1"], [ANN, BOB, "trust", "4", "2"], [BOB, ANN, "trust", "4", "1"]]
    read = Read(written(tmp_path / "x.csv", rows))
    assert read.ties == {("trust", ANN, BOB): 4} and read.ledger.left_out["earlier_wave"] == 2 and read.silent("trust") == {BOB}


def test_one_form_may_ask_in_two_ways(tmp_path: Path) -> None:
    rows = answers(["", ANN, "", "4", "5"], ["", BOB, "3", "", ""], ["", "Bob Demir", "5", "2", ""])
    form = [[*rows[0], "Who gives you energy?", "How can we help you?"]]
    form += [[*row, names, "more coffee, please"] for row, names in zip(rows[1:], ["Bob Cohen, Bob Demir", "Bakker, Ann", ""], strict=True)]
    read = Read(written(tmp_path / "x.csv", form))
    assert {key for key in read.ties if key[0] == "energy"} == {("energy", ANN, BOB), ("energy", ANN, "Bob Demir"), ("energy", BOB, ANN)}
    assert read.silent("energy") == {"Bob Demir"} and read.ties["trust", ANN, "Bob Demir"] == 5
    assert "columns not read: How can we help you?" in read.told


def test_a_name_that_two_people_have(tmp_path: Path) -> None:
    heads = ["Email", "Name", "Trust [Ann Bakker]", "Trust [Bob Cohen]", "Trust [Ann Bakker]"]
    rows = [heads, ["a@x.org", ANN, "", "4", "5"], ["b@x.org", BOB, "3", "", "1"], ["a2@x.org", ANN, "5", "2", ""]]
    read = Read(written(tmp_path / "x.csv", rows))
    assert read.ties == {} and read.ledger.set_aside == 2
    assert read.told.count("column 3: a name that several people have") == 1 and "line 2: who answered cannot be told: a name that several people have" in read.told
    files = {"who.csv": [["id", "name", "email"], ["1", ANN, "a@x.org"], ["2", BOB, "b@x.org"], ["3", ANN, "a2@x.org"]], "answers.csv": [[*heads[:2], "Trust [1]", "Trust [2]", "Trust [3]"], *rows[1:]]}
    with_ids = Read(zipped(tmp_path / "x.zip", files))
    assert with_ids.ties == {("trust", "1", "2"): 4, ("trust", "1", "3"): 5, ("trust", "2", "1"): 3, ("trust", "3", "1"): 5, ("trust", "3", "2"): 2}


def test_a_title_above_the_heads(tmp_path: Path) -> None:
    titled = [["Survey of March 2025"], *SAMPLES["long"]]
    for path in (written(tmp_path / "x.csv", titled), workbook(tmp_path / "x.xlsx", {"Answers": titled})):
        read = Read(path)
        assert len(read.ties) == 4 and read.ledger.left_out == {"header_rows": 2}


@pytest.mark.parametrize("words", ["nie selten manchmal oft täglich", "jamais rarement parfois souvent toujours", "nunca rara_vez a_veces a_menudo siempre"])
def test_scales_in_words_of_other_languages(tmp_path: Path, words: str) -> None:
    heads = ["Name", *(f"Wie oft arbeiten Sie zusammen? [{name}]" for name in (ANN, BOB, CEM, DEE, EVA))]
    read = Read(written(tmp_path / "x.csv", [heads, [ANN, *(word.replace("_", " ") for word in words.split())], [BOB, "", "", "", "", ""]]))
    assert sorted(read.ties.values()) == [0.25, 0.5, 0.75, 1.0]


def test_totals_beside_and_below_a_matrix_are_nobody(tmp_path: Path) -> None:
    rows = [["Trust", ANN, BOB, CEM, DEE, "Totaal"], [ANN, "", "5", "1", "", "6"], [BOB, "4", "", "", "2", "6"], [CEM, "", "", "", "3", "3"], ["Totaal", "4", "5", "1", "5", "15"]]
    read = Read(written(tmp_path / "x.csv", rows))
    assert {person for _relation, *pair in read.ties for person in pair} == {ANN, BOB, CEM, DEE} and read.scale("trust") == {(1.0, 5.0)}
    assert read.ledger.left_out == {"header_rows": 1, "row_of_totals": 1} and "Totaal" not in read.people


@pytest.mark.parametrize(
    ("name", "time", "question"),
    [("Votre nom", "Horodateur", "À qui demandez-vous conseil ?"), ("Nombre", "Marca temporal", "¿A quién pides consejo?"), ("Wie heißen Sie?", "Zeitstempel", "Wen fragen Sie um Rat?")],
)  # fmt: skip
def test_forms_in_other_languages(tmp_path: Path, name: str, time: str, question: str) -> None:
    rows = [[time, name, *(f"{question} [{one}]" for one in (ANN, BOB, CEM))], ["14/03/2024 10:00:00", ANN, "", "4", "1"], ["14/03/2024 11:00:00", BOB, "3", "", "5"]]
    read = Read(written(tmp_path / "x.csv", rows))
    assert set(read.ties) == {("advice", ANN, BOB), ("advice", BOB, ANN), ("advice", BOB, CEM)} and all(tie.at for tie in read.all(StatedTie))


def test_a_relation_beside_columns_of_scores_is_told_as_not_read(tmp_path: Path) -> None:
    read = Read(written(tmp_path / "x.csv", [["from", "to", "trust", "advice", "relation"], [ANN, BOB, "5", "2", "colleague"], [BOB, ANN, "3", "2", "boss"]]))
    assert {relation for relation, _who, _about in read.ties} == {"trust", "advice"} and "columns not read: relation" in read.told
