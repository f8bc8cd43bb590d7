"""Updates: a day set beside those before it, on kept tables that nobody writes again.

Started by run.sh, which sets RETOLD to the executable and STORIES to a folder with files of JSON lines, about 270 stories.
"""

import json
import os
import shutil
import tempfile
import unittest

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from retold_spark import Search
from retold_spark.executable import RetoldError, find

STORIES = os.environ["STORIES"]
SENTENCE = "The harbour pilot Josiah Merriweather towed four burning lighters past the ironworks before dawn on Tuesday."


def stories():
    """The stories in order of their dates, each with an id of its own."""
    found = []
    for name in sorted(os.listdir(STORIES)):
        if name.endswith("1916.jsonl"):
            with open(os.path.join(STORIES, name), encoding="utf-8") as file:
                found += [{**json.loads(line), "id": f"{name} {i}"} for i, line in enumerate(file)]
    return sorted(found, key=lambda story: (story["date"], story["id"]))


def files(folder):
    """Every file below a folder with what tells a change."""
    at = [os.path.join(top, name) for top, _, names in os.walk(folder) for name in names]
    return {path: (os.stat(path).st_size, os.stat(path).st_mtime_ns, os.stat(path).st_ino) for path in at}


def passages(frame):
    """The passages of a table, whole."""
    rows = frame.where("reason is null").collect()
    return sorted(repr(tuple(bytes(v) if isinstance(v, bytearray) else v for v in row)) for row in rows)


class Update(unittest.TestCase):
    """Three days of stories, every fifth a day late, every fifth two."""

    @classmethod
    def setUpClass(cls):
        plain = {
            "spark.ui.enabled": "false",
            "spark.sql.shuffle.partitions": "3",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.memory": "1g",
            "spark.executorEnv.RETOLD": find(),
        }
        builder = SparkSession.builder.master("local[2]").appName("retold tests")
        for name, value in plain.items():
            builder = builder.config(name, value)
        cls.spark = builder.getOrCreate()
        cls.spark.sparkContext.setLogLevel("ERROR")

    @classmethod
    def tearDownClass(cls):
        cls.spark.stop()

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.days = [[], [], []]
        for i, story in enumerate(stories()):
            self.days[{3: 1, 4: 2}.get(i % 5, 0)].append(story)

    def at(self, *names):
        """A place in the folder of the test."""
        return os.path.join(self.folder, *names)

    def written(self, name, rows):
        """A file of stories."""
        with open(self.at(name), "w", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        return self.at(name)

    def search(self, day, rows, earlier=None, parts=2, work=None, **more):
        """The search of a day."""
        keep = {} if earlier else {"keep_postings": True}
        source = self.written(f"day{day}.jsonl", rows)
        return Search(self.spark, source, self.at(work or f"work{day}"), parts, wording=False, earlier=earlier, **keep, **more)

    def ids(self, chain):
        """The id in the records of each article of the corpus."""
        found = {}
        for search in chain:
            rows = search.records().join(search.numbers().withColumnRenamed("article", "place"), "row").join(search.documents().drop("outlet"), "place")
            found.update((row.article, row.source_id) for row in rows.where("article is not null").select("article", "source_id").collect())
        return found

    def pairs(self, frame, ids):
        """Which articles share a passage, by their ids."""
        rows = frame.where("reason is null").select("left", "right").distinct().collect()
        return {tuple(sorted((ids[row.left], ids[row.right]))) for row in rows}

    def test_three_days_are_as_one_run(self):
        one = self.search(1, self.days[0])
        one.clusters()
        before = files(self.at("work1"))
        os.remove(self.at("day1.jsonl"))  # A source may be gone when the next day comes.
        two = self.search(2, self.days[1], one)
        two.clusters()
        before_third = files(self.at("work2"))
        # Another session knows earlier days by their work folders alone.
        again = Search(self.spark, self.at("nowhere"), self.at("work1"))
        third = self.search(3, self.days[2], Search(self.spark, self.at("nowhere"), self.at("work2"), earlier=again), 3)
        found = third.all_aligned()
        self.assertEqual(files(self.at("work1")), before)
        self.assertEqual(files(self.at("work2")), before_third)
        for search in (two, third):
            first = search.documents().agg(F.min("article")).first()[0]
            new = search.aligned().where("reason is null")
            self.assertGreater(new.count(), 5)
            self.assertEqual(new.where(F.col("right") < first).count(), 0)
        self.assertEqual(found.count(), sum(one.kept.kept("aligned").count() for one in (one, two, third)))
        # The same for another number of tasks; and nothing is made twice.
        other = self.search("other3", self.days[2], two, 1)
        self.assertEqual(passages(other.aligned()), passages(third.aligned()))
        kept = Search(self.spark, self.at("day3.jsonl"), self.at("work3"), 3, wording=False, earlier=two)
        kept.aligned()
        self.assertEqual(kept.kept.made, [])
        # Clusters of all days, by labels of the day before and by frames, are those of all passages.
        labels = {row.node: row.cluster for row in kept.clusters().collect()}
        self.assertEqual(labels, {row.node: row.cluster for row in kept.clusters("frames").collect()})
        edges = Search._edges(kept.all_aligned())
        self.assertEqual(labels, {row.node: row.cluster for row in kept._run("cluster", edges.coalesce(1)).collect()})
        # One run over all days: its own counts of words and furniture, and n-grams of 6 words, as 268 articles have, in place of the 5
        # of the first day's 161. So the days may find more; under the same settings tests/stages_update.rs has them find the same.
        whole = self.search("whole", sum(self.days, []))
        first = Search(self.spark, self.written("day1.jsonl", self.days[0]), self.at("ids1"), wording=False)
        ids = self.ids([first, two, third])
        ours, theirs = self.pairs(kept.all_aligned(), ids), self.pairs(whole.aligned(), self.ids([whole]))
        print(f"{len(theirs)} pairs in one run, {len(ours)} in three days, {len(ours & theirs)} in both")
        self.assertGreater(len(theirs), 30)
        self.assertGreaterEqual(len(ours & theirs), 0.95 * len(theirs))

    def test_a_sentence_that_stood_once(self):
        def other(n):
            return f"Report {n} of the county surveyor counts {n + 40} culverts along turnpike {n * 3}, and asks for gravel."

        def story(name, outlet, date, n):
            return {"id": name, "outlet": outlet, "date": date, "text": f"{other(n)}\n{SENTENCE}\n{other(n + 1)}"}

        for window, found in ((None, {("new", "old"), ("late", "old"), ("late", "new")}), (10, {("new", "old")})):
            name = f"w{window}"
            one = self.search(name + "1", [*self.days[0][:60], story("old", "The Evening Star", "1916-03-01", 1)], window=window)
            self.assertNotIn("old", {name for pair in self.pairs(one.aligned(), self.ids([one])) for name in pair})
            two = self.search(name + "2", [story("new", "EVENING STAR", "1916-03-02", 3)], one)
            two.aligned()
            third = self.search(name + "3", [story("late", "Another", "1916-06-02", 5)], two)
            ids = self.ids([one, two, third])
            new = {*self.pairs(two.aligned(), ids), *self.pairs(third.aligned(), ids)}
            self.assertEqual(new, {tuple(sorted(pair)) for pair in found}, window)
            # Far days are not shipped at all.
            sent = third._packets(third.all_documents()).select(F.sum(F.length("postings") / 16)).first()[0]
            own = third.documents().select(F.sum(F.length("postings") / 16)).first()[0]
            self.assertEqual(sent == own, window is not None, (sent, own))

    def test_what_an_update_cannot_go_on_from(self):
        plain = Search(self.spark, self.written("plain.jsonl", self.days[0][:30]), self.at("plain"), 2, wording=False)
        with self.assertRaises(RetoldError) as unmade:
            self.search(2, self.days[1], plain)
        self.assertIn("no table frequencies that is whole; run aligned()", str(unmade.exception))
        plain.aligned()
        with self.assertRaises(Exception) as dropped:
            self.search(2, self.days[1], plain).aligned()
        self.assertIn("run order with --keep-postings", str(dropped.exception))
        with self.assertRaises(RetoldError) as own:
            self.search(2, self.days[1], plain, work="plain")
        self.assertIn("a work folder of its own", str(own.exception))


if __name__ == "__main__":
    unittest.main(verbosity=2)
