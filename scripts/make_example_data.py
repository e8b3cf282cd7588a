#!/usr/bin/env python3
# Makes the data files of the example playbook (example-playbook/datos/): exports in the bytes of
# each platform below `datos/<platform>/`, and beside them the few tables that a person keeps by hand.
#
# THE DATA ARE ILLUSTRATIVE. The foundation, its river and every figure are invented.
# The shapes are chosen by hand (trend, season, a campaign in April, a false rumour in June,
# a change of web measurement in March, less video from July, quiet weeks in August and at Christmas);
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
from datetime import date

import export_formats as f
from export_bytes import delimited, same, utf8

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "example-playbook" / "datos"

# Twelve closed months, each dated on its last day: the figure is what the month left behind.
MONTHS = [(2025, 11), (2025, 12)] + [(2026, month) for month in range(1, 11)]
MONTH_ENDS = [datetime.date(y, m, calendar.monthrange(y, m)[1]) for y, m in MONTHS]

# Fifty-four weeks, each dated on its Monday.
FIRST_MONDAY = datetime.date(2025, 11, 3)
WEEKS = [FIRST_MONDAY + datetime.timedelta(weeks=n) for n in range(54)]

# The exports were downloaded on 16 November 2026: the last month in them is not over.
FIRST_DAY, LAST_DAY = date(2025, 11, 1), date(2026, 11, 15)
PERIODS = MONTHS + [(2026, 11)]


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
        datetime.date(2026, 11, 9): 1.30,  # its places can be booked
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


# ---------------------------------------------------------------- from months to days


def days_of(year, month):
    """The days of a month that are in the exports."""
    days = [date(year, month, n + 1) for n in range(calendar.monthrange(year, month)[1])]
    return [day for day in days if FIRST_DAY <= day <= LAST_DAY]


def spread(rng, total, weights):
    """`total` in whole parts as `weights` say, a little unevenly; the parts add up to it."""
    uneven_weights = [weight * (0.7 + 0.6 * rng.random()) for weight in weights]
    whole, parts, given, seen = sum(uneven_weights), [], 0, 0.0
    for weight in uneven_weights:
        seen += weight
        upto = round(total * seen / whole) if whole else 0
        parts.append(upto - given)
        given = upto
    return parts


RIVER_WEEK = f.day_range(date(2026, 4, 20), 7)
RUMOUR = f.day_range(date(2026, 6, 9), 4)


def weight_of(day, busy=()):
    """How much happens on a day: less at weekends and in August, more in the weeks that mattered."""
    weight = (1.0, 1.1, 1.15, 1.2, 1.1, 0.7, 0.55)[day.weekday()]
    if day in RIVER_WEEK or day in RUMOUR:
        weight *= 2.6
    return weight * (1.8 if day.weekday() in busy else 1.0)


def by_day(name, monthly, busy=()):
    """A figure by day, from what each month came to."""
    rng = random.Random(name)
    result = []
    for (year, month), total in zip(PERIODS, monthly):
        days = days_of(year, month)
        result += zip(days, spread(rng, total, [weight_of(day, busy) for day in days]))
    return result


# ---------------------------------------------------------------- Instagram

PLACES = ["la Aceña", "el Soto", "Molino Viejo", "las Junqueras", "la vega de Torrealbea", "el tramo siete"]
THEMES = ["la nutria", "el mirlo acuático", "una estaca de sauce", "la poza del molino", "el barbo", "la estación de aforo"]
FRIDAYS = [
    "El dato del viernes: {n},{m} m³/s en la Aceña, algo menos que hace un año.",
    "El dato del viernes: {n},{m} m³/s. Ha llovido arriba y todavía no ha llegado.",
    "El dato del viernes: {n},{m} m³/s y agua a once grados.",
]
CALLS = [
    "Faltan {n} personas para el sábado en {place}. Hay caldo y botas de préstamo.",
    "El sábado plantamos en {place}. Se llega en autobús y se acaba a la una.",
    "{n} personas y un remolque de sauces: así quedó {place} el sábado.",
    "Preguntáis si se pueden llevar niños a {place}. Sí, desde los seis años y con quien responda por ellos.",
]
STORIES = [
    "¿Qué es esto que asoma en {place}? Mañana, la respuesta.",
    "En {place} han vuelto a criar. No decimos dónde exactamente, y es a propósito.",
    "Esto costó, esto duró y esto salió mal en {place}.",
    "«¿Por qué no lo dragáis?» La respuesta larga está en la web; la corta, en el segundo dibujo.",
]


def instagram_posts():
    """What was published: its figures are those of the day of the export, not of the day it came out."""
    rng = random.Random("publicaciones de instagram")
    pick = lambda low, high: low + int(rng.random() * (high - low + 1))
    header, rows = instagram()
    monthly = [(day.year, day.month, reach, done, count) for day, reach, done, count in rows] + [(2026, 11, 6100, 340, 7)]
    posts = []
    for year, month, reach, done, count in monthly:
        days = days_of(year, month)
        # Mondays, Wednesdays and Fridays; in the months of a campaign the days between them too.
        usual = [day for day in days if day.weekday() in (0, 2, 4)]
        usual = [usual[n * len(usual) // count] for n in range(count)] if count < len(usual) else usual
        between = [day for day in days if day.weekday() in (1, 3) and (month != 4 or day >= date(2026, 4, 13))]
        chosen = sorted(usual + between[: count - len(usual)])
        shares = spread(rng, done, [1 + 2 * rng.random() for _ in chosen])
        video_months = (year, month) in ((2026, 3), (2026, 4), (2026, 5), (2026, 6))
        for n, (day, part) in enumerate(zip(chosen, shares)):
            video = n % 3 == 1 if video_months else n == 1 and month % 2 == 0
            if day.weekday() == 4:
                text, video = FRIDAYS[pick(0, 2)], False
            elif video:
                text = "El río por dentro: " + THEMES[pick(0, 5)] + ", en cuarenta segundos."
            else:
                text = (CALLS if n % 2 else STORIES)[pick(0, 3)]
            text = text.format(n=pick(2, 9), m=pick(0, 9), place=PLACES[pick(0, 5)])
            hearts = part * pick(66, 80) // 100
            comments = part * pick(5, 12) // 100
            passed = part * pick(3, 9) // 100
            views = reach * pick(14, 34) // 100 * (2 if video else 1)
            posts.append(
                {
                    "id": str(17900000000000000 + pick(1, 10**12)),
                    "page_id": "17841400001234567",
                    "handle": "fundacionlembrea",
                    "page": "Fundación Lembrea",
                    "text": text,
                    "seconds": pick(31, 58) if video else 0,
                    "at": datetime.datetime(day.year, day.month, day.day, *{0: (9, 0), 2: (18, 30), 4: (12, 0)}.get(day.weekday(), (17, 0))),
                    "link": f"https://instagram.example/p/{day:%y%m%d}{n}",
                    "kind": "Reel" if video else ("Secuencia" if n % 2 else "Imagen"),
                    "views": views,
                    "reach": views * pick(58, 82) // 100,
                    "likes": hearts,
                    "comments": comments,
                    "shares": passed,
                    "saves": part - hearts - comments - passed,
                    "follows": pick(0, 9) if video else pick(0, 3),
                }
            )
    return posts


def instagram_content():
    """Two exports, one after the other."""
    posts = instagram_posts()
    cut = date(2026, 5, 1)
    early = [post for post in posts if post["at"].date() < cut]
    late = [post for post in posts if post["at"].date() >= cut]
    export = lambda some: f.meta_content(f.INSTAGRAM, some, "es-ES", big_groups=True)
    return {
        "instagram/Nov-01-2025_Apr-30-2026_1120345588712345.csv": export(early),
        "instagram/May-01-2026_Nov-15-2026_2214678810998877.csv": export(late),
    }


def instagram_daily():
    """Interactions and views of the account by day, one file a metric."""
    header, rows = instagram()
    done = by_day("interacciones", [row[2] for row in rows] + [340], busy=(0, 2, 4))
    views = by_day("visualizaciones", [row[1] * 23 // 10 for row in rows] + [14200], busy=(0, 2, 4))
    return {
        "instagram/Interacciones.csv": f.meta_daily("Interacciones con el contenido", done),
        "instagram/Visualizaciones.csv": f.meta_daily("Visualizaciones", views),
    }


# ---------------------------------------------------------------- LinkedIn


def gains(column):
    """What each month added to an audience, and what the first and the last one are taken to have added."""
    header, rows = followers()
    values = [row[header.index(column)] for row in rows]
    return [values[1] - values[0]] + [b - a for a, b in zip(values, values[1:])] + [(values[-1] - values[-2]) // 2]


LINKEDIN_POSTS = [
    "Ficha de obra: 640 metros de ribera en la Aceña, con la factura",
    "Lo que salió mal en el tramo cuatro: ochocientos sauces plantados dos semanas tarde",
    "Cuánto cuesta no dragar: tres cifras y de dónde salen",
    "Voluntariado de empresa: qué pedimos y qué no hacemos",
    "Caudal del año en la Aceña, semana a semana",
    "Qué aprendimos de la espuma de junio",
    "Convenio con el ayuntamiento: quién pone qué",
    "Informe del estado del río 2026, en una página",
]


def linkedin():
    """Two exports of the same page; the second begins before the first ends, with the same figures."""
    rng = random.Random("linkedin")
    shown = [1900, 1300, 2100, 2300, 2600, 3100, 2700, 3400, 2000, 900, 2900, 3000, 1500]
    days = []
    for day, impressions in by_day("impresiones de linkedin", shown, busy=(1,)):
        portion = lambda low, high: impressions * (low + int(rng.random() * (high - low + 1))) // 1000
        figures = {"clicks": portion(18, 42), "reactions": portion(15, 34), "comments": portion(0, 8), "reposts": portion(0, 7)}
        days.append({"day": day, "impressions": impressions, "unique": portion(520, 680), **figures})
    posts = []
    for n, day in enumerate(f.day_range(FIRST_DAY, 380)[10::7]):
        if day.month == 8 or day > LAST_DAY:
            continue
        impressions = 260 + int(rng.random() * 420)
        posts.append(
            {
                "title": LINKEDIN_POSTS[n % len(LINKEDIN_POSTS)],
                "link": f"https://linkedin.example/posts/{n}",
                "by": "Noa Beltrán",
                "day": day,
                "impressions": impressions,
                "clicks": impressions * 3 // 100,
                "likes": impressions * 2 // 100 + n % 5,
                "comments": n % 4,
                "reposts": n % 3,
                "follows": n % 2,
            }
        )
    people, seen = [], []
    for day, gained in by_day("seguidores de linkedin", gains("linkedin"), busy=(1,)):
        people.append({"day": day, "organic": gained, "invited": 0})
    for day, views in by_day("visitas a linkedin", [total // 22 for total in shown], busy=(1,)):
        mobile = views * 35 // 100
        seen.append({"day": day, "desktop": views - mobile, "mobile": mobile, "desktop_people": (views - mobile) * 3 // 4, "mobile_people": mobile * 3 // 4})
    first = [d for d in days if d["day"] <= date(2026, 4, 30)]
    second = [d for d in days if d["day"] >= date(2026, 4, 20)]
    early = [p for p in posts if p["day"] <= date(2026, 4, 30)]
    late = [p for p in posts if p["day"] > date(2026, 4, 30)]
    return {
        "linkedin/fundacion-lembrea_content_1777708800000.xls": f.linkedin_content(first, early, "es"),
        "linkedin/fundacion-lembrea_content_1794816000000.xls": f.linkedin_content(second, late, "es"),
        "linkedin/fundacion-lembrea_followers_1794816000000.xls": f.linkedin_followers(people),
        "linkedin/fundacion-lembrea_visitors_1794816000000.xls": f.linkedin_visitors(seen),
    }


# ---------------------------------------------------------------- YouTube

ARCHIVE = [
    ("Cómo se mide el caudal", date(2022, 10, 6)),
    ("Cómo se mide la sombra", date(2022, 12, 18)),
    ("Cómo se mide la vida del agua", date(2023, 3, 9)),
    ("Cómo se cuentan los peces", date(2023, 10, 19)),
    ("Cómo se planta una estaca", date(2024, 1, 25)),
    ("El tramo cuatro, un año después", date(2025, 2, 13)),
    ("Qué hay debajo de una piedra", date(2025, 11, 27)),
    ("Tres inviernos en el Soto", date(2026, 1, 29)),
]
SERIES = "la nutria,el molino,la crecida,el sauce,la lamprea,el puente,la orilla,la sequía,el barbo,la espuma,la raíz,el limo,la sombra,el vado,la isla,el cauce".split(",")
MONTHLY = [
    ("El informe del río en cuatro minutos", date(2026, 7, 30)),
    ("Regar lo plantado", date(2026, 8, 27)),
    ("El censo de otoño", date(2026, 9, 24)),
    ("Retirar una escollera", date(2026, 10, 29)),
]


def youtube():
    """The archive of Studio. Its total is more than its rows: what was seen of deleted videos counts too."""
    rng = random.Random("youtube")
    pick = lambda low, high: low + int(rng.random() * (high - low + 1))
    seen = by_day("vistas", [262, 190, 281, 308, 634, 982, 905, 611, 243, 158, 423, 461, 214], busy=(3,))
    total = sum(views for _, views in seen)
    listed = ARCHIVE + [(f"El río por dentro: {what}", date(2026, 3, 5) + datetime.timedelta(weeks=n)) for n, what in enumerate(SERIES)] + MONTHLY
    shares = spread(rng, total * 96 // 100, [3.2] * 5 + [1.4] * 3 + [1.0] * 16 + [0.8] * 4)
    videos = []
    for n, ((title, day), views) in enumerate(zip(listed, shares)):
        shown = views * pick(14, 26)
        videos.append(
            {
                "id": ("-" if n == 9 else "") + "".join("abcdefghkmnpqrstuvwxyzABCDEFGHKLMNPQRS23456789"[pick(0, 45)] for _ in range(11 - (n == 9))),
                "title": title,
                "day": day,
                "seconds": pick(128, 236),
                "views": views,
                "watched": views * pick(58, 131),
                "subscribers": pick(0, 14),
                "impressions": shown,
                "clicks": shown * pick(31, 58) // 1000,
                "daily": [(d, v * views // total) for d, v in seen[-30:]],
            }
        )
    deleted = {"views": total - sum(shares), "watched": 52000, "subscribers": 3, "impressions": 9100, "clicks": 350}
    return {"youtube/Contenido 2025-11-01_2026-11-15 Fundación Lembrea.zip": f.youtube_zip(videos, seen, "es-ES", deleted)}


# ---------------------------------------------------------------- Newsletter

SUBJECTS = [
    "Seis sábados con barro", "Lo que contó el invierno", "Dos sauces y una factura", "El agua de enero", "Tres maneras de cruzar",
    "Faltan botas, sobra río", "Nueve parejas", "Lo que no sabemos del limo", "Párate en el puente", "Lo que visteis desde el puente",
    "Mayo viene alto", "Sobre la espuma, con datos", "Un mapa para bañarse", "Quién riega en julio", "Agosto, en cuatro líneas",
    "Vuelve el turno", "El informe, en una página", "Por la tarde también se planta", "El tramo siete respira", "Volvemos a las orillas",
]


def klaviyo():
    """Two issues a month, on the second and the fourth Thursday; one in August, one so far in November."""
    rng = random.Random("campañas del boletín")
    header, rows = newsletter()
    campaigns = []
    monthly = [(day.year, day.month, *figures) for day, *figures in rows] + [(2026, 11, 2215, 1046, 181, 6)]
    for year, month, delivered, opened, clicked, left in monthly:
        thursdays = [day for day in days_of(year, month) if day.weekday() == 3]
        chosen = [day for n, day in enumerate(thursdays) if n in (1, 3)] if month != 8 else thursdays[1:2]
        # Each issue reaches its part of the month; opens and clicks follow, all adding up to the month.
        parts = [split_even(total, len(chosen)) for total in (delivered, opened, clicked, left)]
        for n, day in enumerate(chosen):
            arrived, opens, clicks, gone = (part[n] for part in parts)
            number = len(campaigns)
            campaigns.append(
                {
                    "name": f"Boletín {day:%Y-%m-%d}", "tags": "boletín, río", "subject": SUBJECTS[number % len(SUBJECTS)],
                    "list": "Suscripciones confirmadas", "at": datetime.datetime(day.year, day.month, day.day, 17, 0),
                    "recipients": arrived + 2 + int(rng.random() * 7), "delivered": arrived, "opens": opens,
                    "all_opens": opens * 13 // 10, "clicks": clicks, "all_clicks": clicks * 12 // 10, "unsubscribes": gone,
                    "spam": 1 if number == 11 else 0, "id": f"01JQYYRSHTMVBX2ZQ19RWK{number:04d}",
                }
            )
    return {"boletin/campaigns_2026-11-16.csv": f.klaviyo(campaigns)}


def split_even(total, count):
    return [total * (n + 1) // count - total * n // count for n in range(count)]


# ---------------------------------------------------------------- Web


def web():
    """Visits by day: measured with cookies until 1 March, without them (and on our own server) since."""
    rng = random.Random("sesiones por día")
    header, weeks = web_sessions()
    sessions = []
    for monday, total in weeks:
        days = f.day_range(monday, 7)
        weights = [weight_of(day) / (1 if day not in RIVER_WEEK else 2.6) for day in days]
        if monday == date(2026, 6, 8):
            weights = [0.5, 4.0, 2.6, 1.6, 1.1, 0.6, 0.5]
        sessions += zip(days, spread(rng, total, weights))
    change = date(2026, 3, 2)
    before = [["Fecha", "Usuarios activos", "Usuarios nuevos", "Sesiones", "Vistas"]]
    before += [[f"{d:%Y%m%d}", n * 82 // 100, n * 51 // 100, n, n * 23 // 10] for d, n in sessions if d < change]
    pages = [["Título de página y clase de pantalla", "Vistas", "Usuarios activos"]]
    pages += [["Jornadas de ribera | Fundación Lembrea", 9120, 5412], ["Estado del río | Fundación Lembrea", 6033, 2871]]
    after = []
    for day, n in sessions:
        if day < change:
            continue
        after.append(
            {
                "period": f"{day}", "visits": n, "people": n * 79 // 100, "actions": n * (19 + int(rng.random() * 9)) // 10,
                "converted": n * (8 + int(rng.random() * 9)) // 1000, "bounces": n * (41 + int(rng.random() * 11)) // 100,
                "seconds": n * (74 + int(rng.random() * 50)), "most": 9 + int(rng.random() * 20),
            }
        )
    return {
        "web/informe-ga4-hasta-marzo-2026.csv": f.ga4(
            FIRST_MONDAY, date(2026, 3, 1), [("Adquisición de tráfico: por día", before), ("Páginas y pantallas", pages)], "es"
        ),
        "web/Exportar _ Indicadores principales _ 2 de marzo – 15 de noviembre de 2026.csv": f.matomo(after, "es"),
    }


def search():
    """What people looked for before they came."""
    rng = random.Random("buscador")
    days = []
    for n, day in enumerate(f.day_range(date(2026, 8, 16), 92)):
        shown = 310 + 2 * n + int(rng.random() * 90)
        days.append((day, shown * (38 + int(rng.random() * 22)) // 1000, shown, 880 - 3 * n + int(rng.random() * 60)))
    queries = [
        ("río lembrea", 402, 3120, 214), ("por qué no se draga el lembrea", 318, 2440, 131), ("voluntariado río torrealbea", 151, 902, 188),
        ("zonas de baño lembrea", 97, 2011, 342), ("espuma río lembrea", 61, 704, 207), ("plantar sauces cuándo", 24, 2980, 871),
    ]
    pages = [
        ("https://fundacionlembrea.example/por-que-no-se-draga", 371, 5120, 402), ("https://fundacionlembrea.example/jornadas", 288, 2610, 255),
        ("https://fundacionlembrea.example/zonas-de-bano", 104, 2207, 351),
    ]
    return {"buscador/fundacionlembrea.example-Performance-on-Search-2026-11-16.zip": f.search_console(queries, pages, days, "es")}


# ---------------------------------------------------------------- X, closed in March 2026

TWEETS = [
    "Caudal en la Aceña: {n},{m} m³/s.",
    "Aviso: el vado del Soto, cortado por la crecida.",
    "Nota de prensa en la web. Teléfono para medios, en el perfil.",
    "@vecino_ejemplo Lo preguntamos hoy y te contestamos aquí.",
    "El sábado plantamos en {place}. Plazas en la web.",
]


def x():
    """What was kept when the account was closed: an old archive by tweet, and its last months by day."""
    rng = random.Random("x")
    pick = lambda low, high: low + int(rng.random() * (high - low + 1))
    days = []
    for day in f.day_range(FIRST_DAY, 151):
        shown = pick(140, 760)
        days.append(
            {
                "day": day, "impressions": shown, "likes": shown * pick(2, 11) // 1000, "engagements": shown * pick(9, 28) // 1000,
                "bookmarks": pick(0, 1), "shares": pick(0, 2), "follows": pick(0, 2), "unfollows": pick(0, 3), "replies": pick(0, 9),
                "reposts": pick(0, 4), "visits": pick(2, 19), "posts": pick(0, 2), "video": None if day.month == 12 else pick(0, 30),
                "media": None if day.month == 12 else pick(0, 60),
            }
        )
    tweets = []
    for n, day in enumerate(f.day_range(date(2024, 1, 8), 84)[::2]):
        shown = pick(190, 1500)
        likes, shares, replies, clicks, profile, expands = (pick(0, top) for top in (14, 6, 11, 9, 8, 12))
        tweets.append(
            {
                "id": str(1744000000000000000 + n * 726_000_000_000_000), "link": f"https://x.example/fundacionlembrea/{n}",
                "text": TWEETS[n % 5].format(n=pick(2, 9), m=pick(0, 9), place=PLACES[pick(0, 5)]),
                "at": datetime.datetime(day.year, day.month, day.day, pick(8, 19), pick(0, 59)), "impressions": shown,
                "engagements": likes + shares + replies + clicks + profile + expands, "likes": likes, "shares": shares, "replies": replies,
                "clicks": clicks, "profile": profile, "expands": expands,
            }
        )
    return {
        "x/account_overview_analytics_2025-11-01_2026-03-31.csv": f.x_overview(days),
        "x/tweet_activity_metrics_fundacionlembrea_20240101_20240401_es.csv": f.x_classic(tweets),
    }


# ---------------------------------------------------------------- kept by hand


def sentiment():
    """Mentions of the foundation in the month, as the person on listening duty judged them."""
    rng = random.Random("sentimiento")
    total = [58, 39, 61, 66, 74, 168, 96, 301, 82, 41, 93, 88]
    good = [34, 36, 37, 38, 40, 52, 47, 21, 39, 33, 44, 49]
    bad = [19, 17, 18, 17, 15, 8, 11, 46, 17, 20, 12, 10]
    rows = []
    for day, n, up, down in zip(MONTH_ENDS, total, good, bad):
        positive, negative = uneven(rng, n * up / 100, 0.04), uneven(rng, n * down / 100, 0.04)
        month = f"{f.MONTHS_ES[day.month - 1]}. {day.year}"
        rows.append((day, month, positive, n - positive - negative, negative, positive - negative, n))
    return ["fecha", "mes", "positivas", "neutras", "negativas", "saldo", "total"], rows


# How many messages of a hundred or so come at each hour, from eight in the morning to eleven at night.
HOURS_OF_DAY = [
    [6, 14, 17, 15, 11, 7, 8, 12, 16, 21, 25, 19, 14, 15, 9, 3],
    [5, 12, 16, 14, 10, 6, 8, 13, 17, 24, 27, 20, 15, 17, 10, 4],
    [5, 11, 14, 13, 10, 7, 9, 15, 22, 29, 31, 22, 16, 18, 11, 4],
    [4, 11, 15, 14, 9, 6, 8, 14, 25, 33, 30, 21, 17, 19, 12, 5],
    [4, 10, 13, 18, 14, 8, 7, 9, 11, 14, 12, 9, 6, 5, 4, 3],
    [3, 7, 12, 14, 11, 7, 5, 6, 8, 10, 9, 6, 5, 4, 4, 2],
    [2, 4, 8, 10, 9, 6, 6, 9, 14, 23, 28, 34, 36, 27, 15, 6],
]
SUBJECTS_OF_MESSAGES = {
    "pregunta corriente": 46, "elogio": 21, "pregunta técnica": 11, "crítica con razón": 8, "dato falso": 6, "publicidad": 4,
    "insulto": 2, "error nuestro": 1, "prensa": 1,
}
SUBJECTS_OF_RUMOUR = {"bulo de la espuma": 62, "pregunta corriente": 14, "elogio": 9, "insulto": 9, "prensa": 6}
CHANNELS_OF_MESSAGES = {"instagram": 58, "correo": 19, "web": 13, "linkedin": 6, "youtube": 4}


def one_of(rng, weights):
    """A key of `weights`, as often as they say."""
    left = rng.random() * sum(weights.values())
    for key, weight in weights.items():
        left -= weight
        if left < 0:
            return key
    return key


def messages():
    """Every message that asked for an answer, from the tray: when it came, where, and what it was about."""
    rng = random.Random("mensajes")
    header, weeks = response_time()
    hours_of_week = {(day, hour): n for day, hours in enumerate(HOURS_OF_DAY) for hour, n in enumerate(hours, 8)}
    # A few people write at night or before work.
    hours_of_week |= {(day, hour): n for day in range(7) for hour, n in ((0, 2), (1, 1), (6, 1), (7, 3))}
    rows = []
    for monday, _, count in weeks:
        rumour = monday == date(2026, 6, 8)
        weights = {(d, h): n * (6 if d in (1, 2) else 1) for (d, h), n in hours_of_week.items()} if rumour else hours_of_week
        for _ in range(count):
            day, hour = one_of(rng, weights)
            at = datetime.datetime.combine(monday + datetime.timedelta(days=day), datetime.time(hour, int(rng.random() * 60)))
            subject = one_of(rng, SUBJECTS_OF_RUMOUR if rumour else SUBJECTS_OF_MESSAGES)
            rows.append((f"{at:%Y-%m-%d %H:%M}", one_of(rng, CHANNELS_OF_MESSAGES), subject))
    return ["recibido", "canal", "asunto"], sorted(rows)


def spending():
    """What the channels cost, from the accounts, as a spreadsheet in Spanish saves it."""
    fixed = [11, 11, 31, 28]
    rows = [["mes", "instagram", "linkedin", "boletin", "web", "campañas", "total"]]
    extra = [0, 0, 24.5, 0, 180, 1204.35, 96.2, 0, 0, 0, 61.75, 212.4]
    comma = lambda value: f"{value:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    for day, campaign in zip(MONTH_ENDS, extra):
        costs = fixed + [campaign]
        rows.append([f"{day:%d/%m/%Y}"] + [comma(cost) for cost in costs + [sum(costs)]])
    return utf8(delimited(rows, comma=";", end="\r\n"), bom=True)


def funnel():
    """The River Week, from the bridge to the bank of the river."""
    steps = [
        ("Visitas desde los carteles", 1904), ("Respuestas leídas hasta el final", 1126), ("Formularios abiertos", 402), ("Inscripciones", 143),
        ("Asistencias", 116), ("Personas que han vuelto", 39),
    ]
    return ["paso", "personas"], [(f'"{step}"' if "," in step else step, people) for step, people in steps]


def joined():
    """How many people each audience gained in the month, from the sizes at its end."""
    header, rows = followers()
    gained = [(after[0], *(b - a for a, b in zip(before[1:], after[1:]))) for before, after in zip(rows, rows[1:])]
    return header, gained


def hours_by_half():
    """Hours a month of each channel, before and after the decision of July to do less video."""
    header, rows = hours()
    before = [row for row in rows if row[0] < date(2026, 7, 1)]
    after = [row for row in rows if row[0] >= date(2026, 9, 1)]
    names = {"instagram": "Instagram", "linkedin": "LinkedIn", "youtube": "YouTube", "boletin": "Boletín", "web": "Web"}
    mean = lambda some, column: f"{sum(row[column] for row in some) / len(some):.1f}"
    lines = [(names[name], mean(before, n), mean(after, n)) for n, name in enumerate(header) if name in names]
    return ["canal", "nov.–jun.", "sep.–oct."], lines


def targets_at_issue():
    """How far each target was when the third quarter was evaluated, and how far it should have been by then."""
    on = date(2026, 9, 30)
    at = lambda make, column: next(row[column] for row in make()[1] if row[0] == on)
    year = lambda make, column: sum(row[column] for row in make()[1] if date(2026, 1, 1) <= row[0] <= on)
    tone = at(sentiment, 5) * 100 / at(sentiment, 6)
    opened = at(newsletter, 2) * 100 / at(newsletter, 1)
    waited = float(next(row[1] for row in response_time()[1] if row[0] == date(2026, 9, 21)))
    autumn = date(2025, 11, 30)
    targets = [
        ("Apertura del boletín", opened, 40.5, 46, autumn), ("Tiempo de respuesta", waited, 19.1, 8, date(2025, 11, 3)),
        ("Sentimiento neto", tone, 15.5, 35, autumn), ("Suscripciones al boletín", at(followers, 4), 1238, 2400, autumn),
        ("Interacciones en Instagram", year(instagram, 2), 0, 9000, date(2026, 1, 1)), ("Sesiones en la web", year(web_sessions, 1), 0, 60000, date(2026, 1, 1)),
        ("Seguidores en Instagram", at(followers, 1), 3412, 6000, autumn), ("Ribera recuperada", 7.6, 6.4, 8.2, date(2025, 12, 31)),
        ("Inscripciones", year(volunteers, 1), 0, 900, date(2026, 1, 1)), ("Alcance en Instagram", at(instagram, 1), 9708, 14000, autumn),
    ]
    rows = []
    for name, actual, start, goal, since in targets:
        share = (actual - start) * 100 / (goal - start)
        expected = (on - since).days * 100 / (date(2026, 12, 31) - since).days
        rows.append((name, round(share), round(expected)))
    return ["meta", "avance", "esperado"], rows


def plans():
    """What takes weeks: campaigns, works on the river and the days on which something is decided."""
    rows = [
        ("Plantaciones 2025-2026", "Campañas", "2025-11-22", "2026-02-28"), ("Semana del Río", "Campañas", "2026-04-13", "2026-04-30"),
        ("Plantaciones 2026-2027", "Campañas", "2026-11-09", "2027-02-28"), ("El río por dentro (vídeo)", "Contenido", "2026-03-05", "2026-06-25"),
        ("Informe del estado del río", "Contenido", "2026-08-24", "2026-09-24"), ("Autorización de la escollera", "Obras", "2026-04-13", "2026-08-14"),
        ("Retirada de la escollera", "Obras", "2026-08-17", "2026-09-18"), ("Riego de lo plantado", "Obras", "2026-06-15", "2026-09-20"),
        ("Cría de la garza: sin obras", "Límites", "2026-02-15", "2026-07-31"), ("Vacaciones del equipo", "Límites", "2026-08-03", "2026-08-28"),
    ]
    return ["actividad", "grupo", "inicio", "fin"], rows


def risks():
    """What may go wrong, as judged in October: the first four have a scenario with a card."""
    rows = [
        ("Accidente en una jornada", 3, 5), ("Cuenta secuestrada", 3, 4), ("Vertido que se nos atribuye", 4, 4), ("Comentario ofensivo del equipo", 2, 4),
        ("Fuga de la lista del boletín", 1, 5), ("Dato equivocado publicado", 4, 2), ("Falta quien modere en agosto", 5, 2), ("Web caída", 3, 2),
        ("Suplantación en X", 2, 3), ("Foto sin permiso", 3, 3),
    ]
    return ["riesgo", "probabilidad", "impacto"], rows


def proposals():
    """Ideas that wait for a decision, as estimated together: hours to do it, and how much it would help."""
    rows = [
        ("Botas de préstamo", 8, 8, "pedida"), ("Guardia en agosto", 60, 9, "pedida"), ("Página mensual de análisis", 96, 7, "aceptada"),
        ("Anunciar el riego en mayo", 4, 7, "aceptada"), ("Autorización única", 26, 6, "en estudio"), ("Camisetas", 22, 2, "rechazada"),
        ("Directo desde el río", 48, 3, "rechazada"), ("Avisos por el canal municipal", 10, 4, "en estudio"),
        ("Carteles en puentes", 18, 9, "aceptada"),
    ]
    return ["propuesta", "horas", "ayuda", "estado"], rows


TABLES = {
    "alcance-instagram.csv": instagram,
    "altas.csv": joined,
    "embudo-semana-del-rio.csv": funnel,
    "horas-por-canal.csv": hours_by_half,
    "planes.csv": plans,
    "horas.csv": hours,
    "mensajes.csv": messages,
    "metas-t3-2026.csv": targets_at_issue,
    "propuestas.csv": proposals,
    "respuesta.csv": response_time,
    "riesgos.csv": risks,
    "seguidores.csv": followers,
    "sentimiento.csv": sentiment,
    "voluntariado.csv": volunteers,
}
EXPORTS = [instagram_content, instagram_daily, linkedin, youtube, klaviyo, web, search, x]


def csv_bytes(make):
    """The table that `make` describes, as bytes with Unix line ends."""
    header, rows = make()
    lines = [",".join(header)] + [",".join(str(cell) for cell in row) for row in rows]
    return ("\n".join(lines) + "\n").encode("utf-8")


def all_files():
    files = {name: csv_bytes(make) for name, make in TABLES.items()}
    files["gastos.csv"] = spending()
    for export in EXPORTS:
        files.update(export())
    return files


def main():
    check = "--check" in sys.argv[1:]
    wanted = all_files()
    there = {
        path.relative_to(FOLDER).as_posix(): path.read_bytes()
        for path in sorted(FOLDER.rglob("*"))
        if path.is_file() and path.suffix != ".md"
    }
    stale = [name for name, data in wanted.items() if not same(there.get(name, b""), data)]
    stale += [name for name in there if name not in wanted]
    if check:
        for name in stale:
            print(f"differs from what the script makes: {name}", file=sys.stderr)
        return 1 if stale else 0
    for name in stale:
        path = FOLDER / name
        if name not in wanted:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(wanted[name])
    return 0


if __name__ == "__main__":
    sys.exit(main())
