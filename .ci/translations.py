"""Collects the messages of the program into resources/translations/cmdesk.pot and brings each CODE.po up to date; `--check` only tells.

A message is the literal first argument of `_()` (in a template too) or `N_()` (kept in English, told when shown), the first two of `ngettext()`, the help of a
command (its docstring and `help=`), or a text of a shipped goal model. What is translated stays; what the program no longer says goes; what is
new is empty, and so shows in English until it is translated.

`--merge OTHER.po` first fills what is empty from another version of the same language: after a merge conflict, take either side and give
the other one (`git show MERGE_HEAD:resources/translations/nl.po > /tmp/other.po`).
"""

from __future__ import annotations

import ast
import inspect
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from cmdesk.core import text  # noqa: E402

FOLDER = ROOT / "resources" / "translations"
MODELS = ROOT / "resources" / "goal_models"
SPOKEN = ("title", "meaning", "role", "advice", "source")
"""Keys of a goal model that hold text for people."""
HEADER = """msgid ""
msgstr ""
"Project-Id-Version: cmdesk\\n"
"Language: {code}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


def messages() -> dict[str, list[str]]:
    """message (plural forms joined with NUL) → files that say it."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "cmdesk").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        for message in _messages(ast.parse(path.read_text("utf-8"), name), name):
            places = found.setdefault(message, [])
            if name not in places:
                places.append(name)
    for path in sorted((ROOT / "cmdesk").rglob("*.html")):
        for message in _templated(path.read_text("utf-8")):
            found.setdefault(message, []).append(path.relative_to(ROOT).as_posix())
    for path in sorted(MODELS.glob("*.toml")):
        for message in _spoken(tomllib.loads(path.read_text("utf-8"))):
            found.setdefault(message, [path.relative_to(ROOT).as_posix()])
    return dict(sorted(found.items(), key=lambda item: (item[1][0], item[0])))


def _templated(text: str) -> list[str]:
    """The messages of a template, each once."""
    from jinja2 import Environment, nodes

    calls = Environment(autoescape=True).parse(text).find_all(nodes.Call)
    said = [call.args[0].value for call in calls if isinstance(call.node, nodes.Name) and call.node.name == "_" and isinstance(call.args[0], nodes.Const)]
    return list(dict.fromkeys(said))


def _messages(tree: ast.Module, name: str) -> Iterator[str]:
    for node in ast.walk(tree):
        if name.startswith("cmdesk/cli/"):
            yield from _help(node)
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)):
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        wanted = {"_": 1, "N_": 1, "ngettext": 2}.get(called, 0)
        parts = node.args[:wanted]
        if any(isinstance(part, ast.JoinedStr) for part in parts):
            raise SystemExit(f"{name}, line {node.lineno}: a message is no f-string; use .format()")
        texts = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        if wanted and len(texts) == wanted and texts[0]:
            yield "\0".join(texts)


def _help(node: ast.AST) -> Iterator[str]:
    """The texts that click shows of a command: its docstring, the help of its options, its epilog."""
    if isinstance(node, ast.FunctionDef) and any(
        "command" in ast.unparse(each) or "group" in ast.unparse(each) for each in node.decorator_list
    ):
        yield inspect.cleandoc(ast.get_docstring(node) or "")
    if (
        isinstance(node, ast.keyword)
        and node.arg in ("help", "epilog")
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    ):
        yield node.value.value


def _spoken(value: object) -> Iterator[str]:
    """The texts of a goal model that cmdesk shows, without those that only hold a mark such as [D]."""
    if isinstance(value, list):
        for each in value:
            yield from _spoken(each)
    if isinstance(value, dict):
        for key, each in value.items():
            if key in SPOKEN and isinstance(each, str) and any(len(word.strip("[];:,.")) > 2 for word in each.split()):
                yield each
            if key == "quarter" and isinstance(each, list):
                yield from (text for text in each if isinstance(text, str))
            yield from _spoken(each)


def quoted(value: str) -> str:
    """A text as .po writes it: one line, or one a line of the text."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    lines = escaped.split("\n")
    if len(lines) == 1:
        return f'"{escaped}"'
    return '""\n' + "\n".join(f'"{line}\\n"' for line in lines[:-1]) + (f'\n"{lines[-1]}"' if lines[-1] else "")


def catalogue(code: str, translated: dict[str, str]) -> str:
    """The text of a .po file (of the template, without a code)."""
    blocks = [HEADER.format(code=code)]
    for message, places in messages().items():
        forms, said = message.split("\0"), translated.get(message, "").split("\0")
        lines = [f"#: {' '.join(places[:3])}", f"msgid {quoted(forms[0])}"]
        if len(forms) == 2:
            said = said if len(said) == 2 else ["", ""]
            lines += [f"msgid_plural {quoted(forms[1])}", *(f"msgstr[{k}] {quoted(form)}" for k, form in enumerate(said))]
        else:
            lines.append(f"msgstr {quoted(said[0])}")
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def filled(translated: dict[str, str], code: str) -> dict[str, str]:
    """`translated`, and from the file after --merge (of the same language) what it lacks."""
    if "--merge" not in sys.argv:
        return translated
    other = Path(sys.argv[sys.argv.index("--merge") + 1]).read_text("utf-8")
    theirs = dict(text.entries(other))
    if f"Language: {code}\n" not in theirs.get("", ""):
        return translated
    return {
        **{message: said for message, said in theirs.items() if said.strip("\0")},
        **{message: said for message, said in translated.items() if said.strip("\0")},
    }


def main() -> int:
    """Write or compare; 1 where a file is behind or a language lacks a message."""
    behind = []
    for path in [FOLDER / "cmdesk.pot", *sorted(FOLDER.glob("*.po"))]:
        before = path.read_text("utf-8") if path.exists() else ""
        template = path.suffix == ".pot"
        translated = {} if template else filled(dict(text.entries(before)), path.stem)
        after = catalogue("" if template else path.stem, translated)
        missing = [] if template else [message for message in messages() if not translated.get(message, "").strip("\0")]
        print(f"{path.name}: {len(messages())} messages" + (f", {len(missing)} not translated" if missing else ""))
        if after != before or missing:
            behind.append(path.name)
        if "--check" in sys.argv:
            continue
        path.write_text(after, "utf-8")
    return 1 if behind and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
