"""The search for shared passages, spread over the tasks of Spark. Every stage is one of ``retold stage``; Spark sorts, joins and
keeps what goes between them. docs/stages.md of Retold has the columns."""

import hashlib
import uuid
from functools import reduce

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from retold_spark.checkpoints import Checkpoints, key_of
from retold_spark.executable import RetoldError, find, stage, stages
from retold_spark.rows import as_text, from_path, identity

KEYS = ["row", "outlet", "folds", "published", "day_from", "day_to", "source_id", "language", "start", "sha256", "lines", "reason"]
TEXT = ["language", "body_from", "body_to", "text"]
SEED = ["left", "right", "seeds"]


class Search:
    """Shared passages of articles, as tables of Parquet in a work folder.

    ``source`` is a path (JSON lines, Parquet, or a folder of either) or a data frame with ``id, outlet, date, title, url, text``.
    ``work`` is a folder that driver and executors see; a table in it that is whole and was made from the same is not made again.
    ``reading`` are flags of reading as ``retold compare`` takes them, ``window`` is its ``--window``. ``partitions`` is how many
    tasks a stage has; results are the same for any number.

    With ``keep_postings`` later runs can go on from this one. Such an update is a search with ``earlier``, the search before it:
    its articles are set beside each other and beside all before. Tables of earlier searches are read as they are, never made or
    written, so their sources may be gone. The update holds to the settings of the first run; see "Updates" in docs/stages.md.
    """

    def __init__(
        self,
        spark,
        source,
        work,
        partitions=None,
        reading=(),
        window=None,
        wording=True,
        executable=None,
        keep_postings=False,
        earlier=None,
    ):
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
        self._keys = None
        self.earlier = earlier
        # What the facts are made by, besides the articles.
        self.ordering = [*self.window, *(["--keep-postings"] if keep_postings else [])]
        if earlier:
            if work.rstrip("/") in [one.kept.folder for one in earlier._chain()]:
                raise RetoldError(f"{work} holds an earlier run; give the update a work folder of its own")
            self.ordering.append(hashlib.sha256(earlier._last_facts().value).hexdigest())

    # Stages

    def _run(self, name, frame, *arguments, facts=None, numbers_parts=False):
        run = stage(name, self.version, arguments, facts, self.executable, numbers_parts)
        return frame.mapInArrow(run, self.stages[name]["output"]["columns"])

    def _table(self, name, make, *parts):
        return self.kept.table(name, key_of(self.base, name, *parts), make)

    def _reduced(self, name, frame):
        """The row with the facts of a table, and the facts where all tasks can read them."""
        if name not in self._facts:
            rows = frame.where("facts is not null").collect()
            if not rows:
                raise RetoldError(f"no article in {self.source}; give JSON lines or Parquet with a column text")
            self._facts[name] = rows[0], self.spark.sparkContext.broadcast(bytes(rows[0].facts))
        return self._facts[name]

    def _broadcast(self, name, frame):
        return self._reduced(name, frame)[1]

    def _chain(self):
        """This search and all before it, the first one first."""
        return [*(self.earlier._chain() if self.earlier else []), self]

    def _finished(self, name):
        """A table of an earlier search, which is read and no more."""
        table = self.kept.kept(name)
        if table is None:
            raise RetoldError(f"{self.kept.folder} has no table {name} that is whole; run aligned() of the earlier search first")
        return table

    def _last_facts(self):
        """The facts of an earlier search."""
        name = "copies" if self.earlier else "frequencies"
        return self._broadcast(f"last {name}", self._finished(name))

    def _of_all(self, own, finished):
        """A table of this search, and those of all before it."""
        return reduce(DataFrame.unionByName, [*(finished(one) for one in self._chain()[:-1]), own])

    def records(self):
        """Articles as they were read, in any order."""

        def make():
            source = self.source
            rows = as_text(source) if isinstance(source, DataFrame) else from_path(self.spark, source, self.given_partitions)
            return self._run("admit", rows, *self.reading, numbers_parts=True)

        return self._table("records", make, self.given_partitions)

    def skipped(self):
        """What was read and is no article: the start of what was found, why it is none, and how to mend that."""
        refused = self.records().where("reason is not null").select("text", "reason", "mend")
        self.texts()
        empty = self._sketches.where("words = 0").select("article")
        texts = self._articles().join(F.broadcast(empty), "article").select(F.substring("text", 1, 80).alias("text"))
        why = [F.lit("holds no word but furniture of a page").alias("reason"), F.lit("give the article's text").alias("mend")]
        return refused.unionByName(texts.select("text", *why))

    def numbers(self):
        """Articles in corpus order."""
        keys = lambda: self.records().select(KEYS).coalesce(1)  # noqa: E731

        def make():
            if self.earlier:
                return self._run("order", keys(), *self.reading, *self.window, facts=self.earlier._last_facts())
            return self._run("order", keys(), *self.reading, *self.ordering)

        return self._table("numbers", make, self.ordering)

    def _articles(self):
        return numbered(self.records(), self.numbers())

    def texts(self):
        """Facts: which articles print one text, and which n-grams may stand twice."""
        facts, again = self._broadcast("numbers", self.numbers()), ""
        while True:
            before, name = facts, f"sketches{again}"
            sketches = self._table(name, lambda before=before: self._run("sketch", self._articles(), facts=before), self.ordering)
            self._sketches = sketches
            held = self._of_all(sketches, Search._finished_sketches)
            reduced = lambda before=before, held=held: self._run("copies", held.coalesce(1), facts=before)  # noqa: E731
            found = self._table(f"copies{again}", reduced, self.ordering)
            row, facts = self._reduced(f"copies{again}", found)
            if not row.again:
                return facts
            # The number of articles that hold a word asks for other n-grams: once more, with it.
            again = "_again"

    def _finished_sketches(self):
        again = self._finished("copies").select("again").first()[0]
        return self._finished("sketches_again" if again else "sketches")

    def documents(self):
        """Articles read: n-grams that may stand twice; with ``wording`` also listed wording and quotations."""
        arguments = [] if self.wording else ["--search-only"]
        make = lambda: self._run("document", self._articles(), *arguments, facts=self.texts())  # noqa: E731
        return self._table("documents", make, self.ordering, self.wording)

    def _packets(self, documents):
        """N-grams in packets, a bucket of hashes for each task; in an update those of articles that the window lets pair with its own."""
        of_articles = documents.where("article is not null").select("article", "postings")
        packets = self._run("scatter", of_articles, "--buckets", str(self.partitions), facts=self.texts())
        return packets.withColumn("task", self._task("bucket")).repartition(self.partitions, "task")

    def seeds(self):
        """N-grams that two articles share, by pairs. All of one hash meet in one task, as 16 bytes each."""
        make = lambda: self._run("candidate", self._packets(self.all_documents()), facts=self.texts())  # noqa: E731
        return self._table("seeds", make, self.ordering, self.wording)

    def words(self):
        """Facts: in how many texts each word stands as well; in an update, stood in the first run."""
        if self.earlier:
            return self.texts()

        def make():
            counts = self.documents().where("article is null").select("counts")
            return self._run("frequencies", counts.coalesce(1), facts=self.texts())

        return self._broadcast("frequencies", self._table("frequencies", make, self.ordering, self.wording))

    def groups(self):
        """Which articles are aligned together: those that share n-grams, in groups of so many that texts of all tasks weigh alike."""

        def make():
            pairs = self.seeds().where("right is not null").select("left", "right").distinct()
            edges = pairs.select(F.col("left").cast("long").alias("node"), F.col("right").cast("long").alias("cluster"))
            articles = self.numbers().count()
            return self._run("cluster", edges.coalesce(1), "--cap", str(max(articles // (4 * self.partitions), 2)))

        return self._table("groups", make, self.ordering, self.wording, self.partitions)

    def aligned(self):
        """Shared passages, and stretches that are none. Each text goes once to each group that needs it: most belong to one."""

        def make():
            groups = self.groups().select(F.col("node").cast("int").alias("left"), self._task("cluster").alias("group"))
            seeds = self.seeds().where("right is not null").select(SEED).join(F.broadcast(groups), "left")
            sides = seeds.select("group", F.col("left").alias("number")).union(seeds.select("group", "right"))
            places = self.all_documents().where("article is not null").select(F.col("article").alias("number"), F.col("place").alias("article"))
            needed = sides.distinct().join(F.broadcast(places), "number").select("group", "article")
            articles = self._of_all(self._articles(), lambda one: numbered(one._finished("records"), one._finished("numbers")))
            texts = articles.join(F.broadcast(needed), "article")
            shipped = texts.unionByName(seeds, allowMissingColumns=True).repartition(self.partitions, "group")
            return self._run("align", shipped.select("article", *TEXT, *SEED), facts=self.words())

        return self._table("aligned", make, self.ordering, self.wording, self.partitions)

    def all_aligned(self):
        """``aligned`` of this search and of all before it."""
        return self._of_all(self.aligned(), lambda one: one._finished("aligned"))

    def all_documents(self):
        """``documents`` of this search and of all before it."""
        return self._of_all(self.documents(), lambda one: one._finished("documents"))

    def _task(self, column):
        """The task for a number, by a key that Spark's hash sends to that task and to no other: with any keys some stay empty."""
        if self._keys is None:
            numbers = self.spark.range(64 * self.partitions).select(F.col("id").cast("int").alias("key"))
            told = numbers.select("key", F.pmod(F.hash("key"), F.lit(self.partitions)).alias("place")).collect()
            found = {row.place: row.key for row in reversed(told)}
            self._keys = [found.get(place, place) for place in range(self.partitions)]
        return F.element_at(F.array(*[F.lit(key) for key in self._keys]), (F.pmod(column, F.lit(self.partitions)) + 1).cast("int"))

    # Results that are too many for one machine

    def counts(self):
        """Listed wording by outlet, entry and voice, added up: the numerators and denominators of rates. In an update those of its
        own articles, which add up with those of the runs before."""
        if not self.wording:
            raise RetoldError("the documents were read for the search alone; make the Search with wording=True")
        sums = [F.sum(name).cast("long").alias(name) for name in ("hits", "articles", "words")]
        make = lambda: self._run("measure", self.documents()).groupBy("outlet", "entry", "voice").agg(*sums)  # noqa: E731
        return self._table("counts", make, self.ordering)

    def clusters(self, method="reduction"):
        """Articles that hang together by shared passages, each with the first of its cluster. ``reduction`` runs union-find on parts
        and then on what they came to; ``frames`` needs no task that holds all nodes, and takes more rounds. In an update, articles
        of all runs: what is new is put to the clusters of the search before, where it has some, else to its passages."""
        edges = self._edges(self.aligned())
        if self.earlier:
            edges = edges.unionByName(self.earlier._finished_clusters())
        if method == "reduction":
            make = lambda: self._run("cluster", self._run("cluster", edges).coalesce(1))  # noqa: E731
        elif method == "frames":
            make = lambda: components(edges.distinct())  # noqa: E731
        else:
            raise RetoldError(f'"{method}" is no way to find clusters; the ways are reduction and frames')
        return self._table(f"clusters_{method}", make, self.ordering, self.wording, self.partitions)

    @staticmethod
    def _edges(aligned):
        passages = aligned.where("reason is null")
        return passages.select(F.col("left").cast("long").alias("node"), F.col("right").cast("long").alias("cluster"))

    def _finished_clusters(self):
        """What hangs together in an earlier search and all before it: its clusters, where they are of its passages, or these."""
        labels = self.kept.kept("clusters_reduction")
        own = self._finished("aligned")
        if labels is not None and self.kept.written("clusters_reduction") >= self.kept.written("aligned"):
            return labels
        if not self.earlier:
            return self._edges(own)
        return self._edges(own).unionByName(self.earlier._finished_clusters())


def numbered(records, numbers):
    """Texts with their places in corpus order."""
    places = numbers.where("article is not null").select("row", "article")
    return records.select("row", *TEXT).join(F.broadcast(places), "row").select("article", *TEXT)


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
