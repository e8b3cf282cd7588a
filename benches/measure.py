#!/usr/bin/env python3
"""Runs programs on generated playbooks in turn and prints medians of cpu (user + system, both cores), wall and peak memory.

    measure.py --program NAME='COMMAND {source} {target}' [--program …] N…

The first program is the yardstick. Each run writes to a folder that does not exist yet; what earlier runs wrote is deleted at the end, since on some
file systems making files right after deleting others is far dearer. Source files are in the page cache.
"""

import argparse
import os
import resource
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BENCHES = Path(__file__).resolve().parent


def memory_folder():
    """A folder in memory with room to spare, else the usual one."""
    shared = "/dev/shm"
    if os.path.isdir(shared) and os.access(shared, os.W_OK) and shutil.disk_usage(shared).free > 4 << 30:
        return shared
    return tempfile.gettempdir()


def run(command, environment):
    """(cpu seconds, wall seconds, peak KiB) of one run, and what it said when it ended with findings."""
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    told = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"{shlex.join(command)} ended with {process.returncode}:\n{told.decode(errors='replace')}")
    peak = usage.ru_maxrss if sys.platform != "darwin" else usage.ru_maxrss // 1024
    return (usage.ru_utime + usage.ru_stime, wall, peak), told if process.returncode else b""


def shown_peak(peak):
    """Peak memory in MiB. Systems start counting at the peak of the process that starts another, so no less than our own can be seen."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)
    return f"<= {own / 1024:.0f}" if peak <= own else f"{peak / 1024:.1f}"


def size(folder):
    return sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--program", action="append", required=True)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--folder")
    options.add_argument("counts", type=int, nargs="+")
    options = options.parse_args()
    programs = [program.split("=", 1) for program in options.program]
    environment = dict(os.environ, SOURCE_DATE_EPOCH="1800000000")
    medians = {}
    base = Path(tempfile.mkdtemp(prefix="portolan-bench-", dir=options.folder or memory_folder()))
    try:
        print(f"{'program':<12}{'pages':>8}{'cpu s':>9}{'wall s':>9}{'peak MiB':>10}{'x floor':>9}{'KiB/page':>10}"
              f"   (median of {options.runs}; in {base.parent}; load {os.getloadavg()[0]:.1f})")
        for count in options.counts:
            source = base / f"source-{count}"
            subprocess.run([sys.executable, BENCHES / "corpus.py", str(count), source], check=True)
            results = {name: [] for name, _ in programs}
            sizes = {}
            for number in range(-1, options.runs):
                for name, command in programs:
                    target = base / f"{name}-{count}-{number}"
                    words = [word.format(source=source, target=target) for word in shlex.split(command)]
                    result, told = run(words, environment)
                    # The first one warms up.
                    if number >= 0:
                        results[name].append(result)
                    else:
                        sizes[name] = size(target)
                        if told:
                            print(f"note: {name} has findings:\n{told.decode(errors='replace')[:500]}", file=sys.stderr)
            for name, _ in programs:
                cpu, wall, peak = (statistics.median(column) for column in zip(*results[name]))
                medians[name, count] = cpu, wall
                ratio = cpu / medians[programs[0][0], count][0]
                print(f"{name:<12}{count:>8}{cpu:>9.3f}{wall:>9.3f}{shown_peak(peak):>10}{ratio:>9.2f}"
                      f"{sizes[name] / 1024 / count:>10.1f}", flush=True)
            for path in base.iterdir():
                shutil.rmtree(path)
        for name, _ in programs:
            for small, large in zip(options.counts, options.counts[1:]):
                cpu, wall = (b / a for a, b in zip(medians[name, small], medians[name, large]))
                print(f"{name}: t({large}) / t({small}) = {cpu:.1f} cpu, {wall:.1f} wall")
    finally:
        shutil.rmtree(base, ignore_errors=True)


if __name__ == "__main__":
    main()
