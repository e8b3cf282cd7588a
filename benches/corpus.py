#!/usr/bin/env python3
"""Writes a playbook of N pages to measure with; the same N gives the same bytes.

Ten sections as folders, groups of at most fifty pages as folders in them. A page has about 600 words, front matter with title and date,
four headings of the second and two of the third level, a table, nested lists, a quote, and four links to other pages.

    corpus.py N FOLDER
"""

import random
import sys
from pathlib import Path

SECTIONS = 10
GROUP = 50
WORDS = (
    "audience channel message objective measure campaign editor calendar answer community listen publish review "
    "question reader visitor member meeting quarter report evidence decision budget partner volunteer school family "
    "city region service trust crisis rumour statement photo video caption language tone style draft approval owner "
    "weekly monthly often seldom always clear short honest useful simple early late open shared public local the a of "
    "to and in for with on by from about before after between without against during because while when where how"
).split()


def words(chance, count):
    return " ".join(chance.choice(WORDS) for _ in range(count))


def paragraph(chance, sentences=3):
    lines = []
    for _ in range(sentences):
        sentence = words(chance, chance.randint(9, 17)).capitalize()
        if chance.random() < 0.25:
            sentence += f" *{words(chance, 2)}*"
        if chance.random() < 0.25:
            sentence += f" **{words(chance, 2)}**"
        lines.append(sentence + ".")
    return " ".join(lines)


def place(number, count):
    """Folder and name of a page."""
    a_section = -(-count // SECTIONS)
    section, rest = divmod(number, a_section)
    return f"section-{section}/group-{rest // GROUP:03}", f"page-{number:06}"


def link(chance, number, count):
    """A link to a page near by or anywhere, relative to this page."""
    other = (number + chance.randint(1, 40)) % count if chance.random() < 0.5 else chance.randrange(count)
    folder, name = place(other, count)
    return f"[{words(chance, 3)}](../../{folder}/{name}.md)"


def page(number, count):
    chance = random.Random(number)
    parts = [
        f'---\ntitle: "Page {number}: {words(chance, 4)}"\n'
        f"date: 2026-{1 + number % 12:02}-{1 + number % 28:02}\n---",
        paragraph(chance),
    ]
    for heading in range(4):
        parts.append(f"## {words(chance, 4).capitalize()}")
        parts.append(paragraph(chance))
        parts.append(paragraph(chance, 2) + f" See {link(chance, number, count)} for more.")
        if heading == 0:
            parts.append("\n".join(
                f"- {words(chance, 6)}\n  - {words(chance, 5)}\n  - {words(chance, 5)}" for _ in range(3)))
        if heading == 1:
            rows = "\n".join(
                f"| {words(chance, 2)} | {chance.randint(1, 999)} | {words(chance, 3)} |" for _ in range(5))
            parts.append(f"| What | How many | Note |\n|---|---:|---|\n{rows}")
        if heading == 2:
            parts.append(f"> {paragraph(chance, 2)}")
        if heading in (1, 3):
            parts.append(f"### {words(chance, 3).capitalize()}")
            parts.append(paragraph(chance, 3))
    parts.append("\n".join(f"{item}. {words(chance, 6)}" for item in range(1, 4)))
    return "\n\n".join(parts) + "\n"


def main():
    if len(sys.argv) != 3 or not sys.argv[1].isdigit() or int(sys.argv[1]) < 1:
        sys.exit(__doc__)
    count, root = int(sys.argv[1]), Path(sys.argv[2])
    made = set()
    for number in range(count):
        folder, name = place(number, count)
        if folder not in made:
            made.add(folder)
            (root / folder).mkdir(parents=True, exist_ok=True)
        (root / folder / f"{name}.md").write_text(page(number, count), encoding="utf-8")


if __name__ == "__main__":
    main()
