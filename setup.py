"""Packs the top-level `resources/` into the wheel as `cmdesk/resources`; everything else stands in pyproject.toml."""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py
from setuptools.command.sdist import sdist

HERE = Path(__file__).parent


class BuildWithResources(build_py):
    """An editable installation finds `resources/` beside the package; a wheel carries a copy."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            shutil.copytree(HERE / "resources", Path(self.build_lib) / "cmdesk" / "resources", dirs_exist_ok=True)


class SourcesWithResources(sdist):
    """A source archive holds `resources/` and the constraints too."""

    def make_distribution(self) -> None:
        files = (path for path in (HERE / "resources").rglob("*") if path.is_file())
        self.filelist.extend([str(path.relative_to(HERE)) for path in files] + ["constraints.txt"])
        super().make_distribution()


setup(cmdclass={"build_py": BuildWithResources, "sdist": SourcesWithResources})
