"""Who recognises what: every sample by its own importer and by no other, renamed and zipped in a folder too; the rest is named."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cmdesk.app import load_host
from cmdesk.core.importing import foreign
from cmdesk.core.reading.source import Source
from tests.end_to_end.conftest import Run

SAMPLES = Path("/work/shared/samples")
