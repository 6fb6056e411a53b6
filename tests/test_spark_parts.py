"""What needs no cluster: places and their URIs, parts of files, chunks of pairs, errors with a next step."""

import socket
import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from bo_harmonise.cli import cli
from bo_harmonise.errors import EngineError, UsageError
from bo_harmonise.resolve.blocking import BlockingReport, LeftOut, WorstBlock
from bo_harmonise.spark import lines, store
from bo_harmonise.spark.pairs import _chunks, merged
from bo_harmonise.spark.records import parts_of
from bo_harmonise.spark.session import require_java, require_master
from bo_harmonise.spark.settings import SparkSettings, parse_conf


def table(*numbers: int) -> pa.Table:
    return pa.table({"l": pa.array(numbers, pa.int32())})


@given(rows=st.integers(0, 50), size=st.integers(1, 12), group=st.integers(1, 12))
def test_parts_hold_every_row_once_and_in_order(tmp_path_factory, rows, size, group):
    file = str(tmp_path_factory.mktemp("parts") / "rows.parquet")
    pq.write_table(table(*range(rows)), file, row_group_size=group)
    read = [store.rows_of(part.file, part.start, part.count) for part in parts_of(file, size)]
    assert [number for part in read for number in part["l"].to_pylist()] == list(range(rows))
    assert all(part.num_rows <= size for part in read)


@given(
    numbers=st.lists(st.integers(0, 60), max_size=80).map(sorted),
    cut=st.integers(1, 9),
    bucket=st.integers(1, 9),
)
def test_chunks_hold_every_pair_once_and_pairs_of_one_bucket_only(numbers, cut, bucket):
    batches = table(*numbers).to_batches(max_chunksize=cut)
    found = list(_chunks(iter(batches), bucket))
    assert [number for _, chunk in found for number in chunk["l"].to_pylist()] == numbers
    for name, chunk in found:
        assert {number // bucket for number in chunk["l"].to_pylist()} == {name}


@given(text=st.text("ab\n", max_size=60), step=st.integers(1, 20), chunk=st.integers(1, 7))
def test_spans_of_a_file_hold_every_line_once_and_whole(tmp_path_factory, text, step, chunk):
    folder = tmp_path_factory.mktemp("lines")
    file = folder / "text"
    file.write_bytes(text.encode())
    found, counted = [], 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "_CHUNK", chunk)
        for span in lines.spans(file.stat().st_size, step):
            lines.copy(str(file), span, folder / "part")
            part = (folder / "part").read_bytes()
            found.append(part)
            assert lines.count(str(file), span) == part.count(b"\n")
            counted += part.count(b"\n")
    assert b"".join(found) == text.encode()
    whole = [part for part in found if part]
    assert all(part.endswith(b"\n") for part in whole[:-1])
    assert counted == text.count("\n")


def test_reports_of_tasks_add_up():
    one = BlockingReport(2, (WorstBlock("name", "b", 70),), (LeftOut("name", 1, 70, 10),))
    two = BlockingReport(
        3, (WorstBlock("name", "a", 90),), (LeftOut("name", 2, 95, 5), LeftOut("word", 1, 1, 1))
    )
    both = merged([one, two])
    assert [block.key for block in both.worst] == ["a", "b"]
    assert both.left_out == (LeftOut("name", 3, 165, 15), LeftOut("word", 1, 1, 1))


def test_a_store_is_gone_when_it_is_closed(tmp_path):
    shared = store.Store(str(tmp_path))
    with duckdb.connect() as connection:
        location = store.fresh(shared.location("a"), "rows")
        assert store.write_query(connection, "SELECT 1::UBIGINT AS n, [hash(1)] AS h", location) == 1
    assert store.schema_of(location) == pa.schema([("n", pa.int64()), ("h", pa.list_(pa.int64()))])
    shared.close()
    assert list(tmp_path.iterdir()) == []


def test_hashes_stay_equal_and_unequal_as_signed_numbers(tmp_path):
    file = str(tmp_path / "hashes.parquet")
    with duckdb.connect() as connection:
        store.write_query(connection, "SELECT [hash(i), hash(i % 50)] AS h FROM range(100) AS r(i)", file)
        distinct = connection.execute(
            "SELECT count(DISTINCT x), min(x) < 0 FROM (SELECT unnest(h) AS x FROM read_parquet(?))",
            [file],
        ).fetchall()
    assert distinct == [(100, True)]


def test_a_file_of_the_driver_is_copied_to_an_object_store_only(tmp_path):
    file = tmp_path / "rows.parquet"
    pq.write_table(table(1, 2), file)
    by_path = store.Store(str(tmp_path / "shared"))
    assert by_path.publish(file, "rows.parquet") == str(file)
    by_uri = store.Store((tmp_path / "bucket").as_uri())
    location = by_uri.publish(file, "inputs/rows.parquet")
    assert location.startswith("file:///")
    assert store.row_count(location) == 2


def test_a_place_of_an_unknown_kind_is_refused_with_those_that_are_known():
    with pytest.raises(EngineError, match="ftp://") as caught:
        store.Store("ftp://host/folder")
    assert "s3://" in (caught.value.hint or "")


def test_a_master_that_does_not_answer_is_named_at_once():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(EngineError, match=f"127.0.0.1:{port}") as caught:
        require_master(f"spark://127.0.0.1:{port}")
    assert "local[2]" in (caught.value.hint or "")


def test_a_master_that_answers_is_taken():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        require_master(f"spark://127.0.0.1:{listening.getsockname()[1]}")
    require_master("local[2]")


def test_missing_java_is_told_with_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EngineError, match="no java on the path") as caught:
        require_java()
    assert "apt-get install" in (caught.value.hint or "")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(EngineError, match="has no bin/java"):
        require_java()


def test_an_old_java_is_told(monkeypatch, tmp_path):
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(EngineError, match="Java 17 or later, found 11"):
        require_java()


def test_missing_pyspark_is_told_with_how_to_get_it(monkeypatch, tmp_path):
    for name in [name for name in sys.modules if name.split(".")[0] == "pyspark"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyspark", None)
    result = CliRunner().invoke(cli, ["run", "--sample", "-w", str(tmp_path), "--engine", "spark"])
    assert result.exception.hint == "pip install 'bo-harmonise[spark]'"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--engine", "spark", "--spark-master", "sc://host"), "Spark Connect"),
        (("--engine", "spark", "--spark-conf", "memory=1g"), "expected spark.NAME=VALUE"),
        (("--spark-store", "s3://bucket"), "is for --engine spark"),
    ],
)
def test_options_that_mean_nothing_are_refused(tmp_path, arguments, message):
    result = CliRunner().invoke(cli, ["run", "--sample", "-w", str(tmp_path), *arguments])
    assert isinstance(result.exception, UsageError)
    assert message in result.exception.message


def test_sizes_are_set_among_the_settings_of_spark():
    settings = SparkSettings(conf=parse_conf(("spark.bo_harmonise.partRecords=7", "spark.x=a=b")))
    assert (settings.part_records, dict(settings.conf)["spark.x"]) == (7, "a=b")
    with pytest.raises(UsageError, match="expected a number"):
        SparkSettings(conf=parse_conf(("spark.bo_harmonise.partRecords=many",)))


def test_only_the_rooms_that_may_import_spark_do():
    folder = Path(__file__).resolve().parents[1] / "bo_harmonise"
    importing = {
        file.relative_to(folder).parts[0] + "/" + file.name
        for file in folder.rglob("*.py")
        if "import pyspark" in (text := file.read_text(encoding="utf-8")) or "from pyspark" in text
    }
    assert {name.split("/")[0] for name in importing} == {"spark"}
