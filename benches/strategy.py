#!/usr/bin/env python3
"""Checks and builds generated strategies and prints medians of cpu (user + system, both cores) and peak memory; the same N gives the same bytes.

    strategy.py PORTOLAN N…             measure
    strategy.py --write N FOLDER        only write the playbook of N entities

A playbook of N entities has about 5 N relations: objectives with targets, audiences, channels, metrics with values, pillars, campaigns, a calendar,
roles, people, accounts, procedures with their RACI, scenarios, decisions and evaluations, half of the kinds in list files and half in files of their own.
"""

import json
import os
import random
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from corpus import words
from measure import memory_folder, run

TODAY = "2026-06-15"
# Of a hundred entities.
SHARES = {
    "objectives": 5, "audiences": 5, "channels": 6, "metrics": 12, "pillars": 3, "campaigns": 3, "calendar": 32,
    "roles": 5, "people": 8, "accounts": 6, "procedures": 5, "scenarios": 4, "decisions": 4, "evaluations": 2,
}
LISTS = ("metrics", "pillars", "calendar", "people", "accounts", "decisions")
RUNS = int(os.environ.get("RUNS", "5"))


class Strategy:
    """The entities of a playbook, and how many relations they write."""

    def __init__(self, count):
        self.chance = random.Random(count)
        self.counts = {folder: max(1, count * share // 100) for folder, share in SHARES.items()}
        self.links = 0

    def one(self, folder, near=None):
        """The id of another: mostly one of the same part of the organisation, as in real ones."""
        self.links += 1
        count = self.counts[folder]
        number = self.chance.randrange(count) if near is None else (near + self.chance.randrange(4)) % count
        return f"{folder}-{number:04}"

    def some(self, folder, many, near):
        """Some that stand together."""
        count = self.counts[folder]
        many = min(many, count)
        self.links += many
        return [f"{folder}-{(near + step) % count:04}" for step in sorted(self.chance.sample(range(min(count, 4)), many))]

    def text(self, count=9):
        return words(self.chance, count).capitalize()

    def entity(self, folder, n):
        fields = getattr(self, folder)(n)
        name = {"people": "name", "accounts": "handle"}.get(folder, "title")
        return {name: f"{self.text(4)} {n}", **fields}

    def objectives(self, n):
        if n % 10 == 0:
            return {"kind": "organisation", "owner": self.one("roles", n), "why": self.text()}
        parent = f"objectives-{n - n % 10:04}"
        self.links += 1
        targets = [{"metric": self.one("metrics", n), "baseline": 100, "baseline_date": "2026-01-01",
                    "value": 400, "by": "2026-12-31"} for _ in range(2)]
        return {"kind": "communication", "parent": parent, "owner": self.one("roles", n), "targets": targets,
                "audiences": self.some("audiences", 2, n), "channels": self.some("channels", 2, n),
                "period": "2026", "priority": ("high", "medium", "low")[n % 3], "why": self.text()}

    def audiences(self, n):
        return {"who": self.text(), "needs": [self.text()], "barriers": [self.text()],
                "channels": self.some("channels", 3, n)}

    def channels(self, n):
        return {"platform": "instagram", "kind": "social", "purpose": self.text(), "owner": self.one("roles", n),
                "uses": [{"ref": self.one("objectives", n), "for": self.text(4)}],
                "audiences": self.some("audiences", 2, n), "cadence": "3 per week", "response_time": "24h",
                "metrics": self.some("metrics", 3, n)}

    def metrics(self, n):
        values = [{"date": f"2026-{month:02}-28", "value": 100 + self.chance.randrange(300)} for month in range(1, 6)]
        return {"kind": "stock", "unit": "people", "level": "output", "values": values, "channel": self.one("channels", n)}

    def pillars(self, n):
        return {"about": self.text(), "objectives": self.some("objectives", 2, n)}

    def campaigns(self, n):
        return {"summary": self.text(), "objectives": self.some("objectives", 2, n)}

    def calendar(self, n):
        day = f"2026-{1 + n % 12:02}-{1 + n * 7 % 28:02}"
        state = "published" if day < TODAY else ("planned", "drafting", "approved")[n % 3]
        return {"at": day, "channels": self.some("channels", 2, n), "pillar": self.one("pillars", n),
                "campaign": self.one("campaigns", n), "owner": self.one("roles", n), "status": state,
                "format": "photo", "approved_by": self.one("roles", n)}

    def roles(self, n):
        return {"function": ["editor"], "responsibilities": [self.text(), self.text()], "reports_to": self.one("roles"),
                "works_with": self.some("roles", 2, n), "hours_per_week": 10 + n % 20}

    def people(self, n):
        return {"roles": self.some("roles", 2, n), "phone": "+34 600 000 000", "email": f"n{n}@example.org"}

    def accounts(self, n):
        return {"channel": self.one("channels", n), "url": f"https://example.org/{n}", "owners": self.some("people", 2, n),
                "access": [{"person": self.one("people", n), "level": "admin"}], "two_factor": "app", "last_access_review": "2026-05-01",
                "recovery_contact": self.one("people", n)}

    def procedures(self, n):
        steps = [{"do": self.text(), "within": "2h", "raci": {
            "responsible": self.some("roles", 2, n), "accountable": self.one("roles", n),
            "consulted": [self.one("roles")], "informed": [self.one("roles")]}} for _ in range(4)]
        return {"kind": "publish", "trigger": self.text(), "owner": self.one("roles", n), "steps": steps}

    def scenarios(self, n):
        hour = [{"within": f"{minutes} min", "do": self.text(), "role": self.one("roles", n),
                 "channel": self.one("channels", n)} for minutes in (5, 15, 45)]
        return {"cluster": "accidental", "early_signals": [self.text()], "prevention": [self.text()], "likelihood": 1 + n % 5, "impact": 1 + n // 5 % 5, "first_hour": hour,
                "team": {"lead": self.one("roles", n), "deputy": self.one("roles"), "scribe": self.one("people", n),
                         "spokesperson": self.one("roles", n)},
                "audiences": self.some("audiences", 2, n), "owner": self.one("roles", n)}

    def decisions(self, n):
        return {"date": f"2026-0{1 + n % 5}-10", "kind": "change", "what": self.text(), "reason": self.text(),
                "because": [self.one("metrics", n)], "changes": [self.one("channels", n), self.one("objectives", n)],
                "by": self.one("roles", n)}

    def evaluations(self, n):
        return {"period": f"2026-Q{1 + n % 2}", "objectives": self.some("objectives", 3, n), "worked": [self.text()],
                "learned": [self.text()], "decisions": self.some("decisions", 2, n),
                "for": "board",
                "next": [{"do": self.text(), "who": self.one("roles", n), "by": "2026-12-01"}]}

    def prose(self, folder, n):
        """What a page says in its own words, with two mentions."""
        own, other = self.text(40), self.text(30)
        kind = self.chance.choice(("channels", "objectives", "audiences"))
        return f"## {self.text(4)}\n\n{own}, see [[{self.one(kind, n)}]].\n\n- {other}\n- [[{self.one('roles', n)}]]\n"


def write(count, root):
    """Writes a playbook and returns how many entities and relations it has."""
    strategy = Strategy(count)
    root.mkdir(parents=True)
    (root / "playbook.yaml").write_text("title: A large strategy\nlanguage: en\n", encoding="utf-8")
    for folder, many in strategy.counts.items():
        named = {f"{folder}-{n:04}": strategy.entity(folder, n) for n in range(many)}
        if folder in LISTS:
            lines = []
            for name, fields in named.items():
                lines += [f"{name}:"] + [f"  {key}: {json.dumps(value)}" for key, value in fields.items()]
            (root / f"{folder}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
            continue
        (root / folder).mkdir()
        for n, (name, fields) in enumerate(named.items()):
            matter = "\n".join(f"{key}: {json.dumps(value)}" for key, value in fields.items())
            text = f"---\n{matter}\n---\n\n{strategy.prose(folder, n)}"
            (root / folder / f"{name}.md").write_text(text, encoding="utf-8")
    return sum(strategy.counts.values()), strategy.links


def main():
    if sys.argv[1] == "--write":
        entities, links = write(int(sys.argv[2]), Path(sys.argv[3]))
        print(f"{entities} entities, {links} relations")
        return
    program, counts = sys.argv[1], [int(word) for word in sys.argv[2:]]
    environment = dict(os.environ, SOURCE_DATE_EPOCH="1781517600")
    base = Path(tempfile.mkdtemp(prefix="portolan-bench-", dir=os.environ.get("BENCH_DIR") or memory_folder()))
    try:
        print(f"{'entities':>8}{'relations':>11}{'check ms':>10}{'peak MiB':>10}{'build s':>9}{'pages':>7}{'ms/page':>9}"
              f"   (cpu; median of {RUNS}; load {os.getloadavg()[0]:.1f})")
        for count in counts:
            source = base / f"source-{count}"
            entities, links = write(count, source)
            checks, builds, pages = [], [], 1
            # The first run warms up.
            for number in range(RUNS + 1):
                checked, told = run([program, "check", str(source)], environment)
                if b"error[" in told:
                    sys.exit(told.decode(errors="replace")[:2000])
                if number:
                    checks.append(checked)
            for number in range(min(RUNS, 3)):
                target = base / f"site-{count}-{number}"
                builds.append(run([program, "build", str(source), "--edition", "staff", "-o", str(target)], environment)[0])
                pages = sum(1 for _ in target.rglob("*.html"))
                shutil.rmtree(target)
            (check, _, peak), (build, _, _) = ([statistics.median(column) for column in zip(*runs)] for runs in (checks, builds))
            print(f"{entities:>8}{links:>11}{check * 1000:>10.0f}{peak / 1024:>10.1f}{build:>9.2f}{pages:>7}"
                  f"{build * 1000 / pages:>9.2f}", flush=True)
    finally:
        shutil.rmtree(base, ignore_errors=True)


if __name__ == "__main__":
    main()
