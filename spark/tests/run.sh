#!/usr/bin/env bash
# Builds the wheel, installs it with Spark into an environment of its own, and tries it on loopback. Needs Python 3.9 and Java 17;
# installs Java where it can. `spark/tests/run.sh Local` runs one class of tests.
set -euo pipefail
cd "$(dirname "$0")/../.."

if ! command -v java >/dev/null; then
    apt-get update -qq && apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless
fi
home=$PWD/target/tools/spark
python=$home/bin/python
if ! "$python" -c 'import pyspark, pyarrow, pandas' 2>/dev/null; then
    python3 -m venv "$home"
    "$python" -m pip install --quiet 'pyspark==4.3.0' 'pyarrow>=18,<27' 'pandas>=2.2,<3' 'numpy<3' 'maturin>=1.7,<2'
fi

rm -rf target/wheels
(cd spark && CARGO_TARGET_DIR=$PWD/../target "$home/bin/maturin" build --release --locked --quiet --out ../target/wheels)
"$python" -m pip install --quiet --no-deps --force-reinstall target/wheels/*.whl

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat tests/data/events1916.jsonl tests/data/barre1916.jsonl tests/interchange/villa.jsonl >"$folder/stories.jsonl"
gzip -dc spark/tests/data/border1916.jsonl.gz >"$folder/border1916.jsonl"
export SMALL=$folder/stories.jsonl LARGE=$folder/border1916.jsonl STORIES=$PWD/tests/data
export RETOLD=$home/bin/retold PYSPARK_PYTHON=$python PYSPARK_DRIVER_PYTHON=$python SPARK_LOCAL_IP=127.0.0.1
cd spark/tests
if [ $# -gt 0 ]; then "$python" -m unittest -v "${@/#/test_spark.}"; exit; fi
"$python" test_spark.py
"$python" test_update.py
