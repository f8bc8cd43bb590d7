"""What articles are given as: a file or folder of JSON lines or Parquet, or any data frame."""

import os

from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")


def as_text(frame):
    """All columns as text, dates as ISO 8601, so that they are read as those of JSON lines are."""

    def column(field):
        named = F.col(f"`{field.name}`")
        if isinstance(field.dataType, T.TimestampType):
            shown = F.date_format(F.to_utc_timestamp(named, F.current_timezone()), "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'")
        elif field.dataType.typeName() == "timestamp_ntz":
            shown = F.date_format(named, "yyyy-MM-dd'T'HH:mm:ss.SSSSSS")
        elif isinstance(field.dataType, (T.ArrayType, T.MapType, T.StructType)):
            shown = F.to_json(named)
        else:
            shown = named.cast("string")
        return shown.alias(field.name)

    return frame.select([column(field) for field in frame.schema.fields])


def is_lines(path):
    """Whether a path is read as JSON lines; a folder by what is in it."""
    if path.lower().endswith(LINES):
        return True
    return os.path.isdir(path) and any(name.lower().endswith(LINES) for name in os.listdir(path))


def from_path(spark, path, partitions=None):
    """The rows of a file or a folder, each with the name of its file as ``retold compare`` names it."""
    folder = os.path.isdir(path)
    given = os.path.basename(os.path.abspath(path))
    part = F.element_at(F.split(F.col("_metadata.file_path"), "/"), -1)
    named = F.concat(F.lit(given + "/"), part) if folder else F.lit(given)
    frame = spark.read.text(path) if is_lines(path) else spark.read.parquet(path)
    frame = frame.withColumn("path", named)
    if partitions:
        # Only where more hands are wanted than the files have parts: this moves the text.
        frame = frame.repartition(partitions) if frame.rdd.getNumPartitions() < partitions else frame.coalesce(partitions)
    if is_lines(path):
        return frame.select(F.col("value").alias("line"), "path")
    return as_text(frame)


def identity(source):
    """What tells a source from another: names, sizes and times of change of its files. ``None`` for what has none."""
    if isinstance(source, DataFrame) or not os.path.exists(source):
        return None
    files = [source]
    if os.path.isdir(source):
        files = sorted(os.path.join(source, name) for name in os.listdir(source))
    return [(file, os.stat(file).st_size, os.stat(file).st_mtime_ns) for file in files]
