"""What must hold on Spark: the bytes of one machine, whatever the parts, whoever dies, and clear words where it cannot go on.

Started by run.sh, which sets RETOLD to the executable and SMALL and LARGE to files of JSON lines.
"""

import csv
import filecmp
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

import pyarrow as pa
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from retold_spark import Search, compare
from retold_spark.executable import RetoldError, find, stage
from retold_spark.search import components

SMALL, LARGE = os.environ["SMALL"], os.environ["LARGE"]
TABLES = ["--only", "tables", "--quiet"]


def session(master, **settings):
    """A session on loopback, small enough for two cores."""
    built = SparkSession.builder.master(master).appName("retold tests")
    plain = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "4",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": "1g",
        "spark.executorEnv.RETOLD": find(),
        "spark.executorEnv.PYTHONPATH": os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH", "")])),
        # A file is read by two tasks, however small.
        "spark.sql.files.maxPartitionBytes": "4m",
    }
    for name, value in {**plain, **settings}.items():
        built = built.config(name, value)
    spark = built.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark


def one_machine(source, out, *flags):
    """What the executable alone writes."""
    ended = subprocess.run([find(), "compare", source, "-o", out, *flags], check=False)
    if ended.returncode not in (0, 3):  # 3: some of the input was left out.
        raise AssertionError(f"retold compare ended with {ended.returncode}")


def same(one, other):
    """Whether two folders hold the same files with the same bytes, run.json aside."""
    names = lambda folder: sorted(  # noqa: E731
        os.path.relpath(os.path.join(at, name), folder) for at, _, files in os.walk(folder) for name in files if name != "run.json"
    )
    if names(one) != names(other):
        return [f"{names(one)} and {names(other)}"]
    return [name for name in names(one) if not filecmp.cmp(os.path.join(one, name), os.path.join(other, name), shallow=False)]


def digest(frame):
    """Of the rows of a table, whatever their order and files."""
    rows = sorted(repr(tuple(bytes(v) if isinstance(v, bytearray) else v for v in row)) for row in frame.collect())
    return len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()


def grams(frame):
    """N-grams of articles or of packets, however they are packed."""
    return frame.select(F.sum(F.length("postings") / 16).cast("long")).first()[0]


def seeds(frame):
    """Digest of seeds, one by one: those of a pair come in as many rows as tasks found some."""
    return digest(frame.select(*frame.columns[:2], F.explode_outer(F.expr(EACH)).alias("seed"), *frame.columns[3:]))


# The pieces of 12 bytes of a cell.
EACH = "if(seeds is null, null, transform(sequence(0, length(seeds) div 12 - 1), i -> hex(substring(seeds, i * 12 + 1, 12))))"


class Case(unittest.TestCase):
    """A folder of its own for each test."""

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def at(self, *names):
        """A place in it."""
        return os.path.join(self.folder, *names)


class Cluster(Case):
    """Several processes: executors that share nothing with the driver but the work folder."""

    def test_5_000_stories_come_out_as_on_one_machine(self):
        one_machine(LARGE, self.at("one"), "--quiet")
        spark = session("local-cluster[2,1,1024]")
        self.addCleanup(spark.stop)
        search = compare(spark, LARGE, self.at("spark"), self.at("work"), flags=["--quiet"])
        self.assertEqual(same(self.at("one"), self.at("spark")), [])
        self.assertGreater(search.aligned().where("reason is null").count(), 100)
        # Again: nothing is made anew, and a table without its mark of success is.
        again = compare(spark, LARGE, self.at("again"), self.at("work"), flags=TABLES)
        self.assertEqual(again.kept.made, [])
        before = seeds(search.seeds())
        os.remove(self.at("work", "seeds", "_SUCCESS"))
        third = Search(spark, LARGE, self.at("work"), wording=False)
        self.assertEqual(seeds(third.seeds()), before)
        self.assertEqual(third.kept.made, ["seeds"])
        self.assertEqual(same(self.at("one", "tables"), self.at("again", "tables")), [])


    def test_a_stage_that_fails_once_is_tried_again_and_one_that_fails_always_ends_the_job(self):
        script = self.at("retold")
        poison, always, tried = self.at("poison"), self.at("always"), self.at("tried")
        with open(script, "w", encoding="utf-8") as file:
            file.write(f'#!/bin/sh\nif [ "$2" = candidate ] && [ "$3" = --expect ]; then echo x >> "{tried}"; fi\n')
            file.write(f'if [ "$2" = candidate ] && [ "$3" = --expect ] && [ -e "{poison}" ]; then [ -e "{always}" ] || rm "{poison}"; ')
            file.write(f'echo "error: for the test" >&2; exit 3; fi\nexec "{find()}" "$@"\n')
        os.chmod(script, 0o755)
        spark = session("local-cluster[1,1,1024]")
        self.addCleanup(spark.stop)
        good = Search(spark, SMALL, self.at("good"), partitions=2, wording=False, executable=script)
        expected, attempts = seeds(good.seeds()), len(open(tried, encoding="utf-8").readlines())
        open(poison, "w").close()
        once = Search(spark, SMALL, self.at("once"), partitions=2, wording=False, executable=script)
        self.assertEqual(seeds(once.seeds()), expected)
        self.assertFalse(os.path.exists(poison))
        self.assertEqual(len(open(tried, encoding="utf-8").readlines()), 2 * attempts + 1)
        for name in (poison, always):
            open(name, "w").close()
        never = Search(spark, SMALL, self.at("never"), partitions=2, wording=False, executable=script)
        with self.assertRaises(Exception) as failed:
            never.seeds()
        self.assertIn("for the test", str(failed.exception))
        self.assertFalse(os.path.exists(self.at("never", "seeds", "_SUCCESS")))
        # Mended, it goes on where it stopped.
        os.remove(poison)
        again = Search(spark, SMALL, self.at("never"), partitions=2, wording=False, executable=script)
        self.assertEqual(seeds(again.seeds()), expected)
        self.assertEqual(again.kept.made, ["seeds"])


class Command(Case):
    """``python -m retold_spark``, as from a shell."""

    def run_it(self, source):
        """Runs it on two cores."""
        command = [sys.executable, "-m", "retold_spark", source, "-o", self.at("spark"), "--work", self.at("work"), "--master", "local[2]"]
        return subprocess.run([*command, "--", *TABLES], capture_output=True, text=True, check=False)

    def test_tables_as_on_one_machine_and_again_from_what_was_kept(self):
        one_machine(SMALL, self.at("one"), *TABLES)
        first, again = self.run_it(SMALL), self.run_it(SMALL)
        self.assertEqual((first.returncode, again.returncode), (0, 0), first.stderr[-2000:] + again.stderr[-2000:])
        self.assertIn("kept from an earlier run: nothing", first.stderr)
        self.assertIn("kept from an earlier run: aligned, frequencies", again.stderr)
        self.assertEqual(same(self.at("one"), self.at("spark")), [])

    def test_what_is_missing_is_said(self):
        missing = self.run_it(self.at("nowhere.jsonl"))
        self.assertEqual(missing.returncode, 2, missing.stderr[-2000:])
        self.assertIn("nowhere.jsonl; check the path", missing.stderr)


class Local(Case):
    """One process, many tasks."""

    @classmethod
    def setUpClass(cls):
        cls.spark = session("local[2]")

    @classmethod
    def tearDownClass(cls):
        cls.spark.stop()

    def test_any_number_of_parts_and_any_order(self):
        one_machine(SMALL, self.at("one"), *TABLES)
        lines = open(SMALL, encoding="utf-8").read().splitlines()
        random.Random(1).shuffle(lines)
        with open(self.at("shuffled.jsonl"), "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        found = set()
        for parts in (1, 4, 16):
            work = self.at(f"work{parts}")
            search = compare(self.spark, SMALL, self.at(f"out{parts}"), work, partitions=parts, flags=TABLES)
            self.assertEqual(same(self.at("one"), self.at(f"out{parts}")), [], f"{parts} parts")
            found.add(digest(search.aligned()))
        shuffled = Search(self.spark, self.at("shuffled.jsonl"), self.at("shuffled"), partitions=4, wording=False)
        found.add(digest(shuffled.aligned()))
        self.assertEqual(len(found), 1, found)

    def test_a_data_frame_in_any_order(self):
        rows = self.spark.read.json(SMALL)
        for name, frame in (("a", rows), ("b", rows.orderBy(F.rand(7)).repartition(5))):
            compare(self.spark, frame, self.at(name), self.at("work" + name), partitions=3, flags=TABLES)
        self.assertEqual(same(self.at("a"), self.at("b")), [])
        one_machine(self.at("worka", "corpus.jsonl"), self.at("one"), *TABLES)
        self.assertEqual(same(self.at("one"), self.at("a")), [])

    def test_parquet_as_on_one_machine(self):
        rows = self.spark.read.json(SMALL)
        rows.withColumn("date", F.to_date("date")).repartition(3).write.parquet(self.at("corpus"))
        one_machine(self.at("corpus"), self.at("one"), *TABLES)
        compare(self.spark, self.at("corpus"), self.at("spark"), self.at("work"), flags=TABLES)
        self.assertEqual(same(self.at("one"), self.at("spark")), [])

    def test_a_part_that_comes_twice_changes_nothing(self):
        search = Search(self.spark, SMALL, self.at("work"), partitions=2, wording=False)
        once = digest(search.aligned())
        facts, documents = search.texts(), search.documents().where("article is not null")
        twice = search._packets(documents.union(documents.limit(50)))
        self.assertGreater(grams(twice), grams(documents))
        self.assertEqual(seeds(search._run("candidate", twice, facts=facts)), seeds(search.seeds()))
        sketches = self.spark.read.parquet(self.at("work", "sketches"))
        # A part that counts twice lets more n-grams through the filter, and finds no more.
        reduced = search._run("copies", sketches.union(sketches).coalesce(1), facts=search._broadcast("numbers", search.numbers()))
        again = self.spark.sparkContext.broadcast(bytes(reduced.select("facts").first()[0]))
        more = search._run("document", search._articles(), "--search-only", facts=again).where("article is not null")
        self.assertGreater(grams(more), grams(documents))
        self.assertEqual(seeds(search._run("candidate", search._packets(more), facts=again)), seeds(search.seeds()))
        self.assertEqual(digest(search.aligned()), once)

    def test_what_is_left_out_has_a_row_and_a_reason(self):
        bad = ["no JSON", '{"outlet": "A"}', '{"outlet": "A", "text": "…"}', '{"outlet": "A", "text": "Advertisement"}']
        with open(SMALL, encoding="utf-8") as file, open(self.at("some.jsonl"), "w", encoding="utf-8") as out:
            out.write("\n".join([bad[0], *file.read().splitlines()[:40], *bad[1:]]) + "\n")
        one_machine(self.at("some.jsonl"), self.at("one"), *TABLES)
        with open(self.at("one", "tables", "skipped.csv"), encoding="utf-8-sig") as file:
            expected = list(csv.DictReader(file))
        found = Search(self.spark, self.at("some.jsonl"), self.at("work"), partitions=3, wording=False).skipped().collect()
        self.assertEqual(len(found), len(bad))
        self.assertEqual(len(found), len(expected))
        self.assertTrue(all(row.reason and row.mend for row in found), found)
        self.assertIn("Advertisement", [row.text for row in found])

    def test_counts_are_those_of_the_tables(self):
        one_machine(SMALL, self.at("one"), *TABLES)
        search = Search(self.spark, SMALL, self.at("work"), partitions=4)
        words, hits = {}, {}
        for row in search.counts().collect():
            if row.entry is None:
                words[row.outlet] = words.get(row.outlet, 0) + row.words
            else:
                hits[row.outlet] = hits.get(row.outlet, 0) + row.hits
        names = {}
        with open(self.at("one", "tables", "outlets.csv"), encoding="utf-8") as file:
            table = {row["outlet"]: int(row["words"]) for row in csv.DictReader(file)}
        self.assertEqual(words, table)
        with open(self.at("one", "tables", "hits.csv"), encoding="utf-8") as file:
            for row in csv.DictReader(file):
                names[row["outlet"]] = names.get(row["outlet"], 0) + 1
        self.assertEqual(hits, names)
        passages = search.aligned().where("reason is null").count()
        self.assertGreater(passages, 10)

    def test_clusters_both_ways(self):
        rng = random.Random(3)
        chain = [(i, i + 1) for i in range(200)]
        star = [(1000, 1000 + i) for i in range(1, 50)]
        clique = [(2000 + i, 2000 + j) for i in range(12) for j in range(i)]
        some = [(3000 + rng.randrange(300), 3000 + rng.randrange(300)) for _ in range(200)]
        edges = chain + star + clique + some
        rng.shuffle(edges)
        frame = self.spark.createDataFrame(edges, "node long, cluster long").repartition(5)
        search = Search(self.spark, SMALL, self.at("work"))
        reduced = search._run("cluster", search._run("cluster", frame).coalesce(1))
        self.assertEqual(digest(reduced), digest(components(frame)))
        whole = Search(self.spark, SMALL, self.at("work"), partitions=3, wording=False)
        self.assertEqual(digest(whole.clusters()), digest(whole.clusters("frames")))

    def test_what_is_wrong_is_named_with_its_mend(self):
        edges = self.spark.createDataFrame([(1, 2)], "node long, klaster long")
        search = Search(self.spark, SMALL, self.at("work"))

        def said(make):
            with self.assertRaises(Exception) as failed:
                make()
            return str(failed.exception)

        schema = said(lambda: search._run("cluster", edges).collect())
        self.assertIn('no column "cluster"', schema)
        self.assertIn("node bigint, cluster bigint", schema)
        typed = self.spark.createDataFrame([("a", 2)], "node string, cluster long")
        self.assertIn("is Utf8, and Int64 is wanted", said(lambda: search._run("cluster", typed).collect()))
        missing = said(lambda: typed.mapInArrow(stage("cluster", search.version, executable="/nowhere/retold"), "node long").collect())
        self.assertIn("there is no executable /nowhere/retold", missing)
        self.assertIn("set RETOLD", missing)
        good = self.spark.createDataFrame([(1, 2)], "node long, cluster long")
        other = said(lambda: good.mapInArrow(stage("cluster", "9.9.9"), "node long, cluster long").collect())
        self.assertIn(f"this is Retold {search.version}, and whoever starts it has 9.9.9", other)
        self.assertIn("install retold 9.9.9 on every executor", other)
        with self.assertRaises(RetoldError):
            Search(self.spark, SMALL, self.at("work"), executable="/nowhere/retold")

    def test_a_stream_that_is_cut_and_facts_of_another_version(self):
        sink = pa.BufferOutputStream()
        batch = pa.record_batch({"node": pa.array([1, 2] * 50, pa.int64()), "cluster": pa.array([2, 3] * 50, pa.int64())})
        with pa.ipc.new_stream(sink, batch.schema) as out:
            out.write_batch(batch)
        whole = sink.getvalue().to_pybytes()
        run = lambda data, *more: subprocess.run([find(), "stage", "cluster", *more], input=data, capture_output=True)  # noqa: E731
        self.assertEqual(run(whole).returncode, 0)
        cut = run(whole[: len(whole) // 2])
        self.assertEqual(cut.returncode, 2)
        self.assertIn(b"no whole Arrow IPC stream", cut.stderr)
        with open(self.at("facts"), "wb") as file:
            file.write(b"retold facts 0.0.1 1\n")
        old = run(whole, "--facts", self.at("facts"))
        self.assertEqual(old.returncode, 2)
        self.assertIn(b"the facts are of version 0.0.1 1", old.stderr)


class Standalone(Case):
    """A master and two workers as processes of their own, on loopback."""

    def setUp(self):
        super().setUp()
        self.children = []
        self.addCleanup(lambda: [self.kill(child) for child in self.children])
        port = 17000 + os.getpid() % 2000
        self.master = f"spark://127.0.0.1:{port}"
        self.start("Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", str(port + 1))
        time.sleep(4)
        self.workers = [self.worker(number, port + 2 + number) for number in (1, 2)]

    def start(self, name, *arguments, **environment):
        """A daemon in a group of its own, with all that it starts."""
        import pyspark

        home = os.path.dirname(pyspark.__file__)
        command = [os.path.join(home, "bin", "spark-class"), f"org.apache.spark.deploy.{name.lower()}.{name}", *arguments]
        known = {**os.environ, "SPARK_HOME": home, "SPARK_LOCAL_IP": "127.0.0.1", **environment}
        with open(self.at(f"{name}-{len(self.children)}.log"), "wb") as log:
            child = subprocess.Popen(command, stdout=log, stderr=log, env=known, start_new_session=True)
        self.children.append(child)
        return child

    def worker(self, number, port):
        """A worker with one core, and folders that nobody else has."""
        work, shuffled = self.at(f"worker{number}"), self.at(f"local{number}")
        flags = ["--host", "127.0.0.1", "-c", "1", "-m", "1g", "--webui-port", str(port), "-d", work, self.master]
        return self.start("Worker", *flags, SPARK_LOCAL_DIRS=shuffled), shuffled

    @staticmethod
    def executors(worker):
        """What a worker has started: its executors are no children of its group."""
        listed = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout.splitlines()
        rows = [line.split(None, 2) for line in listed[1:]]
        below, grown = {worker.pid}, True
        while grown:
            more = {int(pid) for pid, parent, _ in rows if int(parent) in below} - below
            below |= more
            grown = bool(more)
        return below

    def kill(self, child):
        """Kills a daemon and all that it started, as a machine dies."""
        for pid in self.executors(child):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        child.wait()

    def test_a_worker_that_dies_with_its_files_while_passages_are_aligned(self):
        one_machine(SMALL, self.at("one"), *TABLES)
        # The first alignments wait, so that the worker dies in the midst of them.
        script = self.at("retold")
        with open(script, "w", encoding="utf-8") as file:
            file.write(f'#!/bin/sh\nif [ "$1 $2 $3" = "stage align --expect" ]; then echo "$$" >> "{self.at("aligning")}"; sleep 3; fi\nexec "{find()}" "$@"\n')
        os.chmod(script, 0o755)
        spark = session(self.master, **{"spark.executor.memory": "1g", "spark.executor.cores": "1"})
        self.addCleanup(spark.stop)
        killed = {}

        def murder():
            while not os.path.exists(self.at("aligning")):
                time.sleep(0.05)
            time.sleep(1)
            worker, shuffled = self.workers[0]
            files = [os.path.join(at, name) for at, _, names in os.walk(shuffled) for name in names if name.startswith("shuffle_")]
            with open(self.at("aligning"), encoding="utf-8") as file:
                own = self.executors(worker) & {int(line) for line in file}
            killed.update(alive=worker.poll() is None, files=len(files), running=running.is_set(), aligning=len(own))
            self.kill(worker)
            shutil.rmtree(shuffled, ignore_errors=True)

        running = threading.Event()
        running.set()
        murderer = threading.Thread(target=murder, daemon=True)
        murderer.start()
        search = compare(spark, SMALL, self.at("spark"), self.at("work"), partitions=4, flags=TABLES, executable=script)
        running.clear()
        murderer.join(30)
        # The worker lived, had files of shuffles and was aligning, and the job was not over.
        self.assertEqual((killed.get("alive"), killed.get("running"), killed.get("aligning")), (True, True, 1), killed)
        self.assertGreater(killed["files"], 0)
        lost = spark._jsc.sc().getExecutorMemoryStatus().size() < 3
        self.assertTrue(lost, "the executor of the worker is gone")
        # Alignments were begun more often than there are parts: those that were lost, again.
        with open(self.at("aligning"), encoding="utf-8") as file:
            self.assertGreater(len(file.readlines()), 4)
        self.assertEqual(same(self.at("one"), self.at("spark")), [])
        self.assertIn("aligned", search.kept.made)


if __name__ == "__main__":
    unittest.main(verbosity=2, argv=[sys.argv[0], *sys.argv[1:]])
