"""The search for shared passages, spread over the tasks of Spark. Every stage is one of ``retold stage``; Spark sorts, joins and
keeps what goes between them. docs/stages.md of Retold has the columns."""

import uuid

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from retold_spark.checkpoints import Checkpoints, key_of
from retold_spark.executable import RetoldError, find, stage, stages
from retold_spark.rows import as_text, from_path, identity

KEYS = ["row", "outlet", "folds", "published", "day_from", "day_to", "source_id", "language", "start", "sha256", "lines"]
TEXT = ["language", "body_from", "body_to", "text"]
SEED = ["left", "right", "left_token", "right_token", "texts"]


class Search:
    """Shared passages of articles, as tables of Parquet in a work folder.

    ``source`` is a path (JSON lines, Parquet, or a folder of either) or a data frame with ``id, outlet, date, title, url, text``.
    ``work`` is a folder that driver and executors see; a table in it that is whole and was made from the same is not made again.
    ``reading`` are flags of reading as ``retold compare`` takes them, ``window`` is its ``--window``. ``partitions`` is how many
    tasks a stage has; results are the same for any number.
    """

    def __init__(self, spark, source, work, partitions=None, reading=(), window=None, wording=True, executable=None):
        self.spark = spark
        self.source = source
        self.partitions = partitions or max(spark.sparkContext.defaultParallelism, 2)
        self.given_partitions = partitions
        self.reading = list(reading)
        self.window = [] if window is None else ["--window", str(window)]
        self.wording = wording
        # Executors find their own, unless one path was given for all.
        self.executable = find(executable) if executable else None
        self.stages = stages(find(executable))
        self.version = self.stages["admit"]["version"]
        self.kept = Checkpoints(spark, work)
        told = identity(spark, source)
        # A data frame has no identity: what was made from it is made again.
        self.base = key_of(self.version, self.stages["admit"]["form"], self.reading, told) if told else key_of(uuid.uuid4().hex)
        self._facts = {}

    # Stages

    def _run(self, name, frame, *arguments, facts=None, numbers_parts=False):
        run = stage(name, self.version, arguments, facts, self.executable, numbers_parts)
        return frame.mapInArrow(run, self.stages[name]["output"]["columns"])

    def _table(self, name, make, *parts):
        return self.kept.table(name, key_of(self.base, name, *parts), make)

    def _broadcast(self, name, frame):
        if name not in self._facts:
            cells = frame.where("facts is not null").select("facts").collect()
            if not cells:
                raise RetoldError(f"no article in {self.source}; give JSON lines or Parquet with a column text")
            self._facts[name] = self.spark.sparkContext.broadcast(bytes(cells[0][0]))
        return self._facts[name]

    def records(self):
        """Articles as they were read, in any order."""

        def make():
            source = self.source
            rows = as_text(source) if isinstance(source, DataFrame) else from_path(self.spark, source, self.given_partitions)
            return self._run("admit", rows, *self.reading, numbers_parts=True)

        return self._table("records", make, self.given_partitions)

    def numbers(self):
        """Articles in corpus order."""
        keys = lambda: self.records().select(KEYS).coalesce(1)  # noqa: E731
        return self._table("numbers", lambda: self._run("order", keys(), *self.reading, *self.window), self.window)

    def _articles(self):
        numbers = self.numbers().where("article is not null").select("row", "article")
        return self.records().select("row", *TEXT).join(F.broadcast(numbers), "row").select("article", *TEXT)

    def texts(self):
        """Facts: which articles print one text, and which n-grams may stand twice."""
        facts, again = self._broadcast("numbers", self.numbers()), ""
        while True:
            before, name = facts, f"sketches{again}"
            sketches = self._table(name, lambda before=before: self._run("sketch", self._articles(), facts=before), self.window)
            reduced = lambda before=before, held=sketches: self._run("copies", held.coalesce(1), facts=before)  # noqa: E731
            found = self._table(f"copies{again}", reduced, self.window)
            facts = self._broadcast(f"copies{again}", found)
            if not found.select("again").first()[0]:
                return facts
            # The number of articles that hold a word asks for other n-grams: once more, with it.
            again = "_again"

    def documents(self):
        """Articles read: n-grams that may stand twice; with ``wording`` also listed wording and quotations."""
        arguments = [] if self.wording else ["--search-only"]
        make = lambda: self._run("document", self._articles(), *arguments, facts=self.texts())  # noqa: E731
        return self._table("documents", make, self.window, self.wording)

    def seeds(self):
        """N-grams that two articles share. All of one hash meet in one task, as rows of 16 bytes."""

        def make():
            rows = self.documents().where("article is not null").select("article", F.explode("postings").alias("p"))
            postings = rows.select("p.hash", "article", "p.token").repartition(self.partitions, "hash")
            return self._run("candidate", postings, facts=self.texts())

        return self._table("seeds", make, self.window, self.wording)

    def words(self):
        """Facts: in how many texts each word stands as well."""

        def make():
            counts = self.documents().where("article is null").select(F.explode("counts").alias("c")).select("c.word", "c.texts")
            return self._run("frequencies", counts.coalesce(1), facts=self.texts())

        return self._broadcast("frequencies", self._table("frequencies", make, self.window, self.wording))

    def groups(self):
        """Which articles are aligned together: those that share n-grams, in groups of so many that texts of all tasks weigh alike."""

        def make():
            pairs = self.seeds().where("right is not null").select("left", "right").distinct()
            edges = pairs.select(F.col("left").cast("long").alias("node"), F.col("right").cast("long").alias("cluster"))
            articles = self.numbers().count()
            return self._run("cluster", edges.coalesce(1), "--cap", str(max(articles // (4 * self.partitions), 2)))

        return self._table("groups", make, self.window, self.wording, self.partitions)

    def aligned(self):
        """Shared passages, and stretches that are none. Each text goes once to each group that needs it: most belong to one."""

        def make():
            group = F.pmod("cluster", F.lit(self.partitions)).cast("int").alias("group")
            groups = self.groups().select(F.col("node").cast("int").alias("left"), group)
            seeds = self.seeds().where("right is not null").select(SEED).join(F.broadcast(groups), "left")
            sides = seeds.select("group", F.col("left").alias("number")).union(seeds.select("group", "right"))
            places = self.documents().where("article is not null").select(F.col("article").alias("number"), F.col("place").alias("article"))
            needed = sides.distinct().join(F.broadcast(places), "number").select("group", "article")
            texts = self._articles().join(F.broadcast(needed), "article")
            shipped = texts.unionByName(seeds, allowMissingColumns=True).repartition(self.partitions, "group")
            return self._run("align", shipped.select("article", *TEXT, *SEED), facts=self.words())

        return self._table("aligned", make, self.window, self.wording, self.partitions)

    # Results that are too many for one machine

    def counts(self):
        """Listed wording by outlet, entry and voice, added up: the numerators and denominators of rates."""
        if not self.wording:
            raise RetoldError("the documents were read for the search alone; make the Search with wording=True")
        sums = [F.sum(name).cast("long").alias(name) for name in ("hits", "articles", "words")]
        make = lambda: self._run("measure", self.documents()).groupBy("outlet", "entry", "voice").agg(*sums)  # noqa: E731
        return self._table("counts", make, self.window)

    def clusters(self, method="reduction"):
        """Articles that hang together by shared passages, each with the first of its cluster. ``reduction`` runs union-find on parts
        and then on what they came to; ``frames`` needs no task that holds all nodes, and takes more rounds."""
        passages = self.aligned().where("reason is null")
        edges = passages.select(F.col("left").cast("long").alias("node"), F.col("right").cast("long").alias("cluster"))
        if method == "reduction":
            make = lambda: self._run("cluster", self._run("cluster", edges).coalesce(1))  # noqa: E731
        elif method == "frames":
            make = lambda: components(edges.distinct())  # noqa: E731
        else:
            raise RetoldError(f'"{method}" is no way to find clusters; the ways are reduction and frames')
        return self._table(f"clusters_{method}", make, self.window, self.wording, self.partitions)


def components(edges):
    """The smallest node of each connected component, by data frames alone: each node takes the smallest label around it, and then
    that label's own, until none changes."""
    both = edges.union(edges.select("cluster", "node")).distinct().localCheckpoint()
    labels = both.select("node").distinct().withColumn("cluster", F.col("node"))
    while True:
        near = both.alias("e").join(labels.alias("l"), F.col("e.cluster") == F.col("l.node")).select("e.node", "l.cluster")
        least = labels.union(near).groupBy("node").agg(F.min("cluster").alias("cluster"))
        jump = least.alias("a").join(least.alias("b"), F.col("a.cluster") == F.col("b.node"))
        after = jump.select("a.node", F.col("b.cluster").alias("cluster")).localCheckpoint()
        if after.exceptAll(labels).isEmpty():
            return after
        labels = after
