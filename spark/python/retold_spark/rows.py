"""What articles are given as: a file or folder of JSON lines or Parquet, or any data frame."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

from retold_spark.executable import RetoldError

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


def files(spark, path):
    """Whether a path is a folder, and its files that are not hidden: name, size, time of change. On any file system that Spark reads."""
    place = spark._jvm.org.apache.hadoop.fs.Path(path)
    system = place.getFileSystem(spark._jsc.hadoopConfiguration())
    if not system.exists(place):
        raise RetoldError(f"there is no {path}; check the path, and that executors see it")
    folder = system.getFileStatus(place).isDirectory()
    found = [(s.getPath().getName(), s.getLen(), s.getModificationTime()) for s in system.listStatus(place) if not s.isDirectory()]
    return folder, sorted(one for one in found if not one[0].startswith(("_", ".")))


def from_path(spark, path, partitions=None):
    """The rows of a file or a folder, each with the name of its file as ``retold compare`` names it."""
    folder, found = files(spark, path)
    given = path.rstrip("/").rsplit("/", 1)[-1]
    named = F.concat(F.lit(given + "/"), F.col("_metadata.file_name")) if folder else F.lit(given)
    lines = any(name.lower().endswith(LINES) for name, _, _ in found)
    frame = (spark.read.text(path) if lines else spark.read.parquet(path)).withColumn("path", named)
    if partitions:
        # Only where more hands are wanted than the files have parts: this moves the text.
        frame = frame.repartition(partitions) if frame.rdd.getNumPartitions() < partitions else frame.coalesce(partitions)
    return frame.select(F.col("value").alias("line"), "path") if lines else as_text(frame)


def identity(spark, source):
    """What tells a source from another: names, sizes and times of change of its files. ``None`` for a data frame, which has none, and
    for what is not there any more."""
    if isinstance(source, DataFrame):
        return None
    try:
        return [source, *files(spark, source)]
    except RetoldError:
        return None
