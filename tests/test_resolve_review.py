"""What hangs on an uncertain pair: pairs of companies and owners counted by hand, over chains."""

from resolve_world import company, interest, person, run, world

from bo_harmonise.resolve import uncertain_pairs

ONE, OTHER = "aa:person:1", "bb:person:1"
SAME_NAME = [person(ONE, "Gudrun Falkenried"), person(OTHER, "Gudrun Falkenried", birth_date="1968")]


def companies(*ids):
    words = ["Bramblewick", "Ostmark", "Vetrograd", "Skovbrynet", "Penhallow", "Zawilski"]
    return [company(record, f"{words[i]} {record[-1]}00") for i, record in enumerate(ids)]


def test_what_is_below_either_person_is_counted_over_chains(tmp_path):
    # One holds 1, and over it 2, which only another register tells; the other holds 3.
    with world(
        SAME_NAME,
        companies("aa:entity:1", "cc:entity:2", "bb:entity:3"),
        [
            interest("aa:entity:1", ONE),
            {**interest("cc:entity:2", "aa:entity:1"), "source_id": "cc@2026-01-01"},
            interest("bb:entity:3", OTHER),
        ],
    ) as connection:
        (pair,) = uncertain_pairs(connection, run(connection, tmp_path), low=0.001)
    assert (pair.is_joined, pair.connections, pair.owners) == (False, 2, 0)


def test_what_the_same_register_shows_below_follows_and_does_not_count_again(tmp_path):
    with world(
        SAME_NAME,
        companies("aa:entity:1", "aa:entity:2", "bb:entity:3"),
        [
            interest("aa:entity:1", ONE),
            interest("aa:entity:2", "aa:entity:1"),
            interest("bb:entity:3", OTHER),
        ],
    ) as connection:
        (pair,) = uncertain_pairs(connection, run(connection, tmp_path), low=0.001)
    assert pair.connections == 1


def test_a_joined_pair_counts_what_parting_would_remove(tmp_path):
    more = {"birth_date": "1968-07-09", "nationalities": ["DE"]}
    third = "cc:person:1"
    people = [person(record, "Gudrun Falkenried", **more) for record in (ONE, OTHER, third)]
    with world(
        people,
        companies("aa:entity:1", "bb:entity:2", "cc:entity:3"),
        [interest("aa:entity:1", ONE), interest("bb:entity:2", OTHER), interest("cc:entity:3", third)],
    ) as connection:
        pairs = uncertain_pairs(connection, run(connection, tmp_path), low=0.001, high=1.0)
    # Three records that are alike: the third stays with one of the two: two companies against one.
    assert [(pair.is_joined, pair.connections) for pair in pairs] == [(True, 2)] * 3


def test_two_records_of_a_company_connect_the_owner_of_one_with_the_holding_of_the_other(tmp_path):
    # Who owns A in one register has B beside it; in another register A holds C. A, B and C come together.
    same = {"jurisdiction": "GB"}
    with world(
        [person(ONE, "Gudrun Falkenried", birth_date="1968")],
        [
            company("aa:entity:1", "Ostmark Stahlbau", **same),
            company("bb:entity:1", "Ostmark Stahlbau", **same),
            company("aa:entity:2", "Penhallow Marine"),
            company("bb:entity:3", "Vetrograd Energiya"),
        ],
        [
            interest("aa:entity:1", ONE),
            interest("aa:entity:2", ONE),
            interest("bb:entity:3", "bb:entity:1"),
        ],
    ) as connection:
        (pair,) = uncertain_pairs(connection, run(connection, tmp_path), low=0.001, high=1.0)
    assert pair.kind == "entity"
    assert (pair.connections, pair.owners) == (1, 2)


def test_of_equal_pairs_that_of_a_listed_party_comes_first(tmp_path):
    names = {"1": "Gudrun Falkenried", "2": "Piotr Zawilski"}
    people = [
        person(f"{register}:person:{number}", name, **({"birth_date": "1968"} if register == "bb" else {}))
        for number, name in names.items()
        for register in ("aa", "bb")
    ]
    orders = []
    for listings in (None, [{"list": "xq_treasury_list"}]):
        people[3]["listings"] = listings
        folder = tmp_path / str(len(orders))
        folder.mkdir()
        with world(people) as connection:
            pairs = uncertain_pairs(connection, run(connection, folder), low=0.001)
        assert {pair.connections + pair.owners for pair in pairs} == {0}
        orders.append([pair.name_l for pair in pairs])
    assert orders == [["Gudrun Falkenried", "Piotr Zawilski"], ["Piotr Zawilski", "Gudrun Falkenried"]]
