"""The goal model as a form: copied, changed, refused while it is wrong, compared, reset, undone, imported and exported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from cmdesk.core import dump, goal_model, models
from cmdesk.core.goal_model import GoalModel
from cmdesk.ui.pages.goal_model import GoalModelPage
from tests.ui.conftest import Driver


def editor(desk: Driver) -> GoalModelPage:
    page = desk.go("goal_model")
    assert isinstance(page, GoalModelPage)
    return page


def own(desk: Driver) -> GoalModelPage:
    """The page on a copy of closeness, at the goal collaborate."""
    page = editor(desk)
    desk.qtbot.mouseClick(page.own, Qt.MouseButton.LeftButton)
    desk.idle()
    desk.idle()
    page.form.goal.setCurrentIndex(page.form.goal.findData("collaborate"))
    return page


def used(desk: Driver) -> GoalModel:
    with desk.window.session.current().reading() as connection:
        return models.in_use(connection, desk.window.session.host.metrics)


def kept(desk: Driver, id: str) -> GoalModel:
    with desk.window.session.current().reading() as connection:
        return models.get(connection, id)


def retype(desk: Driver, field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    desk.qtbot.keyClick(field, Qt.Key.Key_Delete)
    if text:
        desk.qtbot.keyClicks(field, text)
    desk.qtbot.wait(200)


def leave(desk: Driver, field: QLineEdit) -> None:
    desk.qtbot.keyClick(field, Qt.Key.Key_Return)
    desk.idle()
    desk.idle()


def weight_of(model: GoalModel, goal: str, metric: str) -> float:
    return next(each.weight for each in model.goals[goal].criteria if each.metric == metric)


def test_a_shipped_model_is_only_to_read(desk: Driver) -> None:
    page = editor(desk)
    assert "comes with cmdesk" in page.state.text()
    assert page.form.form.fields["weight"].isReadOnly() and not page.form.form.measure.isEnabled()
    assert not page.form.more.isVisible() and not page.remove.isVisible()


def test_a_weight_is_typed_checked_and_kept_once_the_sum_is_right(desk: Driver) -> None:
    page = own(desk)
    id = str(page.model.currentData())
    field = page.form.form.fields["weight"]
    first, second = (page.form.table_model.rows()[number] for number in (0, 1))
    assert (first.weight, second.weight) == ("15", "25")
    retype(desk, field, "20")
    assert "105 of 100" in page.form.sum.text() and "5 too many" in page.form.sum.text()
    assert "sum to 105" in page.state.text() and "last good one" in page.state.text()
    leave(desk, field)
    assert weight_of(kept(desk, id), "collaborate", "n") == 15, "the last good one stays"
    page.form.table.choose(1)
    retype(desk, field, "20")
    assert "100 of 100" in page.form.sum.text()
    leave(desk, field)
    model = kept(desk, id)
    assert (weight_of(model, "collaborate", "n"), weight_of(model, "collaborate", "coh")) == (20, 20)
    assert page.state.text().startswith("Kept.")
    with desk.window.session.current().reading() as connection:
        [text] = connection.execute("SELECT text FROM goal_models").fetchone()
    assert 'include = "closeness"' in text and "[goals.solve" not in text, "only what is its own is written"
    desk.window.deeds.run("undo")
    desk.idle()
    desk.idle()
    assert weight_of(kept(desk, id), "collaborate", "n") == 15
    assert page.form.table_model.rows()[0].weight == "15", "the form follows"
    assert desk.failures == []


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [("weight", "a lot", "must be a number"), ("weight", "-3", "above 0"), ("weight", "nan", "not a usable number"), ("ideal_low", "0,1", "crosses itself"),
     ("accept_low", "", "stands without"), ("accept_low", "1e400", "not a usable number")],
)  # fmt: skip
def test_what_is_wrong_stands_under_its_field_with_what_is_allowed(desk: Driver, name: str, typed: str, said: str) -> None:
    page = own(desk)
    page.form.table.choose(1)
    before = kept(desk, str(page.model.currentData()))
    retype(desk, page.form.form.fields[name], typed)
    shown = " ".join(note.text() for note in page.form.form.notes.values() if note.isVisible())
    assert said in shown
    leave(desk, page.form.form.fields[name])
    assert kept(desk, str(page.model.currentData())) == before
    assert desk.failures == []


def test_a_metric_is_chosen_by_name_and_criteria_come_and_go(desk: Driver) -> None:
    page = own(desk)
    count = len(page.form.table_model.rows())
    desk.qtbot.mouseClick(page.form.more, Qt.MouseButton.LeftButton)
    assert len(page.form.table_model.rows()) == count + 1
    chooser = page.form.form.measure
    chooser.setCurrentIndex(chooser.findData("coh"))
    chooser.activated.emit(chooser.currentIndex())
    assert "stands twice" in page.form.form.notes["metric"].text()
    desk.qtbot.mouseClick(page.form.less, Qt.MouseButton.LeftButton)
    assert len(page.form.table_model.rows()) == count and page.state.text().startswith("Kept.")


def test_it_differs_and_is_reset(desk: Driver) -> None:
    page = own(desk)
    id = str(page.model.currentData())
    page.form.table.choose(0)
    desk.qtbot.mouseClick(page.form.form.gate, Qt.MouseButton.LeftButton)
    desk.idle()
    assert kept(desk, id) != goal_model.shipped()
    desk.qtbot.mouseClick(page.turn, Qt.MouseButton.LeftButton)
    [row] = page.differences.rows.rows()
    assert row.cells[0] == "Collaborate" and row.cells[2] == "must-have"
    page.differences.against("competence")
    page.differences.other.activated.emit(0)
    assert len(page.differences.rows.rows()) > 5
    page.differences.against("closeness")
    desk.qtbot.mouseClick(page.turn, Qt.MouseButton.LeftButton)
    desk.qtbot.mouseClick(page.reset_goal, Qt.MouseButton.LeftButton)
    desk.idle()
    assert kept(desk, id).goals == goal_model.shipped().goals


def test_using_one_of_ones_own_and_removing_it(desk: Driver) -> None:
    page = own(desk)
    id = str(page.model.currentData())
    desk.qtbot.mouseClick(page.use, Qt.MouseButton.LeftButton)
    desk.idle()
    desk.idle()
    assert used(desk).id == id and not page.remove.isEnabled()
    page.model.setCurrentIndex(page.model.findData("competence"))
    page.model.activated.emit(page.model.currentIndex())
    desk.qtbot.mouseClick(page.use, Qt.MouseButton.LeftButton)
    desk.idle()
    desk.idle()
    page.model.setCurrentIndex(page.model.findData(id))
    page.model.activated.emit(page.model.currentIndex())
    desk.qtbot.mouseClick(page.remove, Qt.MouseButton.LeftButton)
    desk.idle()
    desk.idle()
    assert page.model.findData(id) < 0 and used(desk).id == "competence"
    assert desk.failures == []


def test_export_and_import_give_the_same(desk: Driver, tmp_path: Path, answer_save: Callable[[Path], None]) -> None:
    page = editor(desk)
    answer_save(tmp_path / "written")
    desk.qtbot.mouseClick(page.write, Qt.MouseButton.LeftButton)
    desk.idle()
    text = (tmp_path / "written.toml").read_text("utf-8").replace('id = "closeness"', 'id = "abroad"')
    (tmp_path / "abroad.toml").write_text(text, "utf-8")
    answer_save(tmp_path / "abroad.toml")
    desk.qtbot.mouseClick(page.bring, Qt.MouseButton.LeftButton)
    desk.idle()
    desk.idle()
    assert page.model.currentData() == "abroad" and kept(desk, "abroad").goals == goal_model.shipped().goals
    assert desk.failures == []


@pytest.mark.parametrize("content", [b"#" * 10_000_000, b"\xff\xfe\x00", b"id = 3\ngoals = []\n", b'id = "closeness"\nversion = "1"\ntitle = "x"\ninclude = "competence"\n', b"[" * 100_000])
def test_an_import_that_cannot_be_used_is_told_and_changes_nothing(desk: Driver, tmp_path: Path, answer_save: Callable[[Path], None], content: bytes) -> None:
    page = editor(desk)
    with desk.window.session.current().reading() as connection:
        before = list(dump.text(connection))
    (tmp_path / "bad.toml").write_bytes(content)
    answer_save(tmp_path / "bad.toml")
    desk.qtbot.mouseClick(page.bring, Qt.MouseButton.LeftButton)
    desk.idle()
    desk.idle()
    assert desk.window.messages.isVisible()
    with desk.window.session.current().reading() as connection:
        assert list(dump.text(connection)) == before
    assert [failure for failure in desk.failures if failure.startswith("bug")] == []


def test_a_metric_of_a_plugin_that_is_gone_can_be_set_right(desk: Driver) -> None:
    from cmdesk.core import goal_model_file

    text = goal_model_file.written(goal_model.shipped()).replace('"closeness"', '"shouting"', 1).replace('metric = "aud"', 'metric = "shout.share"')
    models.add(desk.window.session.current(), text)
    page = editor(desk)
    page.model.setCurrentIndex(page.model.findData("shouting"))
    page.model.activated.emit(page.model.currentIndex())
    assert "shout.share" in page.state.text() and not page.use.isEnabled()
    page.form.table.choose(0)
    chooser = page.form.form.measure
    assert chooser.currentData() == "shout.share"
    chooser.setCurrentIndex(chooser.findData("aud"))
    chooser.activated.emit(chooser.currentIndex())
    desk.idle()
    desk.idle()
    assert page.state.text().startswith("Kept.") and page.use.isEnabled()


def test_what_is_not_right_yet_waits_while_one_looks_at_another_model(desk: Driver) -> None:
    page = own(desk)
    id = str(page.model.currentData())
    retype(desk, page.form.form.fields["weight"], "20")
    for chosen in ("competence", id):
        page.model.setCurrentIndex(page.model.findData(chosen))
        page.model.activated.emit(page.model.currentIndex())
        desk.idle()
    assert page.form.table_model.rows()[0].weight == "20" and "Not kept yet" in page.state.text()
    desk.go("members")
    desk.go("goal_model")
    assert page.form.table_model.rows()[0].weight == "20"
    assert weight_of(kept(desk, id), "collaborate", "n") == 15
    assert desk.failures == []


def test_role_quarter_boundary_and_position_of_a_goal(desk: Driver) -> None:
    page = own(desk)
    id = str(page.form.document["id"])
    page.form.goal.setCurrentIndex(page.form.goal.findData("share_across"))
    desk.qtbot.mouseClick(page.form.tabs[1], Qt.MouseButton.LeftButton)
    whole = page.form.whole
    assert whole.isVisible() and whole.boundary.currentData() == "unit"
    retype(desk, whole.texts["role"], "ferryman")
    leave(desk, whole.texts["role"])
    whole.quarter.setPlainText("Row across.\n\nRow back.")
    whole.boundary.setCurrentIndex(whole.boundary.findData("group"))
    whole.boundary.activated.emit(whole.boundary.currentIndex())
    retype(desk, whole.edges["size", 0], "40")
    leave(desk, whole.edges["size", 0])
    goal = kept(desk, id).goals["share_across"]
    assert (goal.role, goal.quarter, goal.boundary, goal.position.size[0]) == ("ferryman", ("Row across.", "Row back."), "group", 40)
    assert "mix_group" in {criterion.metric for criterion in goal.criteria}
    retype(desk, whole.edges["size", 0], "900000")
    assert whole.notes["position.size"].isVisible() and "no range" in whole.notes["position.size"].text()
    leave(desk, whole.edges["size", 0])
    assert kept(desk, id).goals["share_across"].position.size[0] == 40, "the last good one stays in use"
    page.model.setCurrentIndex(page.model.findData("closeness"))
    page.model.activated.emit(page.model.currentIndex())
    desk.idle()
    assert whole.texts["role"].isReadOnly() and not whole.boundary.isEnabled() and desk.failures == []
