"""What the documentation must say, so that it cannot lag behind the program."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest

from cmdesk import hookspecs
from cmdesk.core.contributions import Analysis, Assessor, Exporter, Importer, Metric, View

ROOT = Path(__file__).parents[2]
HOOKS_PAGE = (ROOT / "docs" / "hooks.md").read_text("utf-8")
KINDS = {
    "cmdesk_importers": Importer, "cmdesk_metrics": Metric, "cmdesk_assessors": Assessor, "cmdesk_analyses": Analysis,
    "cmdesk_exporters": Exporter, "cmdesk_views": View,
}  # fmt: skip


def section(hook: str) -> str:
    _head, _hash, rest = HOOKS_PAGE.partition(f"## `{hook}(")
    assert rest, f"docs/hooks.md has no section on {hook}"
    return rest.split("\n## ")[0]


def specs() -> dict[str, object]:
    return {name: thing for name, thing in vars(hookspecs).items() if hasattr(thing, "cmdesk_spec")}


def test_the_hooks_are_the_six_that_are_documented() -> None:
    assert set(specs()) == set(KINDS) == set(re.findall(r"^## `(cmdesk_\w+)\(", HOOKS_PAGE, re.MULTILINE))


@pytest.mark.parametrize("hook", sorted(KINDS))
def test_a_hook_its_arguments_and_the_fields_of_what_it_yields_are_documented(hook: str) -> None:
    function, text = specs()[hook], section(hook)
    arguments = inspect.signature(function).parameters  # type: ignore[arg-type]
    assert text.startswith(", ".join(arguments) + ")`")
    assert f"`{KINDS[hook].__name__}`" in text
    for field in KINDS[hook].__struct_fields__:
        assert f"`{field}`" in text or f"`{field}(" in text, f"{hook}: field {field}"
    docstring = inspect.getdoc(function) or ""
    assert "Returns: " in docstring and "Example::" in docstring and "@hookimpl" in docstring


@pytest.mark.parametrize("hook", sorted(set(KINDS) - {"cmdesk_views"}))
def test_the_arguments_of_the_functions_in_a_descriptor_are_documented_as_the_program_calls_them(hook: str) -> None:
    calls = re.findall(r"^\| `(\w+)\(([\w, ]+)\)`", section(hook), re.MULTILINE)
    assert calls
    kind = KINDS[hook]
    for name, arguments in calls:
        assert name in kind.__struct_fields__
        signature = ast.parse(str(kind.__annotations__[name]), mode="eval").body
        signature = signature.left if isinstance(signature, ast.BinOp) else signature  # `Callable[…] | None`
        assert isinstance(signature, ast.Subscript) and isinstance(signature.slice, ast.Tuple)
        taken = signature.slice.elts[0]
        assert isinstance(taken, ast.List)
        assert len(arguments.split(", ")) == len(taken.elts), (hook, name)


@pytest.mark.parametrize("page", ["architecture.md", "plugin-guide.md", "hooks.md", "goal-model.md"])
def test_pages_are_there_and_their_links_lead_somewhere(page: str) -> None:
    path = ROOT / "docs" / page
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), f"{page} → {target}"


def test_decisions_are_numbered_in_a_row_and_short() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(path.name[:4]) for path in pages] == list(range(1, len(pages) + 1))
    for path in pages:
        assert path.read_text("utf-8").startswith(f"# {int(path.name[:4])}. ")
        assert path.read_text("utf-8").count("\n") <= 20, path.name


def test_the_guide_shows_the_plugin_that_is_tested() -> None:
    guide = (ROOT / "docs" / "plugin-guide.md").read_text("utf-8")
    example = (ROOT / "tests" / "example_plugin" / "src" / "cmdesk_example" / "__init__.py").read_text("utf-8")
    shown = re.findall(r"```python\n# cmdesk_example: (\w+)\n(.*?)```", guide, re.DOTALL)
    assert {name for name, _code in shown} >= {"cmdesk_importers", "sniff", "length", "night"}
    for name, code in shown:
        assert code.strip() in example, f"the guide's {name} differs from tests/example_plugin"
