#!/usr/bin/env python3
"""Measures the live preview: from a save until the new bytes are served, at rest, and after many saves.

    preview.py PORTOLAN N…      playbooks of N entities, made by strategy.py

A save changes the text of an objective (its own page) or its title (menus and every page that names it). The page is asked for every two
milliseconds over one connection, as in the measurements of other generators; what is told is the median of 20 saves, and the slowest.
"""

import atexit
import http.client
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from strategy import TODAY, write

SAVES = int(os.environ.get("SAVES", "20"))
MANY = int(os.environ.get("MANY", "200"))


class Preview:
    """A running preview of a folder."""

    def __init__(self, program, folder):
        command = [program, "serve", str(folder), "--port", "0", "--edition", "staff", "--today", TODAY]
        self.begun = time.perf_counter()
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        atexit.register(self.process.kill)
        self.host = re.search(r"http://([\d.:]+)/", self.process.stdout.readline()).group(1)
        self.connection = http.client.HTTPConnection(self.host, timeout=60)

    def get(self, path):
        self.connection.request("GET", "/" + path)
        return self.connection.getresponse().read()

    def seconds_until(self, path, mark):
        begun = time.perf_counter()
        while mark not in self.get(path):
            time.sleep(0.002)
        return time.perf_counter() - begun

    def settle(self):
        """Waits until nothing is being made."""
        before = None
        while before is None or self.cpu() - before > 0.01:
            before = self.cpu()
            time.sleep(0.5)

    def cpu(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024

    def end(self):
        self.process.send_signal(2)
        begun = time.perf_counter()
        assert self.process.wait(10) == 0
        return time.perf_counter() - begun


def median(times):
    return f"{statistics.median(times) * 1000:.0f} (max {max(times) * 1000:.0f})"


def main():
    program, counts = sys.argv[1], [int(count) for count in sys.argv[2:]]
    print("| entities | first page ms | text save → served ms | title save → served ms | cpu a save ms | idle cpu % | MiB | MiB after", MANY, "saves | end ms |")
    print("|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder) / "playbook"
            write(count, folder)
            file = sorted((folder / "objectives").iterdir())[0]
            text = file.read_text()
            page = f"objectives/{file.stem}.html"
            preview = Preview(program, folder)
            preview.get(page)
            first = time.perf_counter() - preview.begun
            preview.settle()
            texts, titles = [], []
            cpu = preview.cpu()
            for number in range(SAVES):
                file.write_text(f"{text}\n\nMark {number}z.\n")
                texts.append(preview.seconds_until(page, f"Mark {number}z".encode()))
                preview.settle()
            cpu = (preview.cpu() - cpu) / SAVES
            for number in range(SAVES):
                file.write_text(re.sub(r"(?m)^(title: ).*$", rf'\1"Title {number}z"', text, count=1))
                titles.append(preview.seconds_until(page, f"Title {number}z".encode()))
                preview.settle()
            memory = preview.memory()
            rest = preview.cpu()
            time.sleep(10)
            rest = (preview.cpu() - rest) * 10
            # A connection that says nothing for ten seconds is closed.
            preview.connection.close()
            for number in range(MANY):
                file.write_text(f"{text}\n\nMany {number}z.\n")
                preview.seconds_until(page, f"Many {number}z".encode())
            preview.settle()
            after = preview.memory()
            end = preview.end()
            print(f"| {count} | {first * 1000:.0f} | {median(texts)} | {median(titles)} | {cpu * 1000:.0f} | {rest:.1f} | {memory:.0f} | {after:.0f} | {end * 1000:.0f} |", flush=True)


if __name__ == "__main__":
    main()
