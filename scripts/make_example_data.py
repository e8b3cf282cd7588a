#!/usr/bin/env python3
# Makes the data files of the example playbook (example-playbook/datos/*.csv).
#
# THE DATA ARE ILLUSTRATIVE. The foundation, its river and every figure are invented.
# The shapes are chosen by hand (trend, season, a campaign in April, a false rumour in June,
# a change of web measurement in March, quiet weeks in August and at Christmas);
# a seeded generator only adds the small unevenness that real figures have.
#
# Deterministic: same script, same bytes, on any machine. Only Random.random() is used, because
# its sequence for a given seed is guaranteed to stay the same between versions of Python.
#
#     python3 scripts/make_example_data.py            writes the files
#     python3 scripts/make_example_data.py --check    fails if the committed files differ

import calendar
import datetime
import pathlib
import random
import sys

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "example-playbook" / "datos"

# Twelve closed months, each dated on its last day: the figure is what the month left behind.
MONTHS = [(2025, 11), (2025, 12)] + [(2026, month) for month in range(1, 11)]
MONTH_ENDS = [datetime.date(y, m, calendar.monthrange(y, m)[1]) for y, m in MONTHS]

# Fifty-two weeks, each dated on its Monday.
FIRST_MONDAY = datetime.date(2025, 11, 3)
WEEKS = [FIRST_MONDAY + datetime.timedelta(weeks=n) for n in range(52)]


def uneven(rng, value, spread):
    """`value` moved by at most `spread` (0.05 = 5 %) up or down, as a whole number."""
    return round(value * (1 + spread * (2 * rng.random() - 1)))


def stock(rng, start, gains, spread=0.06):
    """A running total: where it starts and what each following month adds."""
    values = [start]
    for gain in gains:
        values.append(values[-1] + uneven(rng, gain, spread))
    return values


def followers():
    """Size of each audience on the last day of the month."""
    rng = random.Random("seguidores")
    #                        dic  ene  feb  mar  abr  may  jun  jul  ago  sep  oct
    instagram = stock(rng, 3412, [165, 210, 205, 240, 520, 230, 95, 60, 25, 90, 85])
    linkedin = stock(rng, 604, [28, 44, 47, 51, 63, 55, 72, 38, 16, 49, 52])
    youtube = stock(rng, 388, [9, 14, 12, 17, 38, 46, 21, 11, 7, 13, 15])
    newsletter = stock(rng, 1238, [31, 48, 52, 60, 305, 118, 84, 37, 18, 132, 107])
    header = ["fecha", "instagram", "linkedin", "youtube", "boletin"]
    return header, list(zip(MONTH_ENDS, instagram, linkedin, youtube, newsletter))


def instagram():
    """What the posts of the month reached and what people did with them."""
    rng = random.Random("instagram")
    #         nov    dic   ene    feb    mar    abr    may    jun    jul   ago   sep    oct
    reach = [9800, 8100, 10900, 11600, 12700, 26400, 15800, 19200, 9900, 6200, 11400, 12300]
    rates = [4.1, 4.0, 4.4, 4.6, 4.7, 6.3, 5.4, 5.8, 4.6, 4.2, 5.1, 5.4]
    posts = [13, 9, 13, 12, 14, 21, 14, 15, 10, 5, 13, 14]
    rows = []
    for day, base, rate, count in zip(MONTH_ENDS, reach, rates, posts):
        reached = uneven(rng, base, 0.03)
        rows.append((day, reached, uneven(rng, reached * rate / 100, 0.02), count))
    return ["fecha", "alcance", "interacciones", "publicaciones"], rows


def newsletter():
    """Two issues a month (one in August): delivered, opened, clicked, unsubscribed."""
    rng = random.Random("boletin")
    delivered = [2440, 2500, 2590, 2690, 2800, 3120, 3540, 3740, 3850, 1950, 4060, 4300]
    opened = [40.6, 38.9, 41.8, 42.3, 42.0, 47.9, 44.8, 46.1, 43.2, 39.7, 45.4, 46.2]
    clicked = [5.2, 4.6, 5.8, 6.1, 6.0, 9.4, 7.1, 7.6, 5.9, 4.8, 7.3, 7.9]
    rows = []
    for day, base, opens, clicks in zip(MONTH_ENDS, delivered, opened, clicked):
        sent = uneven(rng, base, 0.004)
        rows.append(
            (
                day,
                sent,
                uneven(rng, sent * opens / 100, 0.01),
                uneven(rng, sent * clicks / 100, 0.03),
                uneven(rng, sent * 0.0031, 0.3),
            )
        )
    return ["fecha", "entregados", "abiertos", "clics", "bajas"], rows


def volunteers():
    """People who signed up for a riverside day in the month."""
    rng = random.Random("voluntariado")
    shape = [34, 21, 58, 71, 64, 148, 86, 59, 22, 14, 81, 98]
    return ["fecha", "valor"], [(d, uneven(rng, v, 0.04)) for d, v in zip(MONTH_ENDS, shape)]


def web_sessions():
    """Visits to the website, week by week."""
    rng = random.Random("web")
    special = {
        datetime.date(2025, 12, 22): 0.48,
        datetime.date(2025, 12, 29): 0.55,
        datetime.date(2026, 3, 30): 0.74,  # Holy Week
        datetime.date(2026, 4, 13): 1.55,  # the River Week is announced
        datetime.date(2026, 4, 20): 2.30,  # the River Week
        datetime.date(2026, 4, 27): 1.45,
        datetime.date(2026, 6, 8): 3.05,  # the false rumour: people look for the statement
        datetime.date(2026, 6, 15): 1.60,
        datetime.date(2026, 9, 21): 1.30,  # the report on the state of the river
        datetime.date(2026, 10, 19): 1.25,  # winter planting is announced
    }
    rows = []
    for number, monday in enumerate(WEEKS):
        level = 720 + 7.5 * number
        if monday >= datetime.date(2026, 3, 2):
            level *= 1.18  # measured without cookies from 2 March: visits that refused are counted
        if monday.month in (7, 8):
            level *= 0.72 if monday.month == 7 else 0.58
        rows.append((monday, uneven(rng, level * special.get(monday, 1.0), 0.05)))
    return ["fecha", "valor"], rows


def response_time():
    """Hours until the first answer (weekly median) and how many messages needed one."""
    rng = random.Random("respuesta")
    rows = []
    for number, monday in enumerate(WEEKS):
        hours = 19.5 - 0.235 * number
        messages = 17 + 0.12 * number
        if monday in (datetime.date(2025, 12, 22), datetime.date(2025, 12, 29)):
            hours, messages = hours * 1.7, messages * 0.4
        if monday.month == 8:
            hours, messages = hours * 1.45, messages * 0.5
        if datetime.date(2026, 4, 13) <= monday <= datetime.date(2026, 4, 27):
            messages *= 2.4
        if monday == datetime.date(2026, 6, 8):
            hours, messages = hours * 1.25, messages * 5.2
        tenths = uneven(rng, hours * 10, 0.08)
        rows.append((monday, f"{tenths // 10}.{tenths % 10}", uneven(rng, messages, 0.15)))
    return ["fecha", "horas", "mensajes"], rows


def hours():
    """Hours of work that each channel took in the month, as noted in the time sheet."""
    rng = random.Random("horas")
    shape = {
        "instagram": [33, 24, 31, 31, 33, 46, 33, 37, 25, 13, 29, 28],
        "linkedin": [8, 6, 9, 9, 10, 12, 10, 11, 8, 4, 10, 10],
        "youtube": [19, 11, 17, 18, 20, 25, 26, 15, 11, 5, 12, 12],
        "boletin": [12, 10, 12, 12, 13, 17, 14, 14, 12, 6, 13, 13],
        "web": [17, 12, 18, 19, 27, 26, 20, 29, 15, 9, 23, 21],
    }
    columns = [[uneven(rng, value, 0.05) for value in values] for values in shape.values()]
    rows = [(day, *cells, sum(cells)) for day, *cells in zip(MONTH_ENDS, *columns)]
    return ["fecha", *shape, "total"], rows


FILES = {
    "seguidores.csv": followers,
    "instagram.csv": instagram,
    "boletin.csv": newsletter,
    "voluntariado.csv": volunteers,
    "sesiones-web.csv": web_sessions,
    "respuesta.csv": response_time,
    "horas.csv": hours,
}


def csv_bytes(make):
    """The file that `make` describes, as bytes with Unix line ends."""
    header, rows = make()
    lines = [",".join(header)] + [",".join(str(cell) for cell in row) for row in rows]
    return ("\n".join(lines) + "\n").encode("utf-8")


def main():
    check = "--check" in sys.argv[1:]
    FOLDER.mkdir(parents=True, exist_ok=True)
    stale = []
    for name, make in FILES.items():
        path, wanted = FOLDER / name, csv_bytes(make)
        if not check:
            path.write_bytes(wanted)
        elif not path.is_file() or path.read_bytes() != wanted:
            stale.append(name)
    if stale:
        print("differ from what the script makes: " + ", ".join(stale), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
