"""Clusters keep constraints, and party ids survive re-runs, whatever the order."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from resolve_world import clusters, parties, person, rows, run, world

from bo_harmonise.resolve import ResolveSettings
from bo_harmonise.resolve.cluster import IDENTIFIED, JUDGED, OWN, SCORED, Clusterer, Facts, dates_contradict

WEIGHT = 3.2


def _cluster(edges, rejected=(), facts=None, apart=(), max_cluster=100):
    clusterer = Clusterer(facts or {}, apart, threshold_weight=WEIGHT, max_cluster=max_cluster)
    labels = clusterer.run(edges, rejected)
    groups: dict[int, set[int]] = {}
    for record, label in labels.items():
        groups.setdefault(label, set()).add(record)
    return {frozenset(g) for g in groups.values()}, [cut.reason for cut in clusterer.cuts]


def test_a_weak_chain_is_cut_at_its_weakest_edge():
    tight = [(SCORED, 6.0, 1, 2), (SCORED, 6.0, 1, 3), (SCORED, 6.0, 2, 3)]
    other = [(SCORED, 6.0, 4, 5), (SCORED, 6.0, 4, 6), (SCORED, 6.0, 5, 6)]
    bridge = [(SCORED, 3.5, 3, 4)]
    rejected = [(a, b) for a in (1, 2, 3) for b in (4, 5, 6) if (a, b) != (3, 4)]
    assert _cluster(tight + other + bridge, rejected) == (
        {frozenset({1, 2, 3}), frozenset({4, 5, 6})},
        ["weak chain"],
    )
    assert _cluster(tight + other + bridge)[0] == {frozenset(range(1, 7))}


def test_strong_edges_and_identifiers_may_bridge():
    rejected = [(1, 3), (1, 4), (2, 4)]
    for bridge in ((SCORED, 15.0, 2, 3), (IDENTIFIED, 3.5, 2, 3)):
        edges = [(SCORED, 6.0, 1, 2), (SCORED, 6.0, 3, 4), bridge]
        assert _cluster(edges, rejected) == ({frozenset({1, 2, 3, 4})}, [])


def test_contradicting_facts_part_what_edges_connect_unless_a_person_judged():
    facts = {1: Facts(frozenset({"1951-02-03"})), 3: Facts(frozenset({"1983-07-21"}))}
    edges = [(SCORED, 9.0, 1, 2), (SCORED, 8.0, 2, 3)]
    assert _cluster(edges, facts=facts) == ({frozenset({1, 2}), frozenset({3})}, ["birth dates contradict"])
    judged = [(JUDGED, 9.0, 1, 2), (JUDGED, -8.0, 2, 3)]
    assert _cluster(judged, facts=facts) == ({frozenset({1, 2, 3})}, [])
    numbers = {1: Facts(numbers=(("X", "1"),)), 2: Facts(numbers=(("X", "2"), ("Y", "2")))}
    assert _cluster([(SCORED, 9.0, 1, 2)], facts=numbers)[1] == ["national numbers contradict"]


def test_two_numbers_of_a_register_are_joined_by_a_match_that_weighed_them_only():
    facts = {1: Facts(numbers=((f"{OWN}dk", "1"),)), 2: Facts(numbers=((f"{OWN}dk", "2"),))}
    through_a_third = [(SCORED, 20.0, 1, 3), (SCORED, 20.0, 2, 3)]
    groups, reasons = _cluster(through_a_third, facts=facts)
    assert groups == {frozenset({1, 3}), frozenset({2})}
    assert reasons == ["numbers of one register differ"]
    assert _cluster([*through_a_third, (SCORED, 5.0, 1, 2)], facts=facts)[0] == {frozenset({1, 2, 3})}


def test_apart_holds_through_others_and_size_is_bounded():
    edges = [(SCORED, 9.0, 1, 2), (SCORED, 8.0, 2, 3)]
    assert _cluster(edges, apart=[(1, 3)])[1] == ["judged different"]
    star = [(SCORED, 4.0, 0, n) for n in range(1, 6)]
    groups, reasons = _cluster(star, max_cluster=3)
    assert max(map(len, groups)) == 3
    assert set(reasons) == {"cluster too large for this evidence"}


@pytest.mark.parametrize(
    ("left", "right", "contradict"),
    [
        ("1970-05-12", "1970-12-05", False),
        ("1970-05-12", "1970-05-13", False),
        ("1970-01-01", "1971-06-30", False),
        ("1970-05-12", "1970-07-29", True),
        ("1970-09-12", "1970-10-12", False),
        ("1970-05", "1970-07-29", False),
        ("1970-12", "1971-01-02", False),
        ("1970-05", "1978-05", False),
        ("1970-05", "1971-08-05", True),
    ],
)
def test_slips_in_dates_are_no_contradictions(left, right, contradict):
    assert dates_contradict([left], [right]) is contradict
    assert dates_contradict([right], [left]) is contradict


_EDGES = [(9, 1, 2), (8, 2, 3), (7, 3, 4), (6, 4, 5), (6, 5, 6), (5, 1, 6), (4, 2, 5)]


@given(st.permutations([(SCORED, float(w), a, b) for w, a, b in _EDGES]))
def test_clusters_do_not_depend_on_the_order_of_edges(edges):
    facts = {1: Facts(frozenset({"1951-02-03"})), 5: Facts(frozenset({"1983-07-21"}))}
    ordered = sorted(edges, key=lambda e: (e[2], e[3]))
    assert _cluster(edges, [(1, 4)], facts) == _cluster(ordered, [(1, 4)], facts)


GIVEN = ("Ane", "Bo", "Cirkeline", "Ditlev", "Ejnar", "Fenja")
FAMILY = ("Testrup", "Provegaard", "Eksempelsen")


@st.composite
def _people(draw):
    people = []
    for number in range(draw(st.integers(3, 9))):
        who = draw(st.integers(0, 5))
        name = f"{GIVEN[who]} {FAMILY[who % 3]}"
        birth = draw(st.sampled_from([f"196{who}-0{who + 1}-1{who}", f"196{who}-0{who + 1}", None]))
        register = draw(st.sampled_from(["aa", "bb", "cc"]))
        country = draw(st.sampled_from([["DK"], None]))
        people.append(person(f"{register}:person:{number}", name, birth_date=birth, nationalities=country))
    return people


@settings(max_examples=4, suppress_health_check=[HealthCheck.too_slow])
@given(_people(), st.randoms(use_true_random=False))
def test_order_and_threads_change_nothing_and_a_second_run_keeps_every_id(people, random):
    shuffled = random.sample(people, len(people))
    with TemporaryDirectory() as name:
        folder = Path(name)
        with world(people, threads=1) as connection:
            one = run(connection, folder, "one")
        with world(shuffled, threads=2) as connection:
            two = run(connection, folder, "two", settings=ResolveSettings(threads=2, batch_pairs=2))
            again = run(connection, folder, "again", previous=one)
        assert rows(one, "pair") == rows(two, "pair")
        assert rows(one, "party") == rows(two, "party") == rows(again, "party")
        assert {event for _, event, _, run_id in rows(again, "lineage") if run_id == "again"} == set()


@settings(max_examples=4, suppress_health_check=[HealthCheck.too_slow])
@given(_people(), st.data())
def test_ids_survive_records_that_come_and_go(people, data):
    fewer = data.draw(st.lists(st.sampled_from(people), min_size=1, unique_by=lambda p: p["record_id"]))
    with TemporaryDirectory() as name:
        folder = Path(name)
        with world(fewer) as connection:
            before = run(connection, folder, "before")
        with world(people) as connection:
            after = run(connection, folder, "after", previous=before)
        with world(fewer) as connection:
            back = run(connection, folder, "back", previous=after)
        old, new = parties(before), parties(after)
        kept = {party for record, party in new.items() if old.get(record) == party}
        together = clusters(after)
        for party in set(old.values()) - kept:
            records = {r for r, p in old.items() if p == party}
            assert any(records & group for group in together), "an id is given up only to a larger party"
        assert clusters(back) == clusters(before)
        kept_back = {record for record, party in parties(back).items() if new[record] == party}
        assert {new[r] for r in kept_back} == {new[r] for r in parties(back)}


def test_a_split_and_a_merge_are_told(tmp_path):
    alike = {"birth_date": "1968-07-09", "nationalities": ["DE"]}
    people = [person(f"{r}:person:1", "Gudrun Falkenried", **alike) for r in ("aa", "bb", "cc")]
    parted = [people[0], people[1], person("cc:person:1", "Piotr Zawilski", **alike)]
    with world(people) as connection:
        one = run(connection, tmp_path, "one")
    with world(parted) as connection:
        two = run(connection, tmp_path, "two", previous=one)
    with world(people) as connection:
        three = run(connection, tmp_path, "three", previous=two)
    party = parties(one)["aa:person:1"]
    assert parties(two)["aa:person:1"] == parties(three)["cc:person:1"] == party
    split = parties(two)["cc:person:1"]
    assert rows(three, "lineage") == [
        (party, "created", None, "one"),
        (party, "merged-from", split, "three"),
        (split, "retired", party, "three"),
        (split, "split-from", party, "two"),
    ]


def test_an_id_is_not_given_twice_when_the_first_record_leaves_its_party(tmp_path):
    alike = {"birth_date": "1968-07-09", "nationalities": ["DE"]}
    people = [person(f"{r}:person:1", "Gudrun Falkenried", **alike) for r in ("aa", "bb", "cc")]
    with world(people) as connection:
        one = run(connection, tmp_path, "one")
    with world([person("aa:person:1", "Piotr Zawilski", **alike), *people[1:]]) as connection:
        two = run(connection, tmp_path, "two", previous=one)
    assert parties(two)["bb:person:1"] == parties(one)["aa:person:1"]
    assert parties(two)["aa:person:1"] != parties(one)["aa:person:1"]
