"""What is kept between stages: tables of Parquet, each with what it was made from, so that a run that was cut off goes on."""

import hashlib
import json

MARK = "_SUCCESS"
KEY = "retold.json"


def key_of(*parts):
    """What must be the same for a kept table to be used."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


class Checkpoints:
    """A folder of tables, on any file system that Spark writes to."""

    def __init__(self, spark, folder):
        self.spark = spark
        self.folder = folder.rstrip("/")
        self.used = []
        self.made = []
        self._tables = {}

    def _path(self, *names):
        return self.spark._jvm.org.apache.hadoop.fs.Path("/".join([self.folder, *names]))

    def _system(self):
        return self._path().getFileSystem(self.spark._jsc.hadoopConfiguration())

    def _read(self, path):
        stream = self._system().open(path)
        try:
            return bytes(stream.readAllBytes()).decode()
        finally:
            stream.close()

    def holds(self, name, key):
        """Whether a table is whole and was made from the same: without its mark of success it is not read."""
        system = self._system()
        mark, written = self._path(name, MARK), self._path(f"{name}.{KEY}")
        return system.exists(mark) and system.exists(written) and json.loads(self._read(written)).get("key") == key

    def kept(self, name):
        """A table of a run that is over, whatever it was made from; ``None`` where it is not whole. Nothing is written."""
        whole = self._system().exists(self._path(name, MARK)) and self._system().exists(self._path(f"{name}.{KEY}"))
        return self.spark.read.parquet(f"{self.folder}/{name}") if whole else None

    def written(self, name):
        """When a table was finished, as its file system says."""
        return self._system().getFileStatus(self._path(f"{name}.{KEY}")).getModificationTime()

    def table(self, name, key, make):
        """The table as it was kept, or as ``make`` makes it now, which is kept then."""
        # Looked up once: for each read of a table whose columns it is not told, Spark starts a job.
        if (name, key) not in self._tables:
            self._tables[name, key] = self._kept_or_made(name, key, make)
        return self._tables[name, key]

    def _kept_or_made(self, name, key, make):
        place = f"{self.folder}/{name}"
        if self.holds(name, key):
            self.used.append(name)
        else:
            system = self._system()
            # The key goes first and comes last: a table that is half made has none.
            system.delete(self._path(f"{name}.{KEY}"), False)
            made = make()
            made.write.mode("overwrite").option("compression", "zstd").parquet(place)
            out = system.create(self._path(f"{name}.{KEY}"), True)
            try:
                out.write(bytearray(json.dumps({"key": key}).encode()))
            finally:
                out.close()
            self.made.append(name)
            return self.spark.read.schema(made.schema).parquet(place)
        return self.spark.read.parquet(place)
