"""Splink's charts of the model and of a pair are pages that need nothing else."""

import json
import re

import pytest
from resolve_world import person, run, world

from bo_harmonise.errors import ResolutionError
from bo_harmonise.resolve import explain, match_weights_page, waterfall_page

A, B, C = "aa:person:1", "bb:person:1", "bb:person:2"
MORE = {"birth_date": "1968-07-09", "nationalities": ["DE"]}


def needs_nothing(page: str) -> bool:
    return "<script src=" not in page and "<link" not in page and "vegaEmbed" in page


def drawn(page: str) -> list[dict[str, object]]:
    """The values that a page draws."""
    start = page.index('"values": ') + len('"values": ')
    found, _ = json.JSONDecoder().raw_decode(page, start)
    return found


def test_a_waterfall_adds_up_to_the_weight_of_the_pair(tmp_path):
    people = [
        person(A, "Gudrun Falkenried", **MORE),
        person(B, "FALKENRIED Gudrun", **MORE),
        person(C, "Xu Ba"),
    ]
    with world(people) as connection:
        out = run(connection, tmp_path)
        page = waterfall_page(connection, out, B, A)
        weight = explain(connection, out, A, B).match_weight
        with pytest.raises(ResolutionError, match="no evidence"):
            waterfall_page(connection, out, A, C)
    assert needs_nothing(page)
    *steps, final = drawn(page)
    assert final["log2_bayes_factor"] == pytest.approx(weight, abs=0.01)
    assert sum(step["log2_bayes_factor"] for step in steps) == pytest.approx(weight, abs=0.01)
    assert not re.search("gudrun|falkenried", page, re.IGNORECASE)


@pytest.mark.parametrize("kind", ["entity", "person"])
def test_match_weights_of_the_shipped_models_are_drawn(kind):
    page = match_weights_page(kind)
    assert needs_nothing(page)
    labels = {value["label_for_charts"] for value in drawn(page)}
    assert {"the same name", "different names"} <= labels
