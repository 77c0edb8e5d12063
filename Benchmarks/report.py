"""Makes Markdown tables of the lines that the contenders print, and says which of the limits are met.

usage: report.py LINES TYPE_CHECKING
Exit: 0 reported, 65 the contenders' results differ or something is missing
"""

import re
import statistics
import sys

CONTENDERS = ["c", "orm", "grdb-codable", "grdb-columns", "tortoise"]
MEASURES = ["insert", "insert, ids back", "fetch", "get inside a scope", "get outside", "nested prefetch"]

# The ORM's insert gives ids back; tortoise-orm has two ways.
SAME_AS = {"insert, ids back": "insert"}

# The contender, the measure, and the greatest ratio of the ORM's CPU time to the contender's.
LIMITS = [
    ("c", "insert", 1.5),
    ("c", "fetch", 2),
    ("c", "get inside a scope", 2),
    ("c", "get outside", 8),
    *(
        (library, measure, 1)
        for library in ("grdb-codable", "grdb-columns")
        for measure in MEASURES
        if measure not in SAME_AS
    ),
    ("tortoise", "insert", 1 / 5),
    ("tortoise", "insert, ids back", 1 / 5),
    ("tortoise", "fetch", 1 / 15),
    ("tortoise", "get inside a scope", 1 / 50),
    ("tortoise", "nested prefetch", 1 / 20),
]
TYPE_CHECKING_LIMIT = 300


def read(path):
    """CPU and wall seconds of one operation, by measure and contender; refuses contenders that found different rows."""
    times, checks = {}, {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            contender, measure, operations, cpu, wall, check = line.rstrip("\n").split("\t")
            operation = times.setdefault((measure, contender), ([], []))
            operation[0].append(float(cpu) / int(operations))
            operation[1].append(float(wall) / int(operations))
            if checks.setdefault((measure, operations), check) != check:
                sys.exit(f"{contender} found other rows than the rest: {measure}, {check}")
    return times


def duration(seconds):
    return f"{seconds * 1e6:.1f} µs" if seconds < 1e-3 else f"{seconds * 1e3:.1f} ms"


def row(cells):
    print("| " + " | ".join(cells) + " |")


def table(head, rows, alignment):
    row(head)
    print("|" + "|".join(alignment) + "|")
    for cells in rows:
        row(cells)
    print()


def ratio(times, measure, contender):
    """The ORM's least CPU time to the contender's."""
    return min(times[SAME_AS.get(measure, measure), "orm"][0]) / min(times[measure, contender][0])


def main(lines, type_checking):
    times = read(lines)
    present = [(measure, contender) for measure in MEASURES for contender in CONTENDERS if (measure, contender) in times]
    table(
        ["measure", "contender", "CPU min", "CPU median", "wall min", "wall median", "ORM's CPU : this"],
        [
            [
                measure,
                contender,
                *(duration(of(series)) for series in times[measure, contender] for of in (min, statistics.median)),
                "" if contender == "orm" else f"{ratio(times, measure, contender):.3f}",
            ]
            for measure, contender in present
        ],
        ["---", "---", "---:", "---:", "---:", "---:", "---:"],
    )
    verdicts = []
    for contender, measure, limit in LIMITS:
        reached = ratio(times, measure, contender)
        verdicts.append([contender, measure, f"{reached:.3f}", f"{limit:.3f}", "pass" if reached <= limit else "miss"])
    with open(type_checking, encoding="utf-8") as output:
        spent = [int(time) for time in re.findall(r"took (\d+)ms to type-check", output.read())]
    if not spent:
        sys.exit("the compiler told no times: was the long condition not compiled?")
    slowest = max(spent)
    verdict = "pass" if slowest < TYPE_CHECKING_LIMIT else "miss"
    verdicts.append(["compiler", "long condition", f"{slowest} ms", f"{TYPE_CHECKING_LIMIT} ms", verdict])
    table(["against", "measure", "ratio", "limit", ""], verdicts, ["---", "---", "---:", "---:", "---"])


main(*sys.argv[1:])
