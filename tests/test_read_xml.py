from pathlib import Path

import pytest
from readers_helper import Read, read, spec

from bo_harmonise.errors import InputError
from bo_harmonise.read.xml import read_xml

COLUMNS = {
    "id": "@id",
    "name": "Name",
    "language": "Name/@xml:lang",
    "city": "Address/City",
    "others": ["Others/Name"],
    "parts": {"each": "Part", "kind": "@kind", "text": ".", "names": ["Name"]},
}
NS = 'xmlns:r="urn:register" xmlns="urn:other"'


def document(tmp_path: Path, content: str | bytes, records: str = "Record", **more: object) -> Read:
    raw = content.encode() if isinstance(content, str) else content
    return read(read_xml, tmp_path, raw, spec("xml", COLUMNS, records=records, **more))


def wrap(*records: str) -> str:
    header = "<r:Header><Count> 2 </Count></r:Header>"
    return f"<r:Data {NS}>{header}<r:Records>{''.join(records)}</r:Records></r:Data>"


def test_columns_are_paths_by_local_name(tmp_path: Path) -> None:
    record = (
        '<r:Record id="1"><r:Name xml:lang="en"> Quillmere <!-- not --> Ltd </r:Name>'
        "<Address><City>Ostrel</City></Address>"
        "<Others><Name>One</Name><Name/><Name>Two</Name></Others>"
        '<Part kind="k">text</Part><Part><Name>n</Name><Name>m</Name></Part></r:Record>'
    )
    found = document(tmp_path, wrap(record, "<r:Record><Name>Second</Name></r:Record>"), header="Header")
    assert found.rows == [
        {
            "source_row": 1,
            "id": "1",
            "name": "Quillmere  Ltd",
            "language": "en",
            "city": "Ostrel",
            "others": ["One", "Two"],
            "parts": [
                {"kind": "k", "text": "text", "names": []},
                {"kind": None, "text": None, "names": ["n", "m"]},
            ],
        },
        {
            "source_row": 2,
            "id": None,
            "name": "Second",
            "language": None,
            "city": None,
            "others": [],
            "parts": [],
        },
    ]
    assert found.raw.header == {"Count": "2"}
    assert found.raw.unknown == {}


def test_unknown_elements_and_attributes_are_counted_by_path(tmp_path: Path) -> None:
    record = '<Record z="1"><New><Deep/></New><Name q="2">x</Name><Left><Any/></Left></Record>'
    found = document(tmp_path, wrap(record, record), left=("Left",))
    assert found.raw.unknown == {"@z": 2, "New": 2, "New.Deep": 2, "Name.@q": 2}


def test_a_record_inside_a_record_is_a_part_of_it(tmp_path: Path) -> None:
    inner = "<Others><Record><Name>inner</Name></Record><Name>other</Name></Others>"
    found = document(
        tmp_path, wrap(f"<Record>{inner}<Name>outer</Name></Record>", "<Record><Name>b</Name></Record>")
    )
    assert [(row["source_row"], row["name"], row["others"]) for row in found.rows] == [
        (1, "outer", ["other"]),
        (2, "b", []),
    ]


def test_an_empty_record_is_counted(tmp_path: Path) -> None:
    found = document(tmp_path, wrap("<Record/>", '<Record id="2"/>'))
    assert [(row["source_row"], row["id"]) for row in found.rows] == [(1, None), (2, "2")]


def test_the_root_may_be_the_record(tmp_path: Path) -> None:
    found = document(tmp_path, "<?xml version='1.0'?><!-- c --><?pi x?><Record><Name>x</Name></Record>")
    assert [row["name"] for row in found.rows] == ["x"]


def test_several_kinds_of_record(tmp_path: Path) -> None:
    found = document(
        tmp_path, wrap("<Record><Name>x</Name></Record>", "<Gone><Name>y</Name></Gone>"), "Record Gone"
    )
    assert [row["name"] for row in found.rows] == ["x", "y"]


def test_a_byte_order_mark_and_another_encoding(tmp_path: Path) -> None:
    text = "<?xml version='1.0' encoding='windows-1251'?><d><Record><Name>Ольга</Name></Record></d>"
    assert document(tmp_path, text.encode("windows-1251")).rows[0]["name"] == "Ольга"
    assert document(tmp_path, b"\xef\xbb\xbf<d><Record><Name>x</Name></Record></d>").rows[0]["name"] == "x"


def test_more_records_than_a_batch(tmp_path: Path) -> None:
    record = "<Record><Name>x</Name></Record>"
    found = document(tmp_path, wrap(*[record] * 45_000))
    assert found.numbers == list(range(1, 45_001))


@pytest.mark.parametrize("definition", ['"expanded"', f'SYSTEM "{Path(__file__).as_uri()}"'])
def test_an_entity_is_neither_expanded_nor_dropped(tmp_path: Path, definition: str) -> None:
    content = (
        f"<!DOCTYPE d [<!ENTITY e {definition}>]><d><Record><Name>good</Name></Record>"
        "<Record><Name>before &e; after</Name></Record></d>"
    )
    with pytest.raises(InputError, match=r"in\.txt record 2: expected text, found the entity &e;"):
        document(tmp_path, content)


def test_an_entity_in_an_attribute_is_not_loaded_from_outside(tmp_path: Path) -> None:
    content = f'<!DOCTYPE d [<!ENTITY e SYSTEM "{Path(__file__).as_uri()}">]><d><Record id="&e;"/></d>'
    with pytest.raises(InputError, match="expected well-formed XML"):
        document(tmp_path, content)


@pytest.mark.parametrize("place", ["<Record><Name>&l9;</Name></Record>", '<Record id="&l9;"/>'])
def test_a_billion_laughs_are_refused(tmp_path: Path, place: str) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    with pytest.raises(InputError):
        document(tmp_path, f'<!DOCTYPE d [<!ENTITY l0 "{"lol" * 9}">{laughs}]><d>{place}</d>')


def test_a_predefined_entity_is_text(tmp_path: Path) -> None:
    assert (
        document(tmp_path, wrap("<Record><Name>A &amp; B &#x41;</Name></Record>")).rows[0]["name"]
        == "A & B A"
    )


def test_a_text_above_ten_megabytes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"in\.txt after record 0: expected well-formed XML"):
        document(tmp_path, wrap("<Record><Name>" + "x" * 10_000_001 + "</Name></Record>"))


@pytest.mark.parametrize("cut", [-1, -20])
def test_a_truncated_document_says_how_far_it_was_read(tmp_path: Path, cut: int) -> None:
    content = wrap("<Record><Name>x</Name></Record>")[:cut]
    with pytest.raises(
        InputError, match=r"in\.txt after record 1: expected well-formed XML, found: .*line 1"
    ) as caught:
        document(tmp_path, content)
    assert caught.value.hint


def test_an_empty_document_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="after record 0"):
        document(tmp_path, b"")
