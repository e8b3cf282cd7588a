#!/usr/bin/env python3
# Makes the exports below tests/exports/: one folder a case, holding `data/<platform>/…` in the
# bytes that the platform writes, and `expected.txt`: the series that must be read from them.
#
# What is expected is computed here, from the figures before they were written, by nothing that the
# program is made of. The figures are invented; a seeded generator gives them their unevenness.
#
#     python3 scripts/make_export_fixtures.py            writes the files
#     python3 scripts/make_export_fixtures.py --check    fails if the committed files differ

import datetime
import pathlib
import random
import sys
from datetime import date

import export_formats as f
from export_bytes import delimited, same, utf8, xls, xlsx

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "tests" / "exports"
CASES = {}


def case(make):
    """Registers a function that gives (`{path below data/: bytes}`, expected series, what is odd)."""
    CASES[make.__name__.replace("_", "-")] = make
    return make


# ---------------------------------------------------------------- what is expected

# The unit of what is counted: none is written.
COUNTED = "-"


class Series:
    """A series as it must be read: dated values, and for rates and means their weights."""

    def __init__(self, name, measure, unit, basis, points, weights=None):
        self.name, self.measure, self.unit, self.basis = name, measure, unit, basis
        self.points = sorted(points, key=lambda point: point[0])
        self.weights = weights

    def line(self):
        values = [value for _, value in self.points]
        weights = "-" if self.weights is None else number(sum(self.weights))
        (first, early), (last, late) = self.points[0], self.points[-1]
        return [
            self.name,
            self.measure,
            self.unit,
            self.basis,
            str(len(values)),
            first.isoformat(),
            last.isoformat(),
            number(early),
            number(late),
            number(sum(values)),
            weights,
        ]


def number(value):
    return str(value) if isinstance(value, int) else f"{value:.4f}".rstrip("0").rstrip(".")


HEADER = "series measure unit basis points first last first-value last-value sum weights".split()


def expected_text(series, odd):
    lines = [HEADER] + [one.line() for one in series]
    widths = [max(len(line[n]) for line in lines) for n in range(len(HEADER))]
    notes = [f"# {line}" for line in odd]
    rows = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() for line in lines]
    return "\n".join(notes + rows) + "\n"


def items(platform, posts, measures, key="at"):
    """One series a figure, with one point a post, dated on the day it was published."""
    day = lambda post: post[key].date() if isinstance(post[key], datetime.datetime) else post[key]
    return [
        Series(f"{platform}.items.{name}", measure, unit, "items", [(day(p), p[name]) for p in posts])
        for name, measure, unit in measures
    ]


def dated(platform, days, measures):
    """One series a figure, with one point a day; a day without the figure has no point."""
    return [
        Series(
            f"{platform}.{name}",
            measure,
            unit,
            "dated",
            [(d["day"], d[source]) for d in days if d[source] is not None],
        )
        for name, source, measure, unit in measures
    ]


# ---------------------------------------------------------------- invented figures


def posts_of(seed, first, count, step=3, start_hour=6):
    """Posts of a page: one every few days, at an uneven hour, some at the same day."""
    rng = random.Random(seed)
    pick = lambda low, high: low + int(rng.random() * (high - low + 1))
    made, day = [], first
    for n in range(count):
        views = pick(900, 24000)
        reach = views * pick(55, 90) // 100
        likes, comments, shares = pick(20, 900), pick(0, 60), pick(0, 80)
        links = pick(0, 120)
        made.append(
            {
                "id": str(122100000000000000 + pick(1, 10**9) * 1000 + n),
                "page_id": "61550000001234",
                "handle": "rio.ejemplo",
                "page": "Río de Ejemplo",
                "title": f"Tramo {n + 1}",
                "text": TEXTS[n % len(TEXTS)],
                "seconds": 0 if n % 3 else pick(12, 90),
                "at": datetime.datetime(day.year, day.month, day.day, pick(start_hour, 20), pick(0, 59)),
                "link": f"https://social.example/p/{1000 + n}",
                "kind": ("Photos", "Reels", "Links")[n % 3],
                "views": views,
                "reach": reach,
                "engagements": likes + comments + shares,
                "reactions": likes,
                "likes": likes,
                "comments": comments,
                "shares": shares,
                "clicks": links + pick(0, 300),
                "link_clicks": links,
                "saves": pick(0, 70),
                "follows": pick(0, 12),
                "watched": 0 if n % 3 else views * pick(3, 9),
                "hides": pick(0, 2),
            }
        )
        made[-1]["other_clicks"] = made[-1]["clicks"] - links
        if n % 7 != 3:
            day += datetime.timedelta(days=step)
    return made


TEXTS = [
    "Nueve parejas de mirlo acuático.",
    'Preguntan: "¿se puede bajar?"\nSí, por el puente, con calma.',
    "Faltan ocho personas para el sábado; hay caldo.",
    "El dato del viernes: 3,2 m³/s, como hace un año 💧",
    "Línea uno\n\nLínea tres, después de una vacía",
]


def later(posts, seed):
    """The same posts some weeks later: totals of a lifetime have grown."""
    rng = random.Random(seed)
    grown = []
    for post in posts:
        more = dict(post)
        for name in ("views", "reach", "reactions", "likes", "clicks"):
            more[name] = post[name] + 1 + int(rng.random() * (post[name] // 20 + 3))
        more["engagements"] = more["reactions"] + more["comments"] + more["shares"]
        more["other_clicks"] = more["clicks"] - more["link_clicks"]
        grown.append(more)
    return grown


def daily(seed, first, count, **shapes):
    """Figures by day: each between its two ends, lower on Sundays."""
    rng = random.Random(seed)
    days = []
    for day in f.day_range(first, count):
        row = {"day": day}
        for name, (low, high) in shapes.items():
            value = low + int(rng.random() * (high - low + 1))
            row[name] = value * 7 // 10 if day.weekday() == 6 else value
        days.append(row)
    return days


def flows(*names):
    return [(name, "flow", COUNTED) for name in names]


FACEBOOK = flows("views", "reactions", "comments", "shares", "clicks", "link_clicks") + [("reach", "unique", COUNTED)]
INSTAGRAM = flows("views", "likes", "comments", "shares", "saves", "follows") + [("reach", "unique", COUNTED)]

# ---------------------------------------------------------------- Meta

HIDE = "Negative feedback from users: Hide all"


@case
def facebook_content():
    february = posts_of("february", date(2026, 2, 2), 10, step=2)
    march = posts_of("march", date(2026, 3, 1), 12, step=2)
    april = posts_of("april", date(2026, 4, 4), 8)
    again = later(february + march, "again")
    small = lambda name: name.replace("Comments and Shares", "comments and shares")
    files = {
        "facebook/Feb-01-2026_Feb-28-2026_1120345588712345.csv": f.meta_content(
            f.FACEBOOK, february, without=(HIDE,)
        ),
        "facebook/Mar-01-2026_Mar-31-2026_2214678810998877.csv": f.meta_content(f.FACEBOOK, march, rename=small),
        "facebook/Feb-01-2026_Apr-30-2026_3305512277441100.csv": f.meta_content(f.FACEBOOK, again + april),
    }
    odd = [
        "BOM; 32 columns in one month and 33 in another; capitals that vary; texts of several lines.",
        "The third file exports the posts of the first two again, with other totals: the newest counts.",
    ]
    return files, items("facebook", again + april, FACEBOOK), odd


@case
def facebook_content_es_ES():
    posts = posts_of("es-ES", date(2026, 1, 5), 11, step=2)
    files = {"facebook/01-01-2026_31-01-2026_998877.csv": f.meta_content(f.FACEBOOK, posts, "es-ES")}
    return files, items("facebook", posts, FACEBOOK), ["Spanish words of Spain; dates with the month first."]


@case
def facebook_content_es_LA():
    # No day above 12 before the tenth: what the order of the date is, only the profile knows.
    posts = posts_of("es-LA", date(2026, 3, 1), 4, step=2)
    files = {"facebook/publicaciones.csv": f.meta_content(f.FACEBOOK, posts, "es-LA")}
    odd = ["Spanish words of America; every day is at most 12, so that only the profile knows the month."]
    return files, items("facebook", posts, FACEBOOK), odd


@case
def instagram_content():
    posts = posts_of("instagram", date(2026, 3, 2), 24)
    columns = f.INSTAGRAM[:3] + f.INSTAGRAM[4:9] + [f.INSTAGRAM[3]] + f.INSTAGRAM[9:]
    files = {"instagram/Mar-01-2026_May-31-2026_77.csv": f.meta_content(columns, posts, big_groups=True)}
    return files, items("instagram", posts, INSTAGRAM), ["Quoted thousands `12,400`; `Date` is `Lifetime`."]


@case
def instagram_content_es():
    spain = posts_of("instagram es-ES", date(2026, 4, 1), 9)
    america = posts_of("instagram es-LA", date(2026, 6, 1), 9)
    files = {
        "instagram/abril.csv": f.meta_content(f.INSTAGRAM, spain, "es-ES", without=("Data comment",)),
        "instagram/junio.csv": f.meta_content(f.INSTAGRAM, america, "es-LA", without=("Data comment", "Date")),
    }
    odd = ["Spain and America; `Data comment` and `Date` are not always there."]
    return files, items("instagram", spain + america, INSTAGRAM), odd


@case
def instagram_daily():
    days = daily("instagram daily", date(2026, 3, 1), 61, interactions=(4, 240), views=(80, 2900))
    posts = posts_of("instagram beside days", date(2026, 3, 2), 8)
    files = {
        "instagram/Interacciones.csv": f.meta_daily(f.PAGE_DAILY["interactions"][1], [(d["day"], d["interactions"]) for d in days]),
        "instagram/Visualizaciones.csv": f.meta_daily(f.PAGE_DAILY["views"][1], [(d["day"], d["views"]) for d in days]),
        "instagram/contenido.csv": f.meta_content(f.INSTAGRAM, posts, "es-ES"),
    }
    expected = dated(
        "instagram", days, [("engagements", "interactions", "flow", COUNTED), ("views", "views", "flow", COUNTED)]
    )
    odd = ["The same words as a page's, in the folder of the account: the figures are the account's."]
    return files, expected + items("instagram", posts, INSTAGRAM), odd


@case
def facebook_page_daily():
    days = daily("page", date(2025, 11, 1), 365, follows=(0, 25), interactions=(4, 240), views=(80, 2900), viewers=(40, 1400), link_clicks=(0, 40), visits=(2, 90))
    files = {
        f"facebook/{title.removeprefix('Facebook ').capitalize()}.csv": f.meta_daily(
            title, [(d["day"], d[name]) for d in days]
        )
        for name, (title, _) in f.PAGE_DAILY.items()
    }
    expected = dated(
        "facebook",
        days,
        [
            ("new_followers", "follows", "flow", COUNTED),
            ("engagements", "interactions", "flow", COUNTED),
            ("views", "views", "flow", COUNTED),
            ("viewers", "viewers", "unique", COUNTED),
            ("link_clicks", "link_clicks", "flow", COUNTED),
            ("visits", "visits", "flow", COUNTED),
        ],
    )
    return files, expected, ["UTF-16, `sep=,`, the name of the metric above a header that says `Primary`; 365 rows."]


@case
def facebook_audience():
    ages = [["Age", "Women", "Men"], ["18-24", "4.1", "3.0"], ["25-34", "14.2", "9.9"], ["35-44", "22.0", "12.5"]]
    cities = [["Top cities", "Value"], ["Torrealbea, Spain", "0.601"], ["Madrid, Spain", "0.052"]]
    countries = [["Top countries", "Value"], ["Spain", "73.7"], ["Portugal", "4.4"]]
    pages = [["Top pages", "Value"], ["Ríos vivos", "12"], ["Botas, mapa y caldo", "9"]]
    follows = [["Date", "Primary"]] + [
        [f"{day:%Y-%m-%d}T00:00:00", 3 + n % 5] for n, day in enumerate(f.day_range(date(2026, 10, 1), 28))
    ]
    blocks = [("Age & gender", ages), ("Top cities", cities), ("Top countries", countries), ("Top pages", pages)]
    files = {"facebook/Audience.csv": f.meta_audience(blocks + [("Facebook follows", follows)])}
    points = [(day, 3 + n % 5) for n, day in enumerate(f.day_range(date(2026, 10, 1), 28))]
    expected = [Series("facebook.new_followers", "flow", COUNTED, "dated", points)]
    return files, expected, ["Five tables in one file; only the last has dates; percents in one, fractions in another."]


@case
def facebook_daily_de():
    days = daily("german", date(2026, 10, 1), 31, reach=(9000, 14000))
    followers = 1500
    rows = [["Datum", "Seiten-Follower", "Reichweite"]]
    for d in days:
        d["followers"] = followers
        rows.append([f"{d['day']:%d.%m.%Y}", f.grouped(followers, "."), f.grouped(d["reach"], ".")])
        followers += 1 + d["day"].day % 4
    files = {"facebook/Seite.csv": utf8(delimited(rows, comma=";", end="\r\n"))}
    expected = dated(
        "facebook", days, [("followers", "followers", "stock", COUNTED), ("reach", "reach", "unique", COUNTED)]
    )
    return files, expected, ["Semicolons, points between thousands, `DD.MM.YYYY`."]


@case
def facebook_ads():
    days = daily("ads", date(2026, 9, 1), 14, impressions=(800, 5000), reach=(500, 3000), link_clicks=(3, 90))
    rows = []
    for n, d in enumerate(days):
        d["cents"] = 350 + 37 * n
        spent = f"{d['cents'] // 100}.{d['cents'] % 100:02d}"
        row = ["23850001234", "Otoño", f"{d['day']:%Y-%m-%d}", "Link click", d["link_clicks"], "", ""]
        rows.append(row + [spent, d["impressions"], d["reach"], d["link_clicks"]])
    files = {"ads/otono.csv": f.ads(rows, "EUR")}
    return files, [], ["A header that stands twice, and a currency in a header; no profile: the columns stay reachable."]


# ---------------------------------------------------------------- X


@case
def x_classic():
    posts = posts_of("tweets", date(2024, 2, 28), 20, step=1)
    for n, p in enumerate(posts):
        p |= {"impressions": p["views"], "replies": p["comments"], "profile": 3, "expands": n}
        p["engagements"] = p["likes"] + p["replies"] + p["shares"] + p["clicks"]
    names = ["impressions", "engagements", "likes", "replies", "shares", "clicks"]
    files = {"x/tweet_activity_metrics_ejemplo_20240201_20240401_en.csv": f.x_classic(posts)}
    expected = items("x", posts, flows(*names))
    return files, expected, ["`2024-03-15 18:42 +0000`, `123.0`, rates as fractions, a promoted twin of every figure."]


def x_days(seed, first, count):
    days = daily(
        seed, first, count, impressions=(200, 4000), likes=(0, 40), engagements=(5, 300), bookmarks=(0, 9),
        shares=(0, 9), follows=(0, 5), unfollows=(0, 3), replies=(0, 12), reposts=(0, 15), visits=(0, 40),
        posts=(0, 3), video=(0, 200), media=(0, 400),
    )
    for n, d in enumerate(days):
        if n % 11 == 4:
            d["video"] = None
            d["media"] = None
    return days


@case
def x_overview():
    days = x_days("x overview", date(2025, 12, 20), 90)
    files = {"x/account_overview_analytics.csv": f.x_overview(days)}
    names = [
        ("impressions", "impressions", "flow", COUNTED),
        ("likes", "likes", "flow", COUNTED),
        ("engagements", "engagements", "flow", COUNTED),
        ("new_followers", "follows", "flow", COUNTED),
        ("unfollows", "unfollows", "flow", COUNTED),
        ("replies", "replies", "flow", COUNTED),
        ("video_views", "video", "flow", COUNTED),
        ("posts", "posts", "flow", COUNTED),
    ]
    return files, dated("x", days, names), ["The newest day first, `\"Tue, Mar 10, 2026\"`, blank cells are no zeros."]


@case
def x_overview_saved():
    days = x_days("x saved", date(2026, 1, 5), 40)
    files = {"x/cuenta.csv": f.x_overview_saved(days)}
    names = flows("impressions", "likes", "replies")
    expected = dated("x", days, [(name, name, measure, unit) for name, measure, unit in names])
    return files, expected, ["Saved by a spreadsheet in Spanish: semicolons, `13-01-2026`."]


@case
def x_content():
    posts = posts_of("x content", date(2026, 1, 3), 15, step=2)
    for n, p in enumerate(posts):
        p |= {"day": p["at"].date(), "impressions": p["views"], "bookmarks": p["saves"], "replies": p["comments"]}
        p |= {"reposts": n, "visits": 2 * n, "expands": 5, "engagements": p["likes"] + p["comments"] + n}
    files = {"x/account_analytics_content_2026-01-01_2026-01-31.csv": f.x_content(posts)}
    names = ["impressions", "likes", "engagements", "replies", "reposts"]
    return files, items("x", posts, flows(*names), "day"), ["One row a post."]


@case
def x_video():
    days = daily("x video", date(2026, 2, 1), 28, views=(1, 300), whole=(0, 1))
    for d in days:
        d["watched"] = d["views"] * 4321
        d["whole"] = d["views"] // 3
    files = {"x/video_overview.csv": f.x_video(days)}
    return files, dated("x", days, [("video_views", "views", "flow", COUNTED)]), ["`Video overview,,,,,` above the header."]


# ---------------------------------------------------------------- LinkedIn


def linkedin_days(seed, first=date(2026, 1, 1), count=60):
    return daily(seed, first, count, impressions=(20, 900), unique=(10, 500), clicks=(0, 40), reactions=(0, 30), comments=(0, 6), reposts=(0, 4))


def linkedin_posts(seed):
    posts = posts_of(seed, date(2026, 1, 5), 9, step=5)
    for n, p in enumerate(posts):
        p |= {"day": p["at"].date(), "impressions": p["views"], "by": "Persona Ejemplo", "reposts": n}
        p["title"] = p["text"]
    return posts


LINKEDIN_DATED = [
    ("impressions", "impressions", "flow", COUNTED),
    ("unique_impressions", "unique", "unique", COUNTED),
    ("clicks", "clicks", "flow", COUNTED),
    ("reactions", "reactions", "flow", COUNTED),
    ("comments", "comments", "flow", COUNTED),
    ("shares", "reposts", "flow", COUNTED),
]


def linkedin_expected(days, posts):
    expected = dated("linkedin", days, LINKEDIN_DATED)
    answers = [(d["day"], d["clicks"] + d["reactions"] + d["comments"] + d["reposts"]) for d in days]
    weights = [d["impressions"] for d in days]
    expected.append(Series("linkedin.engagement_rate", "ratio", "%", "dated", answers, weights))
    measures = flows("impressions", "clicks", "likes", "comments")
    return expected + items("linkedin", posts, measures, "day")


@case
def linkedin_content_xls():
    days, posts = linkedin_days("linkedin"), linkedin_posts("linkedin posts")
    files = {"linkedin/rio_content_1785742483724.xls": f.linkedin_content(days, posts)}
    odd = ["Excel 97 (OLE2); a note in row 1, headers in row 2; two sheets; dates are text with the month first."]
    return files, linkedin_expected(days, posts), odd


@case
def linkedin_content_xlsx():
    days, posts = linkedin_days("linkedin x"), linkedin_posts("linkedin posts x")
    files = {"linkedin/rio_content_1785742483724.xlsx": f.linkedin_content(days, posts, write=xlsx)}
    return files, linkedin_expected(days, posts), ["The same as .xlsx."]


@case
def linkedin_content_es():
    days, posts = linkedin_days("linkedin es"), linkedin_posts("linkedin posts es")
    files = {"linkedin/rio_content_1785742483724.xls": f.linkedin_content(days, posts, "es")}
    odd = ["Spanish words that change within one file: `Clics (Totales)`, `Reacciones (generales)` for organic ones."]
    return files, linkedin_expected(days, posts), odd


@case
def linkedin_content_older():
    days, posts = linkedin_days("linkedin older", date(2024, 3, 1)), linkedin_posts("linkedin posts older")
    older = lambda name: name.replace("Reposts", "Shares")
    files = {"linkedin/rio_content_1714608000000.xls": f.linkedin_content(days, posts, rename=older)}
    return files, linkedin_expected(days, posts), ["Older exports say `Shares` for `Reposts`."]


def linkedin_people(write):
    visitors = daily("visitors", date(2026, 1, 1), 45, desktop=(1, 60), mobile=(1, 40), desktop_people=(1, 30), mobile_people=(1, 20))
    followers = daily("followers", date(2026, 1, 1), 45, organic=(0, 9), invited=(0, 2))
    for d in visitors:
        d |= {"views": d["desktop"] + d["mobile"], "people": d["desktop_people"] + d["mobile_people"]}
    for d in followers:
        d["gained"] = d["organic"] + d["invited"]
    ending = "xls" if write is xls else "xlsx"
    files = {
        f"linkedin/rio_visitors_1785742483724.{ending}": f.linkedin_visitors(visitors, write),
        f"linkedin/rio_followers_1785742483724.{ending}": f.linkedin_followers(followers, write),
    }
    expected = dated(
        "linkedin",
        visitors,
        [("page_views", "views", "flow", COUNTED), ("visitors", "people", "unique", COUNTED)],
    )
    expected += dated("linkedin", followers, [("new_followers", "gained", "flow", COUNTED)])
    odd = ["`Total followers` is how many were gained that day; demographic sheets have no dates."]
    return files, expected, odd


@case
def linkedin_people_xls():
    return linkedin_people(xls)


@case
def linkedin_people_xlsx():
    return linkedin_people(xlsx)


# ---------------------------------------------------------------- YouTube


def youtube_videos(seed, count=14, first=date(2022, 12, 18)):
    rng = random.Random(seed)
    pick = lambda low, high: low + int(rng.random() * (high - low + 1))
    videos = []
    for n in range(count):
        views = pick(60, 9000)
        shown = pick(2000, 90000)
        videos.append(
            {
                "id": ("-" if n == 2 else "") + "".join(chr(97 + pick(0, 25)) for _ in range(10)) + str(n),
                "title": ("Cómo se mide, 1", "El río por dentro", 'La "espuma" de junio')[n % 3] + f" ({n})",
                "day": first + datetime.timedelta(days=91 * n),
                "seconds": pick(95, 260),
                "views": views,
                "watched": views * pick(40, 150),
                "subscribers": pick(-2, 40),
                "impressions": shown,
                "clicks": shown * pick(20, 90) // 1000,
            }
        )
        videos[-1]["daily"] = [(day, pick(0, 30)) for day in f.day_range(date(2026, 1, 1), 20)]
    return videos


def youtube_expected(videos, days=()):
    expected = [Series("youtube.views", "flow", COUNTED, "dated", days)] if days else []
    expected += items("youtube", videos, [("views", "flow", COUNTED), ("impressions", "flow", COUNTED)], "day")
    expected += items("youtube", videos, [("subscribers", "flow", COUNTED)], "day")
    hours = [(v["day"], float(f.hours(v["watched"]))) for v in videos]
    return expected + [Series("youtube.items.watch_hours", "flow", "hours", "items", hours)]


def views_by_day(seed, count=45):
    return [(d["day"], d["views"]) for d in daily(seed, date(2026, 1, 1), count, views=(20, 400))]


@case
def youtube_zip():
    videos, days = youtube_videos("videos"), views_by_day("views")
    files = {"youtube/Content 2026-01-01_2026-02-15 Rio de Ejemplo.zip": f.youtube_zip(videos, days)}
    odd = ["An archive of three tables; the second row is `Total`; an id that begins with a hyphen after a blank."]
    return files, youtube_expected(videos, days), odd


@case
def youtube_zip_es_LA():
    videos, days = youtube_videos("videos es"), views_by_day("views es")
    files = {"youtube/Contenido 2026-01-01_2026-02-15 Río.zip": f.youtube_zip(videos, days, "es-LA")}
    return files, youtube_expected(videos, days), ["Spanish of America; names of members that are not ASCII."]


@case
def youtube_spreadsheet():
    videos = youtube_videos("videos saved")
    files = {"youtube/Datos de la tabla.csv": f.youtube_spreadsheet(videos)}
    return files, youtube_expected(videos), ["Spanish of Spain, saved by a spreadsheet: BOM, semicolons, decimal commas."]


@case
def youtube_new_names():
    videos = youtube_videos("videos renamed", 9)
    newer = {"Impressions": "Thumbnail impressions", "Impressions click-through rate (%)": "Thumbnail click-through rate (%)"}
    table = f.youtube_table(videos, rename=lambda name: newer.get(name, name))
    return {"youtube/Table data.csv": table}, youtube_expected(videos), ["Headings as they are called since 2025."]


@case
def youtube_geography():
    places = f.youtube_places([("ES", 812), ("PT", 44), ("MX", 39), ("AR", 7)])
    odd = ["By country: no row has a date and the total is more than its rows; nothing of it is a series of the channel."]
    return {"youtube/Geography 2026-01-01_2026-02-15/Table data.csv": places}, [], odd


# ---------------------------------------------------------------- TikTok


def tiktok(first, count, seed):
    days = daily(seed, first, count, views=(50, 9000), profile=(0, 80), likes=(0, 400), comments=(0, 30), shares=(0, 30), viewers=(40, 5000), new=(20, 3000), returning=(5, 900))
    followers = 830
    for n, d in enumerate(days):
        change = n % 6 - 1
        followers += change
        d |= {"followers": followers, "change": change}
    days[5]["viewers"] = None
    return days


TIKTOK_DATED = [
    ("views", "views", "flow", COUNTED),
    ("profile_views", "profile", "flow", COUNTED),
    ("likes", "likes", "flow", COUNTED),
    ("comments", "comments", "flow", COUNTED),
    ("shares", "shares", "flow", COUNTED),
    ("followers", "followers", "stock", COUNTED),
    ("viewers", "viewers", "unique", COUNTED),
]


@case
def tiktok_en():
    days = tiktok(date(2025, 11, 24), 60, "tiktok")
    files = {
        "tiktok/Overview_2026-01-22_1769040000.zip": f.zipped({"Overview.csv": f.tiktok_daily("overview", days), "Viewers.csv": f.tiktok_daily("viewers", days)}),
        "tiktok/FollowerHistory_2026-01-22.csv": f.tiktok_daily("followers", days),
    }
    odd = ["`\"23 August\"` has no year: 60 days across New Year, the name of the file has the last; `undefined`."]
    return files, dated("tiktok", days, TIKTOK_DATED), odd


@case
def tiktok_es():
    days = tiktok(date(2026, 7, 25), 60, "tiktok es")
    videos = [
        {
            "title": f"Vídeo {n}", "link": f"https://video.example/{n}", "day": date(2026, 8, 1 + 3 * n), "likes": 10 * n,
            "comments": n, "shares": n // 2, "views": 400 + 90 * n, "watched": 5000 + 800 * n, "whole": 50 + n, "saves": n,
        }
        for n in range(8)
    ]
    files = {
        f"tiktok/{name}_2026-09-22.csv": f.tiktok_daily(report, days, "es")
        for name, report in (("Overview", "overview"), ("FollowerHistory", "followers"), ("Viewers", "viewers"))
    }
    files["tiktok/Content_2026-09-22.csv"] = f.tiktok_content(videos, "es")
    expected = dated("tiktok", days, TIKTOK_DATED)
    expected += items("tiktok", videos, flows("views", "likes", "comments", "shares"), "day")
    return files, expected, ["`\"23 de agosto\"`: months in Spanish below English headers."]


# ---------------------------------------------------------------- Web


@case
def ga4():
    days = daily("ga4", date(2026, 1, 1), 59, users=(60, 400), new=(10, 200), sessions=(80, 600), views=(100, 1500))
    by_day = [["Date", "Active users", "New users", "Sessions", "Views"]]
    by_day += [[f"{d['day']:%Y%m%d}", d["users"], d["new"], d["sessions"], d["views"]] for d in days]
    pages = [["Page title and screen class", "Views", "Active users"], ["Jornadas | Río", 812, 433], ["¿Por qué no se draga?", 640, 512]]
    start, end = days[0]["day"], days[-1]["day"]
    files = {"web/data-export.csv": f.ga4(start, end, [("Traffic acquisition", by_day), ("Pages", pages)])}
    expected = dated(
        "web",
        days,
        [("sessions", "sessions", "flow", COUNTED), ("views", "views", "flow", COUNTED), ("users", "users", "unique", COUNTED)],
    )
    return files, expected, ["A block of comments with the dates of the export, two sections, `YYYYMMDD`."]


@case
def ga4_es():
    days = daily("ga4 es", date(2026, 3, 1), 31, users=(60, 400), sessions=(80, 600), views=(100, 1500))
    by_day = [["Fecha", "Usuarios activos", "Sesiones", "Vistas"]]
    by_day += [[f"{d['day']:%Y%m%d}", d["users"], d["sessions"], d["views"]] for d in days]
    files = {"web/descarga.csv": f.ga4(days[0]["day"], days[-1]["day"], [("Adquisición de tráfico", by_day)], "es")}
    expected = dated(
        "web",
        days,
        [("sessions", "sessions", "flow", COUNTED), ("views", "views", "flow", COUNTED), ("users", "users", "unique", COUNTED)],
    )
    return files, expected, ["Comments and headings in Spanish."]


def searches(seed):
    days = daily(seed, date(2026, 8, 1), 92, clicks=(3, 60), shown=(200, 1500))
    queries = [("río lembrea", 812, 6450, 312), ("por qué no se draga un río", 640, 9120, 187), ("plantar sauces, cuándo", 77, 3011, 844)]
    pages = [("https://rio.example/", 900, 8100, 402), ("https://rio.example/dragado", 640, 9120, 187)]
    return days, queries, pages, [(d["day"], d["clicks"], d["shown"], 250 + d["clicks"]) for d in days]


def search_expected(days):
    expected = dated("search", days, [("clicks", "clicks", "flow", COUNTED), ("impressions", "shown", "flow", COUNTED)])
    points = [(d["day"], d["clicks"]) for d in days]
    return expected + [Series("search.ctr", "ratio", "%", "dated", points, [d["shown"] for d in days])]


@case
def search_console_en():
    days, queries, pages, rows = searches("search")
    files = {"search/rio.example-Performance-on-Search-2026-11-01.zip": f.search_console(queries, pages, rows)}
    return files, search_expected(days), ["An archive of queries, pages and days; `5.1%`."]


@case
def search_console_es():
    days, queries, pages, rows = searches("search es")
    files = {"search/rio.example-Performance-on-Search-2026-11-01.zip": f.search_console(queries, pages, rows, "es")}
    return files, search_expected(days), ["Semicolons, `12,5 %` with a blank that does not break, members with accents."]


def visits(seed, first, count, step=1):
    rng = random.Random(seed)
    pick = lambda low, high: low + int(rng.random() * (high - low + 1))
    periods = []
    for n in range(count):
        day = first + datetime.timedelta(days=n * step)
        total = pick(300, 900)
        end = day + datetime.timedelta(days=step - 1)
        periods.append(
            {
                "day": day, "period": f"{day}" if step == 1 else f"{day},{end}", "visits": total, "people": total * 8 // 10,
                "actions": total * pick(2, 5), "converted": pick(1, 30), "bounces": total * pick(30, 55) // 100,
                "seconds": total * pick(60, 200), "most": pick(9, 60),
            }
        )
    return periods


MATOMO_DATED = [
    ("sessions", "visits", "flow", COUNTED),
    ("visitors", "people", "unique", COUNTED),
    ("actions", "actions", "flow", COUNTED),
    ("converted_visits", "converted", "flow", COUNTED),
]


@case
def matomo_daily():
    days = visits("matomo", date(2026, 3, 1), 92)
    pages = [("/jornadas", 812, 1200, 64000, 400), ("=campaña", 31, 33, 900, 20), ("-10-sauces", 12, 15, 600, 3)]
    files = {
        "web/Export _ Main metrics _ March 1, 2026 – May 31, 2026.csv": f.matomo(days),
        "web/pages.csv": f.matomo_pages(pages),
    }
    return files, dated("web", days, MATOMO_DATED), ["UTF-16 with a BOM; technical names; `'=…` guards a name."]


@case
def matomo_weekly_es():
    weeks = visits("matomo weeks", date(2025, 11, 3), 30, step=7)
    files = {"web/visitas.csv": f.matomo(weeks, "es")}
    return files, dated("web", weeks, MATOMO_DATED), ["Translated names; a week is one cell with two days in it."]


@case
def matomo_de():
    days = visits("matomo de", date(2026, 6, 1), 30)
    files = {"web/besuche.csv": f.matomo(days, "de")}
    return files, dated("web", days, MATOMO_DATED), ["German names."]


# ---------------------------------------------------------------- E-mail and planners


def campaigns(seed, count=24):
    rng = random.Random(seed)
    pick = lambda low, high: low + int(rng.random() * (high - low + 1))
    made = []
    for n in range(count):
        recipients = 1200 + 40 * n
        delivered = recipients - pick(1, 9)
        opens = delivered * pick(390, 480) // 1000
        clicks = delivered * pick(40, 90) // 1000
        at = datetime.datetime(2025, 11, 13, 17, 0) + datetime.timedelta(days=14 * n)
        made.append(
            {
                "name": f"Boletín {n + 1}", "tags": "boletín, río", "subject": ("Seis sábados con barro", "Faltan botas, sobra río")[n % 2],
                "list": "Todas las suscripciones", "at": at, "recipients": recipients, "delivered": delivered, "opens": opens,
                "all_opens": opens + pick(50, 300), "clicks": clicks, "all_clicks": clicks + pick(5, 60), "unsubscribes": pick(0, 9),
                "spam": pick(0, 1), "id": f"01JNKBNFTCMV9QW500TPVHS{n:03d}",
            }
        )
        made[-1]["bounces"] = recipients - delivered
    return made


@case
def klaviyo():
    sent = campaigns("klaviyo")
    files = {"newsletter/campaigns.csv": f.klaviyo(sent)}
    expected = items("newsletter", sent, [("recipients", "flow", COUNTED), ("delivered", "flow", COUNTED), ("opens", "flow", COUNTED), ("clicks", "flow", COUNTED), ("unsubscribes", "flow", COUNTED)])
    day = lambda c: c["at"].date()
    rate = lambda name, part, whole: Series(
        f"newsletter.items.{name}", "ratio", "%", "items", [(day(c), c[part]) for c in sent], [c[whole] for c in sent]
    )
    expected += [rate("open_rate", "opens", "delivered"), rate("click_rate", "clicks", "delivered"), rate("bounce_rate", "bounces", "recipients")]
    return files, expected, ["`70.80%`, `64517.0`; opens are of the delivered, bounces of all recipients."]


@case
def publer():
    days = daily("publer", date(2026, 9, 1), 30, reach=(100, 900), engagements=(2, 90))
    for n, d in enumerate(days):
        d["followers"] = 4000 + 3 * n
    days[4]["reach"] = days[4]["engagements"] = None
    posts = [
        {"text": f"Tramo {n + 1}. " + TEXTS[n % 5], "at": datetime.datetime(2026, 9, 2 + 3 * n, 9, 30), "kind": "Photo", "reach": 400 + 31 * n, "engagements": 40 + n, "clicks": 3 * n}
        for n in range(8)
    ]
    summary = [["Followers", 4087], ["Total Reach", sum(d["reach"] or 0 for d in days)], ["Best Time", "-"]]
    files = {"publer/Analytics ∙ Río de Ejemplo ∙ 2026-09.csv": f.publer("Río de Ejemplo", days[0]["day"], days[-1]["day"], summary, days, posts)}
    expected = dated("publer", days, [("followers", "followers", "stock", COUNTED), ("reach", "reach", "unique", COUNTED), ("engagements", "engagements", "flow", COUNTED)])
    expected += items("publer", posts, [("reach", "unique", COUNTED), ("engagements", "flow", COUNTED)])
    return files, expected, ["Comments, three tables in one file, `-` for what is missing, texts of several lines."]


# ---------------------------------------------------------------- writing and checking


def files_of(name, make):
    files, expected, odd = make()
    made = {f"{name}/data/{path}": data for path, data in files.items()}
    made[f"{name}/expected.txt"] = expected_text(expected, odd).encode("utf-8")
    return made


def main():
    check = "--check" in sys.argv[1:]
    wanted = {}
    for name, make in CASES.items():
        wanted.update(files_of(name, make))
    there = {
        path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in sorted(FOLDER.rglob("*")) if path.is_file()
    }
    stale = [path for path, data in wanted.items() if not same(there.get(path, b""), data)]
    gone = [path for path in there if path not in wanted and path != "README.md"]
    if check:
        for path in stale + gone:
            print(f"differs from what the script makes: {path}", file=sys.stderr)
        return 1 if stale or gone else 0
    for path in gone:
        (FOLDER / path).unlink()
    for path in stale:
        (FOLDER / path).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / path).write_bytes(wanted[path])
    return 0


if __name__ == "__main__":
    sys.exit(main())
