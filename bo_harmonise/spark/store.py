"""The place that driver and executors share: a folder of a shared file system, or a URI of `pyarrow.fs`.

All reading and writing goes through `pyarrow.fs`, on both sides: Spark needs no connector of its own for the
object store. A *location* is the full path or URI of one file, as text.
"""

import secrets
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.fs as pafs
import pyarrow.parquet as pq

from bo_harmonise.errors import EngineError

_BATCH = 20_000
_COPY = 1 << 22
_SIGNED = {pa.uint8(): pa.int16(), pa.uint16(): pa.int32(), pa.uint32(): pa.int64(), pa.uint64(): pa.int64()}
"""Spark has no unsigned numbers."""


def is_uri(text: str) -> bool:
    """Whether a place is named by a URI rather than by a path.

    >>> is_uri("s3://bucket/a.zip"), is_uri("data/a.zip"), is_uri("C:/a.zip")
    (True, False, False)
    """
    return "://" in text


def beneath(place: str, name: str) -> str:
    """Return the location of `name` in a place; options of the URI stay at its end.

    >>> beneath("s3://bucket/work?region=eu-west-1", "a/b.parquet")
    's3://bucket/work/a/b.parquet?region=eu-west-1'
    >>> beneath("/mnt/work/", "b.parquet")
    '/mnt/work/b.parquet'
    """
    base, mark, options = place.partition("?") if is_uri(place) else (place, "", "")
    return f"{base.rstrip('/')}/{name}{mark}{options}"


def opened(location: str) -> tuple[pafs.FileSystem, str]:
    """File system of a location, and the path in it; EngineError when there is no such file system."""
    try:
        filesystem, path = pafs.FileSystem.from_uri(location)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as error:
        raise EngineError(
            f"{location} cannot be opened: {error}",
            hint="Name a folder that driver and executors share, or a URI that pyarrow.fs knows (s3://, "
            "gs://, abfs://, hdfs://, file://).",
        ) from error
    return filesystem, path


def writable(location: str) -> tuple[pafs.FileSystem, str]:
    """File system of a location that is to be written, with its folder made, and the path in it."""
    filesystem, path = opened(location)
    # In an object store a folder is but a part of a name.
    if filesystem.type_name in {"local", "hdfs", "subtree"}:
        filesystem.create_dir(path.rpartition("/")[0], recursive=True)
    return filesystem, path


class Store:
    """A folder of its own in the shared place, for one run; `close` removes it."""

    def __init__(self, place: str) -> None:
        self.place = beneath(place, f"spark-{secrets.token_hex(6)}")
        opened(self.place)

    def location(self, name: str) -> str:
        """Location of a file in the store."""
        return beneath(self.place, name)

    def publish(self, file: Path, name: str) -> str:
        """Location at which executors can read a file of the driver's: itself, or a copy in the store.

        Where the store is no URI, driver and executors share a file system: nothing is copied.
        """
        if not is_uri(self.place):
            return str(file.resolve())
        location = self.location(name)
        put(file, location)
        return location

    def close(self) -> None:
        """Remove all files of the run."""
        filesystem, path = opened(self.place)
        if filesystem.get_file_info(path).type == pafs.FileType.Directory:
            filesystem.delete_dir(path)


def put(file: Path, location: str) -> None:
    """Copy a file of this machine to a location."""
    filesystem, path = writable(location)
    with file.open("rb") as stream, filesystem.open_output_stream(path) as out:
        shutil.copyfileobj(stream, out, _COPY)


def fetch(location: str, file: Path) -> None:
    """Copy what is at a location to a file of this machine."""
    filesystem, path = opened(location)
    with filesystem.open_input_stream(path, compression=None) as stream, file.open("wb") as out:
        shutil.copyfileobj(stream, out, _COPY)


def fresh(place: str, name: str) -> str:
    """Location of a new file: a task that is run twice does not write into its other's file.

    `place` is a folder's location.
    """
    return beneath(place, f"{name}-{secrets.token_hex(4)}.parquet")


def signed(schema: pa.Schema) -> pa.Schema:
    """Return the schema with signed numbers in the place of unsigned ones."""
    return pa.schema([pa.field(f.name, _SIGNED.get(f.type, f.type)) for f in schema])


def write_query(connection: duckdb.DuckDBPyConnection, query: str, location: str) -> int:
    """Write the rows of a query to a Parquet file at a location; return their number.

    Lists of UBIGINT (hashes) become lists of BIGINT: what was equal stays equal.
    """
    rows_given = connection.sql(query)
    hashes = [
        f'list_transform("{name}", lambda h: CAST(CAST(h AS HUGEINT) - {2**63} AS BIGINT)) AS "{name}"'
        for name, kind in zip(rows_given.columns, rows_given.types, strict=True)
        if str(kind) == "UBIGINT[]"
    ]
    if hashes:
        rows_given = connection.sql(f"SELECT * REPLACE ({', '.join(hashes)}) FROM ({query})")
    reader = rows_given.to_arrow_reader(_BATCH)
    schema = signed(reader.schema)
    filesystem, path = writable(location)
    rows = 0
    with (
        filesystem.open_output_stream(path) as out,
        pq.ParquetWriter(out, schema, compression="zstd") as writer,
    ):
        for batch in reader:
            rows += batch.num_rows
            writer.write_batch(batch.cast(schema))
    return rows


def batches(location: str, columns: list[str] | None = None) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a Parquet file at a location."""
    filesystem, path = opened(location)
    with filesystem.open_input_file(path) as stream, pq.ParquetFile(stream) as file:
        yield from file.iter_batches(_BATCH, columns=columns)


def schema_of(location: str) -> pa.Schema:
    """Arrow schema of a Parquet file at a location."""
    filesystem, path = opened(location)
    return pq.read_schema(path, filesystem=filesystem)


def dataset(locations: Iterable[str], schema: pa.Schema | None = None) -> ds.Dataset:
    """Return the Parquet files at locations of one place as one dataset, in their order."""
    pairs = [opened(location) for location in locations]
    return ds.dataset([path for _, path in pairs], schema=schema, format="parquet", filesystem=pairs[0][0])


def rows_of(location: str, start: int, count: int) -> pa.Table:
    """Return `count` rows of a Parquet file from number `start` (from 0); reads their row groups only."""
    filesystem, path = opened(location)
    pieces, before = [], 0
    with filesystem.open_input_file(path) as stream, pq.ParquetFile(stream) as file:
        schema = file.schema_arrow
        for group in range(file.num_row_groups):
            size = file.metadata.row_group(group).num_rows
            low, high = max(start - before, 0), min(start + count - before, size)
            if low < high:
                pieces.append(file.read_row_group(group).slice(low, high - low))
            before += size
    return pa.concat_tables(pieces) if pieces else schema.empty_table()


def row_count(location: str) -> int:
    """Return the number of rows of a Parquet file at a location."""
    filesystem, path = opened(location)
    return int(pq.read_metadata(path, filesystem=filesystem).num_rows)
