"""Makes a Markdown table of the lines that a program in C and the ORM print on a server: wall time, and CPU time of the client.

usage: server_report.py LINES
Exit: 0 reported, 1 the two have found different rows
"""

import sys
from collections import defaultdict

wall, cpu, checks = defaultdict(list), defaultdict(list), {}
with open(sys.argv[1], encoding="utf-8") as lines:
    for line in lines:
        contender, measure, operations, seconds, clock, check = line.rstrip("\n").split("\t")
        wall[measure, contender].append(float(clock) / int(operations))
        cpu[measure, contender].append(float(seconds) / int(operations))
        if checks.setdefault(measure, check) != check:
            sys.exit(f"{contender} found other rows than the rest: {measure}, {check}")
print("| measure | C, wall | ORM, wall | wall, ORM : C | CPU of the client, ORM : C |")
print("|---|---:|---:|---:|---:|")
for measure in dict.fromkeys(measure for measure, _ in wall):
    orm = min(wall[measure, "orm"])
    if not wall[measure, "c"]:
        print(f"| {measure} | | {orm * 1e3:.3f} ms | | |")
        continue
    c, ratio = min(wall[measure, "c"]), min(cpu[measure, "orm"]) / min(cpu[measure, "c"])
    print(f"| {measure} | {c * 1e3:.3f} ms | {orm * 1e3:.3f} ms | {orm / c:.2f} | {ratio:.2f} |")
