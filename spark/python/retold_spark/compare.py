"""Tables, charts and report as ``retold compare`` writes them, with the search for passages on Spark."""

import filecmp
import json
import os
import shutil
import subprocess
import urllib.parse

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.fs
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from retold_spark.executable import RetoldError, find
from retold_spark.rows import as_text
from retold_spark.search import Search


def compare(spark, source, out, work, partitions=None, reading=(), window=None, flags=(), executable=None, keep_postings=False):
    """Writes into ``out`` what ``retold compare SOURCE -o OUT`` writes, byte for byte but for run.json.

    The search runs on Spark; what it found is collected, and the executable of this machine goes on from there with the articles. So
    texts, passages and stories have to fit this machine; for results that do not, take :class:`Search`. ``flags`` are further flags
    of ``retold compare``. A data frame is written to ``WORK/corpus.jsonl`` first, in an order of its own. With
    ``keep_postings`` updates can go on from the search, which is given back.
    """
    os.makedirs(local(work), exist_ok=True)
    path = as_lines(source, local(work)) if isinstance(source, DataFrame) else source
    search = Search(spark, path, work, partitions, reading, window, wording=False, executable=executable, keep_postings=keep_postings)
    found = os.path.join(local(work), "found")
    shutil.rmtree(found, ignore_errors=True)
    os.makedirs(found)
    search.aligned()
    with open(os.path.join(found, "facts"), "wb") as file:
        file.write(search.words().value)
    stream(f"{work}/aligned", os.path.join(found, "aligned.arrows"))
    stream(f"{work}/seeds", os.path.join(found, "common.arrows"), ds.field("right").is_null())
    command = [find(executable), "compare", path, "-o", out, "--found", found, *search.window, *search.reading, *flags]
    ended = subprocess.run(command, check=False)
    if ended.returncode not in (0, 3):
        raise RetoldError(f"retold compare ended with {ended.returncode}; its messages stand above")
    return search


def local(path):
    """A folder of this machine: tables are finished here."""
    parted = urllib.parse.urlparse(path)
    if parted.scheme not in ("", "file"):
        raise RetoldError(f"{path} is no folder of this machine; give one that driver and executors share, or use Search")
    return parted.path


def as_lines(frame, work):
    """A data frame as a file of JSON lines, in order of its columns, so that the order in which it came does not show."""
    path = os.path.join(work, "corpus.jsonl")
    rows = as_text(frame)
    making = path + ".making"
    with open(making, "w", encoding="utf-8") as file:
        for row in rows.orderBy(*[F.col(f"`{name}`") for name in sorted(rows.columns)]).toLocalIterator():
            fields = {name: value for name, value in row.asDict().items() if value is not None}
            file.write(json.dumps(fields, ensure_ascii=False) + "\n")
    if os.path.exists(path) and filecmp.cmp(making, path, shallow=False):
        os.remove(making)  # What was made from it can be used again.
    else:
        os.replace(making, path)
    return path


def stream(table, path, where=None):
    """A table that was kept as one Arrow IPC stream, some batches of it in memory at a time."""
    system, place = pyarrow.fs.FileSystem.from_uri(table if "://" in table else "file://" + os.path.abspath(table))
    data = ds.dataset(place, filesystem=system, format="parquet")
    with pa.OSFile(path, "wb") as file, pa.ipc.new_stream(file, data.schema.remove_metadata()) as out:
        for batch in data.to_batches(filter=where):
            out.write_batch(batch)
