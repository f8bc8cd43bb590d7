#!/usr/bin/env bash
# Runs fuzz targets one after the other: `fuzz/run.sh 60` gives each 60 seconds, `fuzz/run.sh -runs 1000000 csv html` each of these
# a million executions. Needs the nightly toolchain; installs it and cargo-fuzz where they are missing. What is found lies in
# fuzz/artifacts/TARGET; what each run came to in fuzz/corpus/TARGET.log.
set -euo pipefail
cd "$(dirname "$0")/.."

bound=(-max_total_time=60)
case "${1:-}" in
    -runs) bound=("-runs=$2"); shift 2 ;;
    [0-9]*) bound=("-max_total_time=$1"); shift ;;
esac
targets=("$@")
[ "${#targets[@]}" -gt 0 ] || targets=(fuzz/fuzz_targets/*.rs)

cargo +nightly --version >/dev/null 2>&1 || rustup toolchain install nightly --profile minimal
cargo fuzz --version >/dev/null 2>&1 || cargo install cargo-fuzz

status=0
for target in "${targets[@]}"; do
    target=$(basename "$target" .rs)
    corpus=fuzz/corpus/$target
    mkdir -p "$corpus"
    # Starts: what was kept, and the first bytes of every format's samples.
    cp -f tests/data/fuzz/"$target"/* "$corpus"/ 2>/dev/null || true
    case $target in
        csv) samples=(tests/formats/{csv,csv-excel,csv-latin1,tsv,mediacloud}/*) ;;
        jsonl) samples=(tests/formats/jsonl/*) ;;
        json) samples=(tests/formats/{json,eventregistry,gdelt,newsapi,ninjs1,ninjs3}/*) ;;
        html) samples=(tests/formats/{html,factiva}/*) ;;
        rtf) samples=(tests/formats/{nexis-rtf,factiva-rtf}/*) ;;
        xml) samples=(tests/formats/{feed,nitf,newsml-g2}/*) ;;
        text) samples=(tests/formats/{nexis-text,proquest}/*) ;;
        lexicon_toml) samples=(lexicons/en/framing/*.toml) ;;
        words | voice) samples=(seeds/*.txt) ;;
        *) samples=() ;;
    esac
    for sample in "${samples[@]}"; do head -c 3000 "$sample" >"$corpus/$(basename "$sample")"; done
    # No sanitiser: Retold forbids unsafe code. Comparisons are not traced: twice as many inputs are tried. An input is new by the
    # edges it takes, not by how often: with so large a program libFuzzer otherwise spends four fifths of the time on its own lists.
    echo "== $target"
    cargo +nightly fuzz run -s none --no-trace-compares "$target" -- "${bound[@]}" -max_len=600 -timeout=5 -rss_limit_mb=1024 \
        -use_counters=0 -entropic=0 -reduce_inputs=0 -print_final_stats=1 >"$corpus.log" 2>&1 || status=1
    grep -E '^(stat::|==|SUMMARY)|panicked at|^#[0-9]+.*DONE' "$corpus.log" | tail -12
done
exit $status
