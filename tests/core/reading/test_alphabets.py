"""Names in Latin letters are read in the alphabet in which they were written."""

from __future__ import annotations

import pytest

from cmdesk.core.reading.alphabets import latin

WEST = ["Jürgen Groß Änne", "Zoë Çelik Müller Søren Ñuñez", "10 m³ ¿Qué? £5 l’été naïve 3ª", "Søren Ærø Åse", "Amélie Benoît œuvre", "María José Núñez Iñaki", "João Conceição", "Åsa Öberg", "Jón Þór Sigurðsson", "only ascii"]
EAST = ["Łukasz Wójcik; Zofia Dąbrowska; Księgowość; Dział", "Małgorzata", "Dvořáková Jiří Němec Žofie", "Szűcs Győző; Név; Erdős Béla; Pénzügy"]


@pytest.mark.parametrize("text", WEST)
def test_the_west(text: str) -> None:
    assert latin(text.encode("cp1252")) == "cp1252"


@pytest.mark.parametrize("text", EAST)
def test_central_europe(text: str) -> None:
    assert latin(text.encode("cp1250")) == "cp1250"


def test_turkish() -> None:
    assert latin("Ayşe Yılmaz; Satış; Ömer Çağlar; Bilgi İşlem".encode("cp1254")) == "cp1254"
