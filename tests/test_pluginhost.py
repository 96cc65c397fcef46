"""What plugins do wrong, and that cmdesk names them and goes on. J01 … are cases of the list of robustness cases."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cmdesk import pluginhost
from cmdesk.core import paths
from cmdesk.core.settings import Settings
from cmdesk.pluginhost import Host, PluginInfo

BROKEN = Path(__file__).parent / "example_plugin" / "broken" / "broken_everywhere.py"
HEAD = "from cmdesk.api import Exporter, Importer, Metric, View, hookimpl\n"
METRIC = 'Metric(name="{name}", title="T", unit="", meaning="M", compute=lambda *_all: [])'
SOUND = HEAD + "@hookimpl\ndef cmdesk_metrics():\n    return [" + METRIC.format(name="sound.one") + "]\n"

Load = Callable[..., tuple[Host, dict[str, PluginInfo]]]


@pytest.fixture
def load(own_home: Path) -> Iterator[Load]:
    """`load(name=code, …)`: a host where these are single-file plugins of the user."""

    def with_files(settings: Settings | None = None, **files: str) -> tuple[Host, dict[str, PluginInfo]]:
        folder = paths.plugin_folder()
        folder.mkdir(parents=True, exist_ok=True)
        for name, code in files.items():
            (folder / f"{name}.py").write_text(code)
        host = pluginhost.load(settings)
        return host, {plugin.name: plugin for plugin in host.plugins if plugin.origin == "folder"}

    before = set(sys.modules)
    yield with_files
    for name in set(sys.modules) - before:
        if name.startswith("cmdesk_plugin_"):
            del sys.modules[name]


def hook(name: str, *body: str) -> str:
    return HEAD + f"@hookimpl\ndef {name}():\n" + "".join(f"    {line}\n" for line in body)


def test_a_sound_single_file_is_on(load: Load) -> None:
    host, found = load(sound=SOUND + "__version__ = '3.1'\n__author__ = 'A. Author'\n")
    assert found["sound"] == PluginInfo("sound", "3.1", "A. Author", "folder", ["sound.one"])
    assert host.owner("sound.one") == "sound"
    assert host.metrics["sound.one"].title == "T"


@pytest.mark.parametrize(
    ("code", "word"), [("import no_such_module_at_all\n", "no_such_module_at_all"), ("def broken(:\n", "SyntaxError"), ("1/0\n", "division")]
)
def test_J01_a_plugin_that_cannot_be_imported(load: Load, code: str, word: str) -> None:
    host, found = load(bad=code, sound=SOUND)
    assert found["bad"].state == "failed"
    assert word in found["bad"].problem
    assert "Traceback" in found["bad"].details
    assert "sound.one" in host.metrics


def test_J02_a_hook_that_raises(load: Load) -> None:
    host, found = load(bad=hook("cmdesk_metrics", "raise ValueError('wrong moon')"), sound=SOUND)
    assert "cmdesk_metrics" in found["bad"].problem
    assert "wrong moon" in found["bad"].problem
    assert "sound.one" in host.metrics


@pytest.mark.parametrize("value", ["42", "None", "'text'", "b''", "{'a': 1}", "[42]", "[None]", "(1,)", "Metric"])
def test_J03_a_hook_that_returns_something_else(load: Load, value: str) -> None:
    _host, found = load(bad=hook("cmdesk_metrics", f"return {value}"))
    assert found["bad"].state == "failed"
    assert found["bad"].contributions == []


@pytest.mark.parametrize(
    ("name", "made", "word"),
    [
        ("cmdesk_metrics", "Metric(name=5, title='', unit='', meaning='', compute=print)", "name"),
        ("cmdesk_metrics", "Metric(name='a b', title='', unit='', meaning='', compute=print)", "a b"),
        ("cmdesk_metrics", "Metric(name='../x', title='', unit='', meaning='', compute=print)", "../x"),
        ("cmdesk_metrics", "Metric(name='a.b', title=None, unit='', meaning='', compute=print)", "title"),
        ("cmdesk_metrics", "Metric(name='a.b', title='', unit='', meaning='', compute='print')", "compute"),
        ("cmdesk_importers", "Importer(name='a.b', title='', patterns='*.x', sniff=print, read=print)", "patterns"),
        ("cmdesk_importers", "Importer(name='a.b', title='', patterns=(), sniff=print, read=print, options=dict)", "options"),
        ("cmdesk_exporters", "Exporter(name='a.b', title='', suffix='', accepts='', write=print, check=1)", "check"),
        ("cmdesk_views", "View(name='a.b', title='', icon='', widget='os.system')", "widget"),
        ("cmdesk_importers", METRIC.format(name="a.b"), "Importer"),
    ],
)
def test_J03_a_contribution_with_wrong_fields(load: Load, name: str, made: str, word: str) -> None:
    _host, found = load(bad=hook(name, f"yield {made}"))
    assert found["bad"].state == "failed"
    assert word in found["bad"].problem


def test_J04_a_generator_that_raises_midway_keeps_nothing_of_that_hook_but_all_of_others(load: Load) -> None:
    code = hook("cmdesk_metrics", f"yield {METRIC.format(name='bad.one')}", "raise OSError('gone')")
    code += "@hookimpl\ndef cmdesk_views():\n    yield View(name='bad.view', title='', icon='', widget='a.b:C')\n"
    host, found = load(bad=code)
    assert "bad.one" not in host.metrics
    assert "bad.view" in host.views
    assert "gone" in found["bad"].problem
    assert found["bad"].contributions == ["bad.view"]


def test_J05_a_generator_that_never_ends(load: Load) -> None:
    _host, found = load(bad=hook("cmdesk_metrics", "while True:", f"    yield {METRIC.format(name='bad.one')}"))
    assert found["bad"].state == "failed"


@pytest.mark.parametrize("where", ["top", "hook"])
@pytest.mark.parametrize("end", ["sys.exit(3)", "raise BaseException('not even an Exception')", "raise GeneratorExit"])
def test_J09_J23_a_plugin_does_not_end_the_program(load: Load, where: str, end: str) -> None:
    code = f"import sys\n{end}\n" if where == "top" else hook("cmdesk_views", "import sys", end)
    host, found = load(bad=code, sound=SOUND)
    assert found["bad"].state == "failed"
    assert "sound.one" in host.metrics


def test_the_user_can_still_interrupt(load: Load) -> None:
    with pytest.raises(KeyboardInterrupt):
        load(bad="raise KeyboardInterrupt\n")


def test_J13_a_hook_with_an_argument_that_there_is_not(load: Load) -> None:
    host, found = load(bad=HEAD + "@hookimpl\ndef cmdesk_metrics(everything):\n    return []\n", sound=SOUND)
    assert found["bad"].state == "failed"
    assert "everything" in found["bad"].problem
    assert "sound.one" in host.metrics


def test_J13_a_hook_wrapper_is_refused(load: Load) -> None:
    _host, found = load(bad=HEAD + "@hookimpl(wrapper=True)\ndef cmdesk_metrics():\n    return (yield)\n")
    assert "wrapper" in found["bad"].problem


def test_J14_an_unknown_hook_is_named_and_the_rest_is_used(load: Load) -> None:
    code = hook("cmdesk_metrics", f"yield {METRIC.format(name='bad.one')}") + "@hookimpl\ndef cmdesk_colours():\n    return []\n"
    host, found = load(bad=code)
    assert "cmdesk_colours" in found["bad"].problem
    assert "bad.one" in host.metrics


def test_J20_of_two_plugins_with_one_name_the_first_is_used(load: Load) -> None:
    host, found = load(slack=hook("cmdesk_metrics", f"yield {METRIC.format(name='slack.mood')}"))
    assert found["slack"].state == "failed"
    assert "slack" in found["slack"].problem
    assert "slack.mood" not in host.metrics


def test_J20_of_two_contributions_with_one_name_the_first_is_used(load: Load) -> None:
    host, found = load(
        a_first=hook("cmdesk_metrics", f"yield {METRIC.format(name='x.one')}"),
        b_second=hook("cmdesk_metrics", f"yield {METRIC.format(name='x.one')}", f"yield {METRIC.format(name='x.two')}"),
    )
    assert host.owner("x.one") == "a_first"
    assert "x.one" in found["b_second"].problem
    assert "a_first" in found["b_second"].problem
    assert host.owner("x.two") == "b_second"


def test_the_plugin_that_fails_in_every_hook_is_named_and_nothing_of_it_is_kept(load: Load) -> None:
    host, found = load(broken_everywhere=BROKEN.read_text(), sound=SOUND)
    info = found["broken_everywhere"]
    assert info.state == "failed"
    assert info.contributions == []
    for name in ("cmdesk_importers", "cmdesk_metrics", "cmdesk_assessors", "cmdesk_exporters", "cmdesk_views"):
        assert name in info.problem
    assert "sound.one" in host.metrics


def test_a_plugin_switched_off_is_not_even_imported(load: Load) -> None:
    host, found = load(Settings(plugins_off=("loud",)), loud="raise AssertionError('it was imported')\n")
    assert (found["loud"].state, found["loud"].problem) == ("off", "")
    assert host.owner("sound.one") == ""


def test_safe_mode_brings_in_cmdesks_own_only(load: Load) -> None:
    load(sound=SOUND)
    host = pluginhost.load(plugins=False)
    assert {plugin.origin for plugin in host.plugins} == {"cmdesk"}
    assert {"slack", "spreadsheet", "goal_fit", "excel_report", "html_report", "trust_network"} <= {plugin.name for plugin in host.plugins}


def test_a_file_in_the_plugin_folder_shadows_nothing(load: Load) -> None:
    load(json="raise AssertionError\n", msgspec="raise AssertionError\n")
    assert sys.path[-1] == str(paths.plugin_folder())
    assert "cmdesk_plugin_json" not in sys.modules
    import json

    assert json.loads("[1]") == [1]


def test_a_failure_while_a_contribution_runs_is_told_with_the_plugins_name(load: Load) -> None:
    host, _found = load(sound=SOUND)
    problem = host.problem("sound.one", ZeroDivisionError("by zero"))
    assert "sound" in problem.message
    assert "by zero" in problem.message
    assert problem.hint


def test_a_package_in_the_plugin_folder_is_found_by_its_entry_point(load: Load) -> None:
    folder = paths.plugin_folder()
    shutil.copytree(BROKEN.parents[1] / "src" / "cmdesk_example", folder / "cmdesk_example")
    info = folder / "cmdesk_example-1.2.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: cmdesk-example\nVersion: 1.2.0\nAuthor: An Example\n")
    (info / "entry_points.txt").write_text("[cmdesk.plugins]\nexample = cmdesk_example\n")
    host, found = load()
    assert found["example"] == PluginInfo("example", "1.2.0", "An Example", "folder", ["example.night", "example.tinychat", "example.length"])
    assert "example.tinychat" in host.importers
    sys.modules.pop("cmdesk_example", None)
