"""A person's decisions outrank the model, survive re-runs, and may not contradict each other."""

import pytest
from resolve_world import clusters, parties, person, rows, run, world

from bo_harmonise.errors import InputError, JudgementError
from bo_harmonise.resolve import (
    Decision,
    add_judgement,
    earlier_judgement,
    explain,
    read_judgements,
    uncertain_pairs,
)
from bo_harmonise.resolve.judgements import closure

A, B, C = "aa:person:1", "bb:person:1", "cc:person:1"
ALIKE = [
    person(A, "Gudrun Falkenried", birth_date="1968-07-09", nationalities=["DE"]),
    person(B, "Falkenried Gudrun", birth_date="1968-07-09", nationalities=["DE"]),
]
UNLIKE = [person(A, "Gudrun Falkenried", birth_date="1968-07-09"), person(C, "Piotr Zawilski")]


def test_different_parts_what_the_model_joins(tmp_path):
    path = tmp_path / "judgements.csv"
    with world(ALIKE) as connection:
        assert clusters(run(connection, tmp_path)) == {frozenset({A, B})}
        add_judgement(path, B, A, "different", who="ck", why="twins")
        out = run(connection, tmp_path, "judged", judgements=path)
    assert clusters(out) == set()
    assert rows(out, "match", "method, is_joined") == [("judgement", False)]


def test_same_joins_what_the_model_would_never_compare(tmp_path):
    path = tmp_path / "judgements.csv"
    add_judgement(path, A, C, Decision.SAME)
    with world(UNLIKE) as connection:
        out = run(connection, tmp_path, judgements=path)
        told = explain(connection, out, A, C)
    assert clusters(out) == {frozenset({A, C})}
    assert told.text.startswith("A person judged them same")


def test_explain_names_who_judged_a_pair_and_why_with_what_the_model_says(tmp_path):
    path = tmp_path / "judgements.csv"
    add_judgement(path, C, A, Decision.SAME, who="anna", why="passport")
    (made,) = read_judgements(path)
    with world(UNLIKE) as connection:
        out = run(connection, tmp_path, judgements=path)
        told = explain(connection, out, A, C, judgements=path).text
        add_judgement(path, C, A, Decision.DIFFERENT, who="bo", why="not yet in force")
        later = explain(connection, out, A, C, judgements=path).text
    by = f"anna on {made.when[:10]}: passport"
    assert told.startswith(f"A person judged them same ({by}), which outranks the model. The model gives ")
    assert later.startswith("A person judged them same, which outranks")


def test_judgements_about_records_that_are_gone_are_kept_and_change_nothing(tmp_path):
    path = tmp_path / "judgements.csv"
    add_judgement(path, "zz:person:gone", A, "same")
    with world(UNLIKE) as connection:
        assert clusters(run(connection, tmp_path, judgements=path)) == set()
    assert len(read_judgements(path)) == 1


def test_a_chain_of_same_against_different_names_every_row(tmp_path):
    path = tmp_path / "judgements.csv"
    add_judgement(path, A, B, "same")
    add_judgement(path, B, C, "same")
    with pytest.raises(JudgementError) as caught:
        add_judgement(path, A, C, "different")
    message = str(caught.value)
    assert f"{A} different {C}" in message
    assert f"row 2: {A} same {B}" in message
    assert f"row 3: {B} same {C}" in message
    assert [j.judgement for j in read_judgements(path)] == ["same", "same"]


def test_two_rows_about_one_pair_that_disagree_are_an_error_naming_both(tmp_path):
    path = tmp_path / "judgements.csv"
    path.write_text(
        f"record_id_l,record_id_r,judgement,who,when,why\n{A},{B},same,,,\n{B},{A},different,,,\n", "utf-8"
    )
    with pytest.raises(JudgementError, match=r"row 2: .* same .*; row 3: .* different"):
        read_judgements(path)


def test_a_new_decision_takes_the_place_of_the_old_one(tmp_path):
    path = tmp_path / "judgements.csv"
    assert earlier_judgement(path, A, B) is None
    add_judgement(path, A, B, "same", who="one")
    earlier = earlier_judgement(path, B, A)
    assert (earlier.judgement, earlier.who) == ("same", "one")
    add_judgement(path, B, A, "different", who="two", why="photographs, seen")
    (only,) = read_judgements(path)
    assert (only.judgement, only.who, only.why, only.pair) == (
        "different",
        "two",
        "photographs, seen",
        (A, B),
    )


@pytest.mark.parametrize(
    "text",
    ["a,b\n1,2\n", f"record_id_l,record_id_r,judgement\n{A},{B},perhaps\n"],
    ids=["columns", "decision"],
)
def test_a_file_that_cannot_be_read_says_where(tmp_path, text):
    path = tmp_path / "judgements.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=r"judgements\.csv"):
        read_judgements(path)


def test_a_record_is_not_judged_against_itself(tmp_path):
    with pytest.raises(JudgementError, match="against itself"):
        add_judgement(tmp_path / "judgements.csv", A, A, "same")


def test_closure_names_each_group_after_its_first_record(tmp_path):
    path = tmp_path / "judgements.csv"
    add_judgement(path, C, B, "same")
    add_judgement(path, B, A, "same")
    add_judgement(path, A, "dd:person:1", "unsure")
    assert closure(read_judgements(path)) == {A: A, B: A, C: A}


def test_review_lists_uncertain_pairs_and_goes_on_where_it_stopped(tmp_path):
    path = tmp_path / "judgements.csv"
    people = [
        person(A, "Gudrun Falkenried", nationalities=["DE"]),
        person(B, "Gudrun Falkenried", birth_date="1968"),
    ]
    with world(people) as connection:
        out = run(connection, tmp_path)
        (pair,) = uncertain_pairs(connection, out, low=0.01)
        assert (pair.record_id_l, pair.record_id_r, pair.is_joined) == (A, B, False)
        assert (pair.name_l, pair.name_r) == ("Gudrun Falkenried", "Gudrun Falkenried")
        add_judgement(path, A, B, "unsure")
        assert uncertain_pairs(connection, out, low=0.01, judgements=path) == []


def test_a_party_explains_its_records_and_a_pair_its_levels(tmp_path):
    with world(ALIKE) as connection:
        out = run(connection, tmp_path)
        pair = explain(connection, out, B, A)
        party = explain(connection, out, parties(out)[A])
    assert pair.is_joined
    assert pair.rows[0].match_weight >= pair.rows[1].match_weight
    assert "the same full date of birth" in pair.text
    assert any("would part them" in change for change in pair.changes)
    assert [s.record_id for s in pair.statements] == [A, B]
    assert [(link.record_id_l, link.record_id_r) for link in party.links] == [(A, B)]
    assert "joins 2 records by 1 pair," in party.text


def test_records_that_were_never_compared_are_said_to_be(tmp_path):
    with world(UNLIKE) as connection:
        out = run(connection, tmp_path)
        told = explain(connection, out, A, C)
    assert not told.is_joined
    assert "were not compared" in told.text
