#!/usr/bin/env python3
"""Reads one large CSV file with programs in turn and prints medians: MB/s of CPU (user + system), and peak memory beside the size of the file.

    data.py NAME='COMMAND {file}' …

The first program is the yardstick. The file has 1,000,000 rows less one and almost 50 MB, which are the limits of a table.
"""

import os
import shlex
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from measure import memory_folder, run

ROWS = 999_999
CHANNELS = ["Instagram", "YouTube", '"Boletín, semanal"', "Web", "LinkedIn"]


def write(path):
    """Days, words, some of them in quotes, whole and broken numbers; the same bytes every time."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write("Fecha,Canal,Alcance,Clics,Parte,Nota\r\n")
        for row in range(ROWS):
            day = f"{2020 + row // 200_000}-{row // 28 % 12 + 1:02}-{row % 28 + 1:02}"
            note = f"pieza {row % 9973}" if row % 3 else '"dijo ""sí"""'
            file.write(f"{day},{CHANNELS[row % 5]},{row * 7919 % 100_003},{row % 997},"
                       f"0.{row % 89 + 10},{note}\r\n")


def main():
    runs = int(os.environ.get("RUNS", "5"))
    programs = [word.split("=", 1) for word in sys.argv[1:]]
    base = Path(tempfile.mkdtemp(prefix="portolan-bench-", dir=os.environ.get("BENCH_DIR") or memory_folder()))
    try:
        file = base / "data.csv"
        write(file)
        size = file.stat().st_size
        results = {name: [] for name, _ in programs}
        # The first run warms up.
        for number in range(runs + 1):
            for name, command in programs:
                result, _ = run([word.format(file=file) for word in shlex.split(command)], dict(os.environ))
                if number:
                    results[name].append(result)
        print(f"{size / 1e6:.1f} MB, {ROWS + 1:,} rows; median of {runs}; load {os.getloadavg()[0]:.1f}")
        print(f"{'program':<12}{'cpu s':>8}{'MB/s':>8}{'x first':>9}{'peak MB':>9}{'x file':>8}")
        first = statistics.median(cpu for cpu, _, _ in results[programs[0][0]])
        for name, _ in programs:
            cpu, _, peak = (statistics.median(column) for column in zip(*results[name]))
            peak *= 1024
            print(f"{name:<12}{cpu:>8.2f}{size / 1e6 / cpu:>8.0f}{cpu / first:>9.2f}{peak / 1e6:>9.0f}{peak / size:>8.1f}")
    finally:
        shutil.rmtree(base, ignore_errors=True)


main()
