#!/usr/bin/env bash
# A browser looks at what Retold writes: run.sh PROGRAM (the release build) [CHECK…]. Two packages come from npm, by their lock file;
# Node and Chromium are used where they are there and installed where that is possible. CHROMIUM names another one.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
program=$(realpath "$1")
shift
cd "$here/../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

browser() { command -v "${CHROMIUM:-}" chromium chromium-browser google-chrome 2>/dev/null | head -n 1; }

# Only what is not there: a Node from elsewhere brings npm along, and conflicts with the npm of the distribution.
missing=()
[ -n "$(browser)" ] || missing+=(chromium fonts-dejavu-core)
command -v npm >/dev/null || missing+=(nodejs npm)
if [ ${#missing[@]} -gt 0 ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        (apt-get update -qq && timeout 240 apt-get install -y -qq --no-install-recommends "${missing[@]}") >"$work/apt.log" 2>&1 ||
            { tail -n 5 "$work/apt.log"; echo 'Node and Chromium could not be installed'; }
    fi
fi
CHROMIUM=$(browser) || true
[ -n "$CHROMIUM" ] || { echo 'no Chromium was found; CHROMIUM=/path/to/it names one'; exit 1; }
export CHROMIUM

npm ci --prefix "$here" --ignore-scripts --no-audit --no-fund --loglevel=error >"$work/npm.log" 2>&1 || { cat "$work/npm.log"; exit 1; }

compare() { "$program" compare --isolated --quiet "$@" >/dev/null; }
hostile() {
    compare tests/data/hostile_report/articles.jsonl --lexicon en/framing --lexicon tests/data/hostile_report/list.csv \
        --title "<script>window.__pwned='page title'</script>" -o "$work/out/$1" "${@:2}"
}
mkdir "$work/out"
png=()
if "$program" compare --help | grep -q -- --png; then png=(--png); fi
compare seeds -o "$work/out/seeds" --text full "${png[@]}"
compare tests/data/events1916.jsonl -o "$work/out/events"
hostile hostile --text full "${png[@]}"
hostile hostile-none --text none
hostile hostile-masked --mask-outlets
if "$program" demo --help >/dev/null 2>&1; then "$program" demo -o "$work/out/demo" >/dev/null; fi
if "$program" worksheet --help >/dev/null 2>&1; then
    "$program" worksheet seeds -o "$work/out/worksheet" >/dev/null
    "$program" worksheet tests/data/hostile_report/articles.jsonl --lexicon en/framing --lexicon tests/data/hostile_report/list.csv \
        --title "<script>window.__pwned='page title'</script>" --name-outlets -o "$work/out/worksheet-hostile" >/dev/null
fi
node "$here/main.mjs" "$work/out" "$@"
