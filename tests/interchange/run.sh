#!/usr/bin/env bash
# Other programs read what Retold writes: run.sh PROGRAM (the release build). Python's packages come from PyPI into a folder of its
# own; R and LibreOffice are used where they are there, installed where that is possible, and said to be missing otherwise.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
program=$(realpath "$1")
cd "$here/../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if ! command -v Rscript >/dev/null || ! command -v soffice >/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        (apt-get update -qq && timeout 240 apt-get install -y -qq --no-install-recommends r-base-core libreoffice-calc-nogui) >"$work/apt.log" 2>&1 ||
            echo 'R and LibreOffice could not be installed'
    fi
fi

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"

compare() { "$program" compare --isolated --quiet "$@" >/dev/null; }
compare seeds -o "$work/seeds" --pairs --excel --format jsonl
compare seeds -o "$work/seeds-again" --pairs --excel --format jsonl
compare tests/interchange/villa.jsonl -o "$work/villa" --pairs --text full
compare tests/interchange/villa.jsonl -o "$work/villa-none" --pairs --text none --format jsonl,passim --excel
compare tests/interchange/villa.jsonl -o "$work/villa-masked" --mask-outlets --excel
compare seeds -o "$work/seeds-tables" --only tables
"$program" schema >"$work/schema.json"

cmp "$work/seeds/tables.xlsx" "$work/seeds-again/tables.xlsx"
"$work/venv/bin/python" "$here/check.py" "$work"
