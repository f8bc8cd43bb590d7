"""``python -m retold_spark``: compare on Spark from the command line, or from ``spark-submit``."""

import argparse
import sys

from pyspark.sql import SparkSession

from retold_spark.compare import compare
from retold_spark.executable import RetoldError

# On one machine a search is over before the JVM's second compiler pays for itself, and so is a plan before it is worth changing.
SHORT = {
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.sql.adaptive.enabled": "false",
    "spark.ui.enabled": "false",
}


def session(master):
    """A session: as ``spark-submit`` or the configuration says, where no master is given; a lean one on this machine."""
    builder = SparkSession.builder.appName("retold")
    if master:
        builder = builder.master(master)
        for name, value in SHORT.items() if master.startswith("local") else ():
            builder = builder.config(name, value)
    return builder.getOrCreate()


def main(given=None):
    """Runs; ends with 2 where something has to be mended."""
    parser = argparse.ArgumentParser(
        prog="python -m retold_spark",
        description="Compares outlets as retold compare does, with the search for shared passages on Apache Spark.",
        epilog="Flags after -- go to retold compare. Example: python -m retold_spark corpus.jsonl -o out --work work -- --only tables",
    )
    parser.add_argument("source", help="JSON lines, Parquet, or a folder of either")
    parser.add_argument("-o", "--out", required=True, help="folder to write, as of retold compare")
    parser.add_argument("--work", required=True, help="folder for what is kept between stages; driver and executors must see it")
    parser.add_argument("--master", help="where Spark runs; without it, as spark-submit or the configuration says")
    parser.add_argument("--partitions", type=int, help="tasks of a stage; results are the same for any number")
    parser.add_argument("--window", type=int, help="pair only articles published at most so many days apart, as in retold compare")
    parser.add_argument("--retold", help="path of the executable, the same on all machines")
    given = sys.argv[1:] if given is None else list(given)
    # Split here: argparse takes what follows "--" for places of its own.
    own, flags = (given[: given.index("--")], given[given.index("--") + 1 :]) if "--" in given else (given, [])
    args = parser.parse_args(own)
    spark = session(args.master)
    try:
        search = compare(
            spark, args.source, args.out, args.work, args.partitions, window=args.window, flags=flags, executable=args.retold
        )
        print(f"kept from an earlier run: {', '.join(search.kept.used) or 'nothing'}", file=sys.stderr)
    except RetoldError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    finally:
        spark.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
