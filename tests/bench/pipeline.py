"""What an office would write in an afternoon: reads every .xlsx below a folder, finds the voter tables by their headings, adds them up and
writes one csv. No checks, no evidence, no region list. The benchmark runs it to have something to compare with.

    python3 pipeline.py openpyxl|calamine FOLDER OUT.csv

Prints the number of rows, their sum, and the documents without a voter table.
"""

import csv
import pathlib
import re
import sys

SEXES = {
    "l": re.compile(r"^(dpt_)?(l|lk|laki[- ]?laki)\.?$", re.I),
    "p": re.compile(r"^(dpt_)?(p|pr|perempuan)\.?$", re.I),
}
TOTAL = re.compile(r"^\(?(jumlah|total|rekapitulasi|sub ?total)", re.I)
HEADING_ROWS = 40


def sheets_openpyxl(path):
    """Read-only mode and stored results: the fastest way openpyxl has."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    for sheet in book.worksheets:
        yield sheet.title, list(sheet.iter_rows(values_only=True))
    book.close()


def sheets_calamine(path):
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(str(path))
    for name in book.sheet_names:
        yield name, book.get_sheet_by_name(name).to_python()


def number(value):
    """A count as a number or as text in any of the usual spellings; None for anything else."""
    if isinstance(value, (int, float)):
        return int(value)
    digits = re.sub(r"[.,\s]", "", str(value or ""))
    return int(digits) if digits.isdigit() else None


def heading(rows):
    """The row with the headings of both sexes, and the last pair of their columns."""
    for at, row in enumerate(rows[:HEADING_ROWS]):
        words = [str(cell).strip() if cell is not None else "" for cell in row]
        found = {sex: [i for i, word in enumerate(words) if shape.match(word)] for sex, shape in SEXES.items()}
        if found["l"] and found["p"]:
            return at, found["l"][-1], found["p"][-1]
    return None


def table(rows):
    """(name, l, p) of every row of figures, without totals."""
    found = heading(rows)
    if found is None:
        return
    at, l_col, p_col = found
    for row in rows[at + 1 :]:
        if len(row) <= max(l_col, p_col):
            continue
        l, p = number(row[l_col]), number(row[p_col])
        names = [str(cell).strip() for cell in row[: min(l_col, p_col)] if isinstance(cell, str) and cell.strip()]
        if l is None or p is None or any(TOTAL.match(name) for name in names) or not any(names):
            continue
        yield " / ".join(names), l, p


def main(reader, folder, out):
    sheets = {"openpyxl": sheets_openpyxl, "calamine": sheets_calamine}[reader]
    lines, without = [], 0
    for path in sorted(pathlib.Path(folder).rglob("*.xlsx")):
        before = len(lines)
        try:
            for sheet, rows in sheets(path):
                lines.extend((str(path), sheet, name, l, p) for name, l, p in table(rows))
        except Exception:
            pass
        without += len(lines) == before
    write = write_polars if reader == "calamine" else write_csv
    print(len(lines), write(lines, out), without)


def write_csv(lines, out):
    by_sheet = {}
    for path, sheet, _, l, p in lines:
        known = by_sheet.setdefault((path, sheet), [0, 0])
        known[0] += l
        known[1] += p
    with open(out, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["document", "sheet", "l", "p"])
        writer.writerows([*key, *sums] for key, sums in by_sheet.items())
    return sum(l + p for l, p in by_sheet.values())


def write_polars(lines, out):
    import polars

    frame = polars.DataFrame(lines, schema=["document", "sheet", "name", "l", "p"], orient="row")
    sums = frame.group_by("document", "sheet", maintain_order=True).agg(polars.col("l", "p").sum())
    sums.write_csv(out)
    return sums["l"].sum() + sums["p"].sum()


if __name__ == "__main__":
    main(*sys.argv[1:])
