"""Reads output folders with the programs that people use, and says where what they see is not what is declared.

Usage: check.py FOLDER, which holds schema.json and the folders that run.sh writes.
"""

import csv
import hashlib
import html
import json
import os
import shutil
import stat
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

import duckdb
import jsonschema
import networkx
import openpyxl
import pandas
from frictionless import Package, system

csv.field_size_limit(1 << 24)
PANDAS = {"string": "string", "integer": "Int64", "number": "float64", "boolean": "boolean"}
DUCKDB = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}
faults = []


def expect(holds, what):
    if not holds:
        faults.append(what)


def package_of(folder):
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def rows_of(folder, name):
    with open(folder / "tables" / f"{name}.csv", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def same(declared, cell, seen):
    """Whether a program saw in a cell what is declared."""
    if cell == "":
        return pandas.isna(seen)
    if pandas.isna(seen):
        return False
    if declared == "integer":
        return int(seen) == int(cell)
    if declared == "number":
        return abs(float(seen) - float(cell)) < 1e-9
    if declared == "boolean":
        return bool(seen) == (cell == "TRUE")
    return str(seen).replace("\r\n", "\n").replace("\r", "\n") == cell.replace("\r\n", "\n").replace("\r", "\n")


def check_package(folder):
    package = package_of(folder)
    listed = {resource["path"] for resource in package["resources"]}
    there = {f"tables/{file.name}" for file in (folder / "tables").iterdir()}
    expect(listed == there, f"{folder.name}: listed and written tables differ: {listed ^ there}")
    with system.use_context(trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()
    for task in report.tasks:
        for error in task.errors[:5]:
            faults.append(f"{folder.name}: frictionless: {task.name}: {error.message}")
    expect(report.valid, f"{folder.name}: frictionless says the package is not valid: {report.errors[:3]}")


def check_keys(folder):
    """Keys and what points to them, without the help of frictionless."""
    package = package_of(folder)
    tables = {resource["name"]: rows_of(folder, resource["name"]) for resource in package["resources"]}
    pointers = 0
    for resource in package["resources"]:
        schema, rows = resource["schema"], tables[resource["name"]]
        key = schema.get("primaryKey")
        if key:
            keys = [tuple(row[column] for column in key) for row in rows]
            expect(len(keys) == len(set(keys)), f"{folder.name}: {resource['name']}: a key stands twice")
        for foreign in schema.get("foreignKeys", []):
            target = foreign["reference"]["resource"] or resource["name"]
            known = {row[foreign["reference"]["fields"]] for row in tables[target]}
            wrong = {row[foreign["fields"]] for row in rows} - known - {""}
            pointers += sum(row[foreign["fields"]] != "" for row in rows)
            expect(not wrong, f"{folder.name}: {resource['name']}.{foreign['fields']}: not in {target}: {sorted(wrong)[:3]}")
    expect(pointers > 20, f"{folder.name}: only {pointers} pointers were looked at")


def check_loading(folder):
    """pandas as README.txt says, and DuckDB, with types as declared."""
    for resource in package_of(folder)["resources"]:
        name, path = resource["name"], folder / resource["path"]
        declared = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
        rows = rows_of(folder, name)
        types = {column: PANDAS[kind] for column, kind in declared.items()}
        frame = pandas.read_csv(path, dtype=types, keep_default_na=False, na_values=[""], encoding="utf-8-sig")
        types = {column: DUCKDB[kind] for column, kind in declared.items()}
        duck = duckdb.read_csv(str(path), header=True, dtype=types, delimiter=",", quotechar='"', escapechar='"').fetchall()
        expect(list(frame.columns) == list(declared), f"{folder.name}: {name}: columns in pandas")
        expect(len(frame) == len(rows) == len(duck), f"{folder.name}: {name}: rows {len(rows)}, pandas {len(frame)}, duckdb {len(duck)}")
        for number, (column, kind) in enumerate(declared.items()):
            seen = [("pandas", list(frame[column])), ("duckdb", [row[number] for row in duck])]
            for program, values in seen:
                wrong = [(row[column], value) for row, value in zip(rows, values) if not same(kind, row[column], value)]
                expect(not wrong, f"{folder.name}: {name}.{column}: {program} sees {wrong[:2]}")
        # What DuckDB makes of a table when nobody tells it: numbers and booleans must come out as declared.
        guessed = duckdb.sql(f"DESCRIBE SELECT * FROM read_csv('{path}', header = true)").fetchall()
        for column, kind, *_ in guessed:
            has_value = any(row[column] != "" for row in rows)
            if has_value and declared[column] in ("boolean", "number", "integer"):
                right = {"boolean": {"BOOLEAN"}, "number": {"DOUBLE"}, "integer": {"BIGINT"}}[declared[column]]
                expect(kind in right, f"{folder.name}: {name}.{column}: DuckDB guesses {kind} for {declared[column]}")


def check_json(folder, schema):
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for error in list(jsonschema.Draft202012Validator(schema).iter_errors(report))[:5]:
        faults.append(f"{folder.name}: report.json: {list(error.absolute_path)}: {error.message[:200]}")
    counts = {name: len(rows) for name, rows in report.items() if isinstance(rows, list)}
    counts["passage_members"] = sum(len(passage["members"]) for passage in report["passages"])
    counts["substitutions"] = sum(len(slot["substitutions"]) for passage in report["passages"] for slot in passage["slots"])
    for resource in package_of(folder)["resources"]:
        name = resource["name"]
        rows = len(rows_of(folder, name))
        expect(name == "texts" or counts.get(name) == rows, f"{folder.name}: report.json: {counts.get(name)} {name}, {rows} in the table")
    if (folder / "findings.jsonl").exists():
        lines = [json.loads(line) for line in (folder / "findings.jsonl").read_text(encoding="utf-8").splitlines()]
        kinds = {line["type"] for line in lines}
        expect({"article", "hit", "passage_member"} <= kinds, f"{folder.name}: findings.jsonl: types {kinds}")
        hits = [{key: value for key, value in line.items() if key != "type"} for line in lines if line["type"] == "hit"]
        expect(hits == report["hits"], f"{folder.name}: findings.jsonl and report.json differ in hits")


def check_graph(folder):
    graph = networkx.read_gexf(folder / "graph" / "graph.gexf", version="1.3")
    with open(folder / "graph" / "edges.csv", encoding="utf-8-sig", newline="") as file:
        edges = list(csv.DictReader(file))
    with open(folder / "graph" / "nodes.csv", encoding="utf-8-sig", newline="") as file:
        nodes = list(csv.DictReader(file))
    expect(set(graph.nodes) == {node["Id"] for node in nodes}, f"{folder.name}: nodes of GEXF and CSV differ")
    expect(graph.number_of_edges() == len(edges) > 0, f"{folder.name}: {graph.number_of_edges()} edges in GEXF, {len(edges)} in CSV")
    for edge in edges:
        seen = graph.get_edge_data(edge["Source"], edge["Target"], default={})
        pair = (edge["Source"], edge["Target"])
        expect(seen.get("weight") == float(edge["Weight"]), f"{folder.name}: weight of {pair}")
        expect(seen.get("shared_words") == int(edge["shared_words"]), f"{folder.name}: words of {pair}")
        ordered = "source_first" if edge["Type"] == "Directed" else "unknown"
        expect(seen.get("order") == ordered and seen.get("basis") == edge["basis"], f"{folder.name}: order of {pair}")


def check_workbook(folder):
    book = openpyxl.load_workbook(folder / "tables.xlsx", read_only=True)
    for resource in package_of(folder)["resources"]:
        rows = rows_of(folder, resource["name"])
        declared = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
        sheet = book[resource["name"][:31]]
        lines = list(sheet.iter_rows())
        expect([cell.value for cell in lines[0]] == list(declared), f"{folder.name}: sheet {resource['name']}: header")
        expect(len(lines) == len(rows) + 1, f"{folder.name}: sheet {resource['name']}: {len(lines) - 1} rows, {len(rows)} in the table")
        kinds = {"integer": (int, float), "number": (int, float), "boolean": bool, "string": str}
        for line, row in zip(lines[1:], rows):
            cells = [cell.value for cell in line] + [None] * (len(declared) - len(line))
            for (column, kind), cell in zip(declared.items(), cells):
                written = row[column]
                # The workbook needs no guard against formulas.
                if kind == "string" and written.startswith("'") and isinstance(cell, str) and not cell.startswith("'"):
                    written = written[1:]
                typed = written == "" or isinstance(cell, kinds[kind])
                expect(typed and same(kind, written, cell), f"{folder.name}: sheet {resource['name']}.{column}: {cell!r} for {written!r}")
        expect(not any(cell.data_type == "f" for line in lines for cell in line), f"{folder.name}: a formula in {resource['name']}")


def check_texts(folder):
    """Whole texts give the fingerprints of the articles, and offsets slice them."""
    whole = {}
    for part in sorted(rows_of(folder, "texts"), key=lambda row: (row["article_id"], int(row["part"]))):
        whole[part["article_id"]] = whole.get(part["article_id"], "") + part["text"][-int(part["characters"]):]
    for article in rows_of(folder, "articles"):
        seen = hashlib.sha256(whole.get(article["article_id"], "").encode()).hexdigest()
        expect(seen == article["sha256"], f"{folder.name}: texts.csv is not the text of {article['article_id']}")
    for member in rows_of(folder, "passage_members"):
        sliced = whole[member["article_id"]][int(member["start"]):int(member["end"])]
        expect(sliced == member["text"] or member["text"][1:] == sliced, f"{folder.name}: offsets of {member['passage_id']}")


def text_of(file):
    """What a file says, of a workbook what its sheets say."""
    if file.suffix != ".xlsx":
        return file.read_text(encoding="utf-8")
    with zipfile.ZipFile(file) as parts:
        return "\n".join(html.unescape(parts.read(name).decode("utf-8")) for name in parts.namelist())


def check_no_text(folder, sources):
    """No run of six words of any article stands in any file of a folder without text."""
    runs = set()
    for article in sources:
        words = article["text"].split()
        title = article.get("title", "")
        parts = (" ".join(words[at:at + 6]) for at in range(len(words) - 5))
        runs.update(run for run in parts if run not in title)
    looked_at = 0
    for file in sorted(folder.rglob("*")):
        if not file.is_file():
            continue
        words = text_of(file).replace('"', " ").replace("<", " <").replace(">", "> ").split()
        looked_at += 1
        found = [run for run in (" ".join(words[at:at + 6]) for at in range(len(words) - 5)) if run in runs]
        expect(not found, f"{folder.name}: {file.name} shows article text: {found[:1]}")
    expect(looked_at > 15 and len(runs) > 100, "no text was looked for")


def check_masked(folder, sources):
    names = {article["outlet"] for article in sources}
    told = {article["id"] for article in sources}
    # The text itself may name outlets.
    told |= {name for name in names if not any(name.lower() in article["text"].lower() for article in sources)}
    expect(len(told) > len(sources), f"{folder.name}: every name stands in a text, so none was looked for")
    private = folder / "run.private.json"
    mapping = json.loads(private.read_text(encoding="utf-8"))["outlets"]
    expect(set(mapping.values()) == names, f"{folder.name}: the mapping names {sorted(mapping.values())}")
    expect(sorted(mapping.values()) != list(mapping.values()) or len(names) < 4, f"{folder.name}: numbers are in order of names")
    expect(stat.S_IMODE(os.stat(private).st_mode) == 0o600, f"{folder.name}: run.private.json can be read by others")
    for file in sorted(folder.rglob("*")):
        if not file.is_file() or file == private:
            continue
        text = text_of(file)
        found = [name for name in told | {"villa.jsonl"} if name in text]
        expect(not found, f"{folder.name}: {file.name} tells {found[:3]}")
    outlets = {row["outlet"] for row in rows_of(folder, "articles")}
    expect(outlets == set(mapping), f"{folder.name}: outlets are {sorted(outlets)[:3]}")


R_SCRIPT = """
options(warn = 2)
args <- commandArgs(trailingOnly = TRUE)
package <- read.csv(args[2], colClasses = "character")
for (name in unique(package$table)) {
  fields <- package[package$table == name, ]
  classes <- setNames(rep("character", nrow(fields)), fields$column)[fields$type == "string"]
  read <- read.csv(file.path(args[1], "tables", paste0(name, ".csv")), na.strings = "", fileEncoding = "UTF-8-BOM", colClasses = classes)
  stopifnot(identical(names(read), fields$column), nrow(read) == as.integer(fields$rows[1]))
  for (i in seq_len(nrow(fields))) {
    column <- read[[i]]
    if (all(is.na(column))) next
    right <- switch(fields$type[i], boolean = is.logical(column), integer = is.integer(column), number = is.numeric(column), is.character(column))
    if (!right) stop(name, ".", fields$column[i], " is ", class(column), ", not ", fields$type[i])
  }
}
"""


def check_r(folder, work):
    if not shutil.which("Rscript"):
        print("NOT CHECKED: R is not here")
        return
    (work / "check.R").write_text(R_SCRIPT)
    with open(work / "fields.csv", "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["table", "column", "type", "rows"])
        for resource in package_of(folder)["resources"]:
            rows = len(rows_of(folder, resource["name"]))
            out.writerows([resource["name"], field["name"], field["type"], rows] for field in resource["schema"]["fields"])
    command = ["Rscript", "--vanilla", str(work / "check.R"), str(folder), str(work / "fields.csv")]
    run = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
    expect(run.returncode == 0, f"{folder.name}: R: {run.stderr.strip()[-400:]}")


def check_libreoffice(folder, work):
    """The workbook and a table, opened and written out again, hold the same values."""
    if not shutil.which("soffice"):
        print("NOT CHECKED: LibreOffice is not here")
        return
    out = work / "libreoffice"
    base = ["soffice", f"-env:UserInstallation=file://{work}/profile", "--headless", "--convert-to"]
    table = folder / "tables" / "substitutions.csv"
    # 44 comma, 34 quotation mark, 76 UTF-8, first line 1, kinds of columns, English numbers.
    # Columns of text are named as such (2): of itself it takes the word "false" for a boolean.
    resource = next(resource for resource in package_of(folder)["resources"] if resource["name"] == "substitutions")
    kinds = "/".join(f"{at}/{2 if field['type'] == 'string' else 1}" for at, field in enumerate(resource["schema"]["fields"], 1))
    read, written = f"--infilter=CSV:44,34,76,1,{kinds},1033", "csv:Text - txt - csv (StarCalc):44,34,76,1"
    command = [*base, written, read, "--outdir", str(out), str(table)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=170)
    written = out / "substitutions.csv"
    if not written.exists():
        faults.append(f"{folder.name}: LibreOffice: {run.stderr[-300:]}")
        return
    with open(written, encoding="utf-8-sig", newline="") as file:
        seen = list(csv.DictReader(file))
    rows = rows_of(folder, "substitutions")
    expect(len(seen) == len(rows), f"{folder.name}: LibreOffice has {len(seen)} of {len(rows)} rows")
    for line, row in zip(seen, rows):
        for column in ("substitution_id", "outlet_a", "text_a", "text_b", "start_a", "kind"):
            expect(line[column] == row[column], f"{folder.name}: LibreOffice: {column}: {line[column]!r} for {row[column]!r}")
    subprocess.run([*base, "ods", "--outdir", str(out), str(folder / "tables.xlsx")], capture_output=True, timeout=170, check=True)
    expect((out / "tables.ods").stat().st_size > 10_000, f"{folder.name}: LibreOffice cannot open the workbook")


def main(work):
    schema = json.loads((work / "schema.json").read_text(encoding="utf-8"))
    sources = [json.loads(line) for line in open("tests/interchange/villa.jsonl", encoding="utf-8")]
    folders = [work / name for name in ("seeds", "villa", "villa-none", "villa-masked", "seeds-tables")]
    for folder in folders:
        check_package(folder)
        check_keys(folder)
        check_loading(folder)
        check_json(folder, schema)
        check_graph(folder)
        ElementTree.parse(folder / "graph" / "graph.gexf")
        run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        there = {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()} - {"run.json"}
        expect({file["name"] for file in run["outputs"]} == there, f"{folder.name}: run.json lists other files than are there")
    for folder in (work / "seeds", work / "villa-none", work / "villa-masked"):
        check_workbook(folder)
    check_texts(work / "villa")
    check_no_text(work / "villa-none", sources)
    check_masked(work / "villa-masked", sources)
    check_r(work / "seeds", work)
    check_r(work / "villa", work)
    check_libreoffice(work / "seeds", work)
    for fault in faults[:40]:
        print(fault)
    print(f"{len(faults)} faults in {len(folders)} folders")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
