#!/usr/bin/env bash
# Makes dist/retold-VERSION-TARGET.tar.gz: the program, completions, manual, licences. The same sources and the same toolchain give
# the same archive.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo build --locked --release
program=target/release/retold
version=$("$program" --version | cut -d' ' -f2)
name=retold-$version-$(rustc -vV | sed -n 's/^host: //p')
place=dist/$name
rm -rf "$place" "dist/$name.tar.gz"
mkdir -p "$place/completions" "$place/licences/fonts"

cp "$program" README.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE "$place/"
"$program" completions bash >"$place/completions/retold.bash"
"$program" completions zsh >"$place/completions/_retold"
"$program" completions fish >"$place/completions/retold.fish"
"$program" completions powershell >"$place/completions/_retold.ps1"
"$program" completions elvish >"$place/completions/retold.elv"
"$program" man "$place/man/man1" >/dev/null

# What is built in carries its licences along.
cp fonts/*-OFL.txt "$place/licences/fonts/"
crates=$(mktemp -d)
trap 'rm -rf "$crates"' EXIT
cargo vendor --locked --versioned-dirs "$crates" >/dev/null 2>&1
cargo tree --locked --edges normal,build --prefix none --format '{p}|{l}' | sed 's/ (\*)$//; s/ ([^|]*)|/|/' | sort -u >"$crates/list"
printf 'Packages that are built into Retold, and their licences.\n\n' >"$place/licences/README.txt"
while IFS='|' read -r package licence; do
    folder=$crates/${package/ v/-}
    found=' (no text in the package)'
    for text in "$folder"/LICENSE* "$folder"/LICENCE* "$folder"/COPYING* "$folder"/UNLICENSE*; do
        if [ -f "$text" ]; then
            mkdir -p "$place/licences/${package/ v/-}"
            cp "$text" "$place/licences/${package/ v/-}/"
            found=
        fi
    done
    printf '%s  %s%s\n' "$package" "$licence" "$found" >>"$place/licences/README.txt"
done < <(grep -v '^retold ' "$crates/list")

tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -C dist -cf - "$name" | gzip -9n >"dist/$name.tar.gz"
echo "dist/$name.tar.gz"
