#!/usr/bin/env bash
# Kills runs at random instants and looks at what is left: tests/kills/run.sh PROGRAM [N]. Half of N (100 if not given) come at any
# time of a run, half while it writes. After each, the folder holds the earlier result or the new one, every file as its run.json
# says and a note that is not Retold's; the next run succeeds unaided, and nothing lies beside.
# Last, a run of 100,001 articles is killed between two stages and resumed.
set -euo pipefail
program=$(realpath "$1")
n=${2:-100}
cd "$(dirname "$0")/../.."
seeds=$PWD/seeds
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
out=$place/out

fail() { printf 'after kill %s: %s\n' "$kill" "$1" >&2; ls -A "$place" >&2; exit 1; }
now() { date +%s%N; }
start() { "$program" compare "$seeds" -o "$out" --title "result $1" --quiet >"$place.log" 2>&1 & }
# Names and hashes of the files that the manifest lists, as sha256sum checks them.
listed() { sed -n '/^  "outputs"/,/^  ]/s/^ *"\(name\|sha256\)": "\([^"]*\)",\{0,1\}$/\2/p' "$out/run.json" | paste - - | awk '{ print $2 "  " $1 }'; }
whole() {
    [ -f "$out/run.json" ] || fail 'no run.json'
    listed >"$place.sums"
    [ "$(wc -l <"$place.sums")" -gt 20 ] || fail 'the manifest lists too few files'
    (cd "$out" && sha256sum --quiet --strict -c "$place.sums") || fail 'a file is not as run.json says'
    [ "$(cat "$out/note.txt")" = mine ] || fail 'the note is gone'
    [ "$(find "$out" -type f | wc -l)" -eq $(($(wc -l <"$place.sums") + 2)) ] || fail 'there are other files'
}
# Which result stands there, told by its title.
standing() { grep -o 'result [0-9]*' "$out/report.html" | head -n 1; }
in_writing() { compgen -G "$place/.retold-*/tables" >/dev/null; }

# How long a run takes, and how long it writes: the least of three, so that few kills come after the end.
kill=0 run=0 writing=0
for _ in 1 2 3; do
    began=$(now)
    start 0
    until in_writing || ! kill -0 $! 2>/dev/null; do :; done
    wrote=$(now)
    wait $!
    ended=$(now)
    if ((run == 0 || ended - began < run)); then run=$((ended - began)); fi
    if ((writing == 0 || ended - wrote < writing)); then writing=$((ended - wrote)); fi
done
echo mine >"$out/note.txt"
printf 'a run takes %d ms, %d of them writing\n' $((run / 1000000)) $((writing / 1000000))

old=0 new=0 late=0 left=0 kill=0 last='result 0'
# A kill that comes after the end is none and does not count; more of those than of others would be no test.
while ((kill - late < n && late <= n)); do
    kill=$((kill + 1))
    start "$kill"
    job=$!
    if ((kill % 2)); then
        span=$run
    else
        span=$writing
        until in_writing || ! kill -0 "$job" 2>/dev/null; do :; done
    fi
    sleep "$(awk -v span="$span" -v seed="$RANDOM$RANDOM" 'BEGIN { srand(seed); printf "%.4f", span * rand() / 1e9 }')"
    kill -KILL "$job" 2>/dev/null || true
    code=0
    wait "$job" 2>/dev/null || code=$?
    whole
    if ((code != 137)); then
        late=$((late + 1)) last="result $kill"
        continue
    fi
    case $(standing) in
        "$last") old=$((old + 1)) ;;
        "result $kill") new=$((new + 1)) ;;
        *) fail "a result that nobody made: $(standing)" ;;
    esac
    compgen -G "$place/.retold-*" >/dev/null && left=$((left + 1))
    start "$((kill + 1000000))"
    wait $! || fail "the next run failed: $(cat "$place.log")"
    whole
    last="result $((kill + 1000000))"
    [ "$(standing)" = "$last" ] || fail 'the next run is not in its place'
    [ "$(ls -A "$place")" = out ] || fail 'something lies about after the next run'
done
rm -f "$place.log" "$place.sums"
((late <= n)) || fail 'too many came after the end'
printf '%d kills: %d left the earlier result, %d the new one, none a mixture; %d left something beside, which the next run cleared (%d more came after the end)\n' \
    "$n" "$old" "$new" "$left" "$late"

# Above 100,000 articles stages are kept unasked: what was killed goes on with --resume where it stopped, and comes to the same bytes.
fail() { printf 'a large run: %s\n' "$1" >&2; ls -A "$place" >&2; exit 1; }
awk 'BEGIN {
    for (i = 0; i < 100001; i++) {
        n = int(i / 2)
        printf "{\"id\": \"%d\", \"outlet\": \"%s\", \"text\": \"Report %d of the council says that gate %d was shut by crew %d on %s, and that it will open again.\"}\n", \
            i, i % 2 ? "Gazette" : "Courier", n, n * 7, n * 13, i % 2 ? "Monday" : "Sunday"
    }
}' >"$place/many.jsonl"
large() { "$program" compare "$place/many.jsonl" -o "$place/$1" --only tables "${@:2}" >"$place.log" 2>&1; }
large whole || fail "$(cat "$place.log")"
[ ! -e "$place/whole.work" ] || fail 'a run that came to its end left its stages'
"$program" compare "$place/many.jsonl" -o "$place/cut" --only tables >"$place.log" 2>&1 &
job=$!
until [ -e "$place/cut.work/passages.stage" ] || ! kill -0 "$job" 2>/dev/null; do sleep 0.01; done
kill -KILL "$job" 2>/dev/null || fail 'it came to its end before it was killed'
wait "$job" 2>/dev/null || true
[ ! -e "$place/cut" ] || fail 'a result of what was killed'
large cut --resume || fail "$(cat "$place.log")"
grep -q 'passages: used as an earlier run kept them' "$place.log" || fail "nothing was used: $(cat "$place.log")"
diff -r "$place/whole/tables" "$place/cut/tables" >/dev/null || fail 'other results'
[ ! -e "$place/cut.work" ] || fail 'stages are left'
rm -f "$place.log"
echo 'a large run that was killed went on where it had stopped, to the same tables'
