"""The ``retold`` executable: where it is, which version it is, and how its stages are run inside a task."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading

import pyarrow as pa
from pyspark import SparkFiles, TaskContext

INSTALL = "install retold-spark there, or set RETOLD to the path of retold (spark.executorEnv.RETOLD for executors)"


class RetoldError(RuntimeError):
    """What went wrong, and how to mend it."""


def find(given=None):
    """The path of the executable: as given, as RETOLD says, beside this Python, or on the path."""
    named = given or os.environ.get("RETOLD")
    if named:
        if os.path.isfile(named) and os.access(named, os.X_OK):
            return os.path.abspath(named)
        raise RetoldError(f"there is no executable {named}; {INSTALL}")
    beside = os.path.join(os.path.dirname(sys.executable), "retold")
    found = beside if os.path.isfile(beside) else shutil.which("retold")
    if not found:
        raise RetoldError(f"the executable retold was not found; {INSTALL}")
    return found


def stages(executable):
    """Version, version of tables, and columns of each stage, as the executable tells them."""

    def ask(*arguments):
        asked = subprocess.run([executable, "stage", *arguments], capture_output=True, text=True, check=False)
        if asked.returncode != 0:
            raise RetoldError(f"{executable}: {asked.stderr.strip() or 'no answer'}; {INSTALL}, built with the feature arrow")
        return asked.stdout

    names = [line.split()[0] for line in ask().splitlines() if line.strip()]
    return {name: json.loads(ask(name, "--schema")) for name in names}


def facts_file(content):
    """A file of this executor with the facts, written once, whatever the number of tasks that ask. It lies where Spark keeps the
    executor's files, so that nobody else writes there and it goes with the executor."""
    folder = SparkFiles.getRootDirectory()
    path = os.path.join(folder, f"retold-{hashlib.sha256(content).hexdigest()}.facts")
    if not os.path.exists(path):
        making, making_name = tempfile.mkstemp(dir=folder)
        with os.fdopen(making, "wb") as file:
            file.write(content)
        # Several tasks may come here at once: each brings the same file whole.
        os.replace(making_name, path)
    return path


def stage(name, version, arguments=(), facts=None, executable=None, numbers_parts=False):
    """A function for ``mapInArrow`` that runs a stage as a child process: batches go in and out as Arrow IPC streams.

    A child that ends badly fails the task, so that Spark tries it again; what it gave out before is not used then.
    """

    def run(batches):
        batches = iter(batches)
        first = next(batches, None)
        if first is None:
            return
        command = [find(executable), "stage", name, "--expect", version, "--isolated", *arguments]
        if facts is not None:
            command += ["--facts", facts_file(facts.value)]
        if numbers_parts:
            command += ["--part", str(TaskContext.get().partitionId())]
        with tempfile.TemporaryFile() as told:
            child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=told)
            failed = []

            def feed():
                try:
                    with pa.ipc.new_stream(child.stdin, first.schema) as stream:
                        stream.write_batch(first)
                        for batch in batches:
                            stream.write_batch(batch)
                    child.stdin.close()
                except BrokenPipeError:
                    pass  # The child says itself why it reads no more.
                except BaseException as error:  # noqa: B902: what feeds the child fails the task, wherever it is raised
                    failed.append(error)
                    child.kill()

            feeding = threading.Thread(target=feed, daemon=True)
            feeding.start()
            broken = None
            try:
                with pa.ipc.open_stream(child.stdout) as stream:
                    yield from stream
            except (pa.ArrowInvalid, OSError) as error:
                broken = error
            except BaseException:
                # Whoever reads wants no more, as after a limit: nor does anybody wait for the child then.
                child.kill()
                raise
            finally:
                child.stdout.close()
                ended = child.wait()
                feeding.join()
            if failed:
                raise failed[0]
            if ended != 0 or broken is not None:
                told.seek(0)
                lines = told.read().decode("utf-8", "replace").strip().splitlines()
                raise RetoldError(f"stage {name} ended with {ended}: {' '.join(lines[-4:]) or broken}")

    return run
