# The exports of the platforms: which columns, in which words, with which oddities.
#
# Every function takes figures (dicts with plain names) and gives the bytes of a file as one
# downloads it. What a header is called and how a date is written stands here and nowhere else.

import datetime

from export_bytes import delimited, utf8, utf16, xls, zipped

MONTHS_EN = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
FULL_EN = "January February March April May June July August September October November December".split()
FULL_ES = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
DAYS_EN = "Mon Tue Wed Thu Fri Sat Sun".split()


def us(day):
    return f"{day:%m/%d/%Y}"


def us_time(moment):
    return f"{moment:%m/%d/%Y %H:%M}"


def grouped(value, mark=","):
    return f"{value:,}".replace(",", mark)


def percent(part, whole, digits=2, comma=".", sign="%"):
    """`part` in a hundred of `whole`, rounded half up in whole numbers: no float decides a digit."""
    if not whole:
        return "0" + sign
    scale = 10**digits
    units = (part * 100 * scale * 2 + whole) // (whole * 2)
    text = f"{units // scale}" + (f"{comma}{units % scale:0{digits}d}" if digits else "")
    return text + sign


def fraction(part, whole, digits):
    if not whole:
        return "0"
    scale = 10**digits
    units = (part * scale * 2 + whole) // (whole * 2)
    return f"{units // scale}.{units % scale:0{digits}d}"


# ---------------------------------------------------------------- Meta

# Name of the figure, English header, es-ES, es-LA. `-` is a column that is always empty.
FACEBOOK = [
    ("id", "Post ID", "Identificador de la publicación", "Identificador de la publicación"),
    ("page_id", "Page ID", "Identificador de la página", "Identificador de la página"),
    ("page", "Page name", "Nombre de la página", "Nombre de la página"),
    ("title", "Title", "Título", "Título"),
    ("text", "Description", "Descripción", "Descripción"),
    ("seconds", "Duration (sec)", "Duración (segundos)", "Duración (s)"),
    ("at", "Publish time", "Hora de publicación", "Hora de publicación"),
    ("-", "Caption type", "Tipo de pie de vídeo", "Tipo de subtítulo"),
    ("link", "Permalink", "Enlace permanente", "Enlace permanente"),
    ("zero", "Is crosspost", "Es una publicación cruzada", "Es una publicación cruzada"),
    ("zero", "Is share", "Es contenido compartido", "Es contenido compartido"),
    ("kind", "Post type", "Tipo de publicación", "Tipo de publicación"),
    ("-", "Languages", "Idiomas", "Idiomas"),
    ("-", "Custom labels", "Etiquetas personalizadas", "Etiquetas personalizadas"),
    ("-", "Funded content status", "Estado del contenido financiado", "Estado del contenido financiado"),
    ("-", "Data comment", "Comentario de datos", "Comentario de datos"),
    ("lifetime", "Date", "Fecha", "Fecha"),
    ("views", "Views", "Visualizaciones", "Visualizaciones"),
    ("reach", "Reach", "Alcance", "Alcance"),
    (
        "engagements",
        "Reactions, Comments and Shares",
        "Reacciones, comentarios y veces que se ha compartido",
        "Reacciones, comentarios y veces que se compartió",
    ),
    ("reactions", "Reactions", "Reacciones", "Reacciones"),
    ("comments", "Comments", "Comentarios", "Comentarios"),
    ("shares", "Shares", "Veces que se ha compartido", "Veces que se compartió"),
    ("clicks", "Total clicks", "Clics totales", "Total de clics"),
    ("other_clicks", "Other Clicks", "Otros clics", "Otros clics"),
    ("link_clicks", "Link Clicks", "Clics en el enlace", "Clics en el enlace"),
    (
        "zero",
        "Matched Audience Targeting Consumption (Photo Click)",
        "Consumo de segmentación por público coincidente (clic en foto)",
        "Consumo de segmentación por público coincidente (clic en foto)",
    ),
    ("watched", "Seconds viewed", "Segundos reproducidos", "Segundos reproducidos"),
    (
        "watched_mean",
        "Average Seconds viewed",
        "Segundos reproducidos (de media)",
        "Segundos reproducidos (promedio)",
    ),
    ("zero", "Estimated earnings (USD)", "Ingresos estimados (USD)", "Ingresos estimados (USD)"),
    ("-", "Ad CPM (USD)", "CPM del anuncio (USD)", "CPM del anuncio (USD)"),
    ("zero", "Ad impressions", "Impresiones del anuncio", "Impresiones del anuncio"),
    (
        "hides",
        "Negative feedback from users: Hide all",
        "Comentarios negativos de los usuarios: Ocultar todo",
        "Comentarios negativos de los usuarios: Ocultar todo",
    ),
]
INSTAGRAM = [
    ("id", "Post ID", "Identificador de la publicación", "Identificador de la publicación"),
    ("page_id", "Account ID", "Identificador de la cuenta", "Identificador de la cuenta"),
    ("handle", "Account username", "Nombre de usuario de la cuenta", "Nombre de usuario de la cuenta"),
    ("page", "Account name", "Nombre de la cuenta", "Nombre de la cuenta"),
    ("text", "Description", "Descripción", "Descripción"),
    ("seconds", "Duration (sec)", "Duración (segundos)", "Duración (s)"),
    ("at", "Publish time", "Hora de publicación", "Hora de publicación"),
    ("link", "Permalink", "Enlace permanente", "Enlace permanente"),
    ("kind", "Post type", "Tipo de publicación", "Tipo de publicación"),
    ("-", "Data comment", "Comentario de datos", "Comentario de datos"),
    ("lifetime", "Date", "Fecha", "Fecha"),
    ("views", "Views", "Visualizaciones", "Visualizaciones"),
    ("likes", "Likes", "Me gusta", "Me gusta"),
    ("shares", "Shares", "Veces que se ha compartido", "Veces que se compartió"),
    ("comments", "Comments", "Comentarios", "Comentarios"),
    ("saves", "Saves", "Veces que se ha guardado", "Veces que se guardó"),
    ("reach", "Reach", "Alcance", "Alcance"),
    ("follows", "Follows", "Seguimientos", "Seguimientos"),
]
WHICH = {"en": 1, "es-ES": 2, "es-LA": 3}
LIFETIME = {"en": "Lifetime", "es-ES": "Total", "es-LA": "Total"}


def meta_content(columns, posts, language="en", without=(), big_groups=False, rename=str):
    """One row a post, lifetime totals on the day of the export: BOM, month first in every language."""

    def shown(post, name):
        if name == "-":
            return ""
        if name == "zero":
            return 0
        if name == "lifetime":
            return LIFETIME[language]
        if name == "at":
            return us_time(post["at"])
        if name == "watched_mean":
            return fraction(post["watched"], post["views"], 2) if post["watched"] else ""
        value = post[name]
        return grouped(value) if big_groups and isinstance(value, int) and name != "seconds" else value

    kept = [column for column in columns if column[1] not in without]
    rows = [[rename(column[WHICH[language]]) for column in kept]]
    rows += [[shown(post, column[0]) for column in kept] for post in posts]
    return utf8(delimited(rows), bom=True)


PAGE_DAILY = {
    "follows": ("Facebook follows", "Seguidores de Facebook"),
    "interactions": ("Content interactions", "Interacciones con el contenido"),
    "link_clicks": ("Facebook link clicks", "Clics en el enlace de Facebook"),
    "views": ("Views", "Visualizaciones"),
    "viewers": ("Viewers", "Espectadores"),
    "visits": ("Facebook visits", "Visitas a Facebook"),
}


def meta_daily(title, values):
    """One metric of a page by day: its name stands above the header, in UTF-16."""
    rows = ["sep=,", f'"{title}"', '"Date","Primary"']
    rows += [f'"{day:%Y-%m-%d}T00:00:00","{value}"' for day, value in values]
    return utf16("\r\n".join(rows) + "\r\n")


def meta_audience(blocks):
    """Several tables in one file, each below its title."""
    lines = ["sep=,"]
    for title, rows in blocks:
        lines.append(f'"{title}"')
        lines += [delimited([row], quote_all=True, end="") for row in rows]
        lines.append("")
    return utf16("\r\n".join(lines))


# ---------------------------------------------------------------- X

X_CLASSIC = (
    "Tweet id,Tweet permalink,Tweet text,time,impressions,engagements,engagement rate,retweets,replies,likes,"
    "user profile clicks,url clicks,hashtag clicks,detail expands,permalink clicks,app opens,app installs,"
    "follows,email tweet,dial phone,media views,media engagements"
).split(",")


def x_classic(tweets):
    """One row a tweet, as exported until 2024; promoted twins of every figure, empty."""
    figures = X_CLASSIC[4:]
    rows = [X_CLASSIC + [f"promoted {name}" for name in figures]]
    for t in tweets:
        own = [
            t["id"],
            t["link"],
            t["text"],
            f"{t['at']:%Y-%m-%d %H:%M} +0000",
            f"{t['impressions']}.0",
            f"{t['engagements']}.0",
            fraction(t["engagements"], t["impressions"], 16),
        ]
        own += [f"{t[name]}.0" for name in ("shares", "replies", "likes", "profile", "clicks")]
        own += ["0.0", f"{t['expands']}.0", "0.0", "0", "0", "0", "0", "0", "0", "0"]
        rows.append(own + ["-"] * len(figures))
    return utf8(delimited(rows, quote_all=True))


X_OVERVIEW = (
    "Date,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Unfollows,Replies,Reposts,"
    "Profile visits,Create Post,Video views,Media views"
).split(",")
X_OVERVIEW_NAMES = "impressions likes engagements bookmarks shares follows unfollows replies reposts visits posts video media".split()


def long_date(day):
    return f"{DAYS_EN[day.weekday()]}, {MONTHS_EN[day.month - 1]} {day.day}, {day.year}"


def x_overview(days):
    """One row a day, the newest first; a missing figure is a blank cell."""
    rows = [X_OVERVIEW]
    rows += [[long_date(d["day"])] + [d[name] for name in X_OVERVIEW_NAMES] for d in reversed(days)]
    return utf8(delimited(rows))


X_CONTENT = (
    "Post id,Date,Post text,Post Link,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Replies,"
    "Reposts,Profile visits,Detail Expands,URL Clicks,Hashtag Clicks,Permalink Clicks"
).split(",")


def x_overview_saved(days):
    """The same after a spreadsheet in Spanish opened and saved it: semicolons, days before months."""
    rows = [X_OVERVIEW]
    rows += [[f"{d['day']:%d-%m-%Y}"] + [d[name] for name in X_OVERVIEW_NAMES] for d in reversed(days)]
    return utf8(delimited(rows, comma=";", end="\r\n"), bom=True)


def x_content(posts):
    names = "impressions likes engagements bookmarks shares follows replies reposts visits expands clicks".split()
    rows = [X_CONTENT]
    for p in posts:
        rows.append([p["id"], long_date(p["day"]), p["text"], p["link"]] + [p[n] for n in names] + [0, 0])
    return utf8(delimited(rows))


def x_video(days):
    """The third file: a title padded with commas stands above its header."""
    rows = ["Video overview,,,,,"]
    rows.append(
        ["Date", "Views", "Watch Time (ms)", "Completion Rate", "Average Watch Time (ms)", "Estimated Revenue"]
    )
    for d in reversed(days):
        mean = d["watched"] // d["views"] if d["views"] else 0
        rows.append([long_date(d["day"]), d["views"], d["watched"], fraction(d["whole"], d["views"], 4), mean, 0])
    return utf8(delimited(rows))


# ---------------------------------------------------------------- LinkedIn

LINKEDIN_NOTE = {
    "en": "Aggregated engagement metrics across your posts. The data is in UTC.",
    "es": "Indicadores agregados de interacción de tus publicaciones. Los datos están en UTC.",
}
LINKEDIN_DAILY = {
    "en": [
        "Date",
        *(f"Impressions ({which})" for which in ("organic", "sponsored", "total")),
        "Unique impressions (organic)",
        *(
            f"{what} ({which})"
            for what in ("Clicks", "Reactions", "Comments", "Reposts", "Engagement rate")
            for which in ("organic", "sponsored", "total")
        ),
    ],
    "es": [
        "Fecha",
        "Impresiones (orgánicas)",
        "Impresiones (patrocinadas)",
        "Impresiones totales",
        "Impresiones únicas (orgánicas)",
        "Clics (orgánicos)",
        "Clics (patrocinados)",
        "Clics (Totales)",
        "Reacciones (generales)",
        "Reacciones (patrocinadas)",
        "Reacciones (total)",
        "Comentarios (orgánicos)",
        "Comentarios (patrocinados)",
        "Comentarios (totales)",
        "Veces compartido (orgánico)",
        "Veces compartido (patrocinado)",
        "Veces compartido (total)",
        "Tasa de interacción (orgánica)",
        "Tasa de interacción (patrocinada)",
        "Tasa de interacción (total)",
    ],
}
LINKEDIN_POSTS = {
    "en": (
        "Post title,Post link,Post type,Campaign name,Posted by,Created date,Campaign start date,Campaign end date,"
        "Audience,Impressions,Views (Excluding offsite video views),Offsite Views,Clicks,Click through rate (CTR),"
        "Likes,Comments,Reposts,Follows,Engagement rate,Content Type"
    ).split(","),
    "es": (
        "Título de la publicación,Enlace de la publicación,Tipo de publicación,Nombre de la campaña,Publicado por,"
        "Fecha de creación,Fecha de inicio de la campaña,Fecha de finalización de la campaña,Audiencia,Impresiones,"
        "Visualizaciones (sin contar las externas),Visualizaciones externas,Clics,Porcentaje de clics,"
        "Recomendaciones,Comentarios,Veces compartido,Seguidores,Tasa de interacción,Tipo de contenido"
    ).split(","),
}
LINKEDIN_SHEETS = {"en": ("Metrics", "All posts"), "es": ("Indicadores", "Todas las publicaciones")}


def real(part, whole):
    """A rate as LinkedIn writes it: a real number of sixteen digits."""
    return part / whole if whole else 0.0


def linkedin_content(days, posts, language="en", write=xls, rename=str):
    """Two sheets, a note above each header, dates as text with the month first, organic only."""
    note = [LINKEDIN_NOTE[language]]
    metrics = [note, [rename(name) for name in LINKEDIN_DAILY[language]]]
    for d in days:
        answers = d["clicks"] + d["reactions"] + d["comments"] + d["reposts"]
        row = [us(d["day"]), d["impressions"], 0, d["impressions"], d["unique"]]
        for name in ("clicks", "reactions", "comments", "reposts"):
            row += [d[name], 0, d[name]]
        rate = real(answers, d["impressions"])
        metrics.append(row + [rate, 0, rate])
    every = [note, [rename(name) for name in LINKEDIN_POSTS[language]]]
    for p in posts:
        answers = p["clicks"] + p["likes"] + p["comments"] + p["reposts"]
        every.append(
            [p["title"], p["link"], "Organic", None, p["by"], us(p["day"]), None, None, "All followers"]
            + [p["impressions"], None, None, p["clicks"], real(p["clicks"], p["impressions"])]
            + [p["likes"], p["comments"], p["reposts"], p["follows"], real(answers, p["impressions"]), "Document"]
        )
    first, second = LINKEDIN_SHEETS[language]
    return write({first: metrics, second: every})


VISITOR_COLUMNS = ["Date"] + [
    f"{page} {what} ({device})"
    for page, whats in (
        ("Overview", ("page views", "unique visitors")),
        ("Life", ("page views", "unique visitors")),
        ("Jobs", ("page views", "unique visitors")),
        ("Total", ("page views", "unique visitors")),
    )
    for what in whats
    for device in ("desktop", "mobile", "total")
]


def linkedin_visitors(days, write=xls):
    rows = [VISITOR_COLUMNS]
    for d in days:
        desktop, mobile = d["desktop"], d["mobile"]
        d_people, m_people = d["desktop_people"], d["mobile_people"]
        figures = [desktop, mobile, desktop + mobile, d_people, m_people, d_people + m_people]
        rows.append([us(d["day"])] + figures + [0] * 12 + figures)
    places = [["Location", "Total Views"], ["Torrealbea, Spain", 214], ["Madrid, Spain", 96]]
    sizes = [["Company size", "Total Views"], ["2-10", 51], ["11-50", 87]]
    return write({"Visitor metrics": rows, "Location": places, "Company size": sizes})


FOLLOWER_COLUMNS = ["Date", "Sponsored followers", "Organic followers", "Auto-invited followers", "Total followers"]


def linkedin_followers(days, write=xls):
    """New followers of each day, not how many there are, whatever the header says."""
    rows = [FOLLOWER_COLUMNS]
    rows += [[us(d["day"]), 0, d["organic"], d["invited"], d["organic"] + d["invited"]] for d in days]
    places = [["Location", "Total followers"], ["Torrealbea, Spain", 402], ["Madrid, Spain", 118]]
    return write({"New followers": rows, "Location": places})


# ---------------------------------------------------------------- YouTube

YOUTUBE = {
    "en": (
        ["Content", "Video title", "Video publish time", "Duration", "Views", "Watch time (hours)", "Subscribers"]
        + ["Impressions", "Impressions click-through rate (%)", "Average view duration"]
    ),
    "es-LA": (
        ["Contenido", "Título del video", "Tiempo de publicación del video", "Duración", "Vistas"]
        + ["Tiempo de reproducción (horas)", "Suscriptores", "Impresiones"]
        + ["Tasa de clics de las impresiones (%)", "Duración promedio de vistas"]
    ),
    "es-ES": (
        ["Contenido", "Título del vídeo", "Hora de publicación del vídeo", "Duración", "Visualizaciones"]
        + ["Tiempo de visualización (horas)", "Suscriptores", "Impresiones"]
        + ["Porcentaje de clics de las impresiones (%)", "Duración media de las visualizaciones"]
    ),
}
YOUTUBE_FILES = {
    "en": ("Table data.csv", "Totals.csv", "Chart data.csv"),
    "es-LA": ("Datos de la tabla.csv", "Totales.csv", "Datos del gráfico.csv"),
    "es-ES": ("Datos de la tabla.csv", "Totales.csv", "Datos del gráfico.csv"),
}
MONTHS_ES = "ene feb mar abr may jun jul ago sept oct nov dic".split()


def clock(seconds):
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def hours(seconds, comma="."):
    """Seconds as decimal hours of four digits."""
    units = (seconds * 10000 * 2 + 3600) // 7200
    return f"{units // 10000}{comma}{units % 10000:04d}"


def youtube_rows(videos, language, comma=".", deleted=None):
    """The table of videos; what was seen of deleted ones is in its total only."""
    rows = [YOUTUBE[language]]
    counted = videos + [deleted] if deleted else videos

    def figures(v):
        mean = clock(v["watched"] // v["views"]) if v["views"] else "0:00:00"
        rate = percent(v["clicks"], v["impressions"], comma=comma, sign="")
        return [v["views"], hours(v["watched"], comma), v["subscribers"], v["impressions"], rate, mean]

    names = ("views", "watched", "subscribers", "impressions", "clicks")
    rows.append(["Total", "", "", ""] + figures({name: sum(v[name] for v in counted) for name in names}))
    for v in videos:
        day = v["day"]
        if language == "en":
            written = f"{MONTHS_EN[day.month - 1]} {day.day}, {day.year}"
        else:
            written = f"{day.day} {MONTHS_ES[day.month - 1]} {day.year}"
        # An id that begins with a hyphen is written after a blank, so that no spreadsheet takes it for a formula.
        shown = " " + v["id"] if v["id"].startswith("-") else v["id"]
        rows.append([shown, v["title"], written, v["seconds"]] + figures(v))
    return rows


def youtube_table(videos, language="en", rename=str):
    """The table of videos alone."""
    header, *rows = youtube_rows(videos, language)
    return utf8(delimited([[rename(name) for name in header]] + rows))


def youtube_places(places):
    """The same report by country: its first column has another name, and no row has a date."""
    rows = [["Geography", "Views", "Watch time (hours)", "Average view duration"]]
    total = sum(views for _, views in places)
    rows.append(["Total", total + 31, hours(total * 97), clock(97)])
    rows += [[place, views, hours(views * 97), clock(97)] for place, views in places]
    return utf8(delimited(rows))


def youtube_zip(videos, daily, language="en", deleted=None):
    """The archive that Studio gives: videos, views by day, and views by day and video."""
    table, totals, chart = YOUTUBE_FILES[language]
    date, views = {"en": ("Date", "Views"), "es-LA": ("Fecha", "Vistas"), "es-ES": ("Fecha", "Visualizaciones")}[language]
    by_day = [[date, views]] + [[f"{day:%Y-%m-%d}", value] for day, value in daily]
    head = YOUTUBE[language][:4]
    parts = [[date] + head + [views]]
    for v in videos[:2]:
        for day, value in v["daily"]:
            parts.append([f"{day:%Y-%m-%d}", v["id"], v["title"], "", v["seconds"], value])
    return zipped(
        {
            table: utf8(delimited(youtube_rows(videos, language, deleted=deleted))),
            totals: utf8(delimited(by_day)),
            chart: utf8(delimited(parts)),
        }
    )


def youtube_spreadsheet(videos):
    """The Spanish table after somebody opened and saved it in a spreadsheet."""
    return utf8(delimited(youtube_rows(videos, "es-ES", ","), comma=";", end="\r\n"), bom=True)


# ---------------------------------------------------------------- TikTok


def tiktok_day(day, language):
    """The day without its year: `23 August`, `23 de agosto`."""
    return f"{day.day} {FULL_EN[day.month - 1]}" if language == "en" else f"{day.day} de {FULL_ES[day.month - 1]}"


TIKTOK = {
    "overview": (["Date", "Video Views", "Profile Views", "Likes", "Comments", "Shares"], "views profile likes comments shares"),
    "followers": (["Date", "Followers", "Difference in followers from previous day"], "followers change"),
    "viewers": (["Date", "Total Viewers", "New Viewers", "Returning Viewers"], "viewers new returning"),
}


def tiktok_daily(report, days, language="en"):
    """All cells quoted; what the platform does not know is `undefined`."""
    header, names = TIKTOK[report]
    rows = [header]
    for d in days:
        figures = [d[name] if d[name] is not None else "undefined" for name in names.split()]
        rows.append([tiktok_day(d["day"], language)] + figures)
    return utf8(delimited(rows, quote_all=True), bom=True)


def tiktok_content(videos, language="en"):
    rows = [
        ["Video title", "Video link", "Post time", "Total likes", "Total comments", "Total shares", "Total views"]
        + ["Total play time", "Average watch time", "Watched full video", "Add to favorites"]
    ]
    for v in videos:
        watched = v["watched"]
        play = f"{watched // 3600}h:{watched // 60 % 60:02d}m:{watched % 60:02d}s"
        rows.append(
            [v["title"], v["link"], tiktok_day(v["day"], language), v["likes"], v["comments"], v["shares"], v["views"]]
            + [play, fraction(watched, v["views"], 2) + "s", percent(v["whole"], v["views"]), v["saves"]]
        )
    return utf8(delimited(rows, quote_all=True), bom=True)


# ---------------------------------------------------------------- Web


GA4_COMMENTS = {
    "en": ("Account", "Property", "All Users", "Start date", "End date"),
    "es": ("Cuenta", "Propiedad", "Todos los usuarios", "Fecha de inicio", "Fecha de finalización"),
}


def ga4(start, end, sections, language="en"):
    """Comment blocks, each followed by a header and its rows; dates without marks."""
    account, web, everybody, begins, ends = GA4_COMMENTS[language]
    lines = []
    for number, (title, rows) in enumerate(sections):
        if number:
            lines.append("")
        else:
            lines += ["# ----------------------------------------", f"# {title}", f"# {account}: Fundación", f"# {web}: Web"]
            lines.append("# ----------------------------------------")
            lines.append("# ")
            lines.append(f"# {everybody}")
        lines += [f"# {begins}: {start:%Y%m%d}", f"# {ends}: {end:%Y%m%d}"]
        lines += [delimited([row], end="") for row in rows]
    return utf8("\n".join(lines) + "\n")


SEARCH_CONSOLE = {
    "en": ("Queries.csv", "Pages.csv", "Dates.csv", "Top queries", "Top pages", "Date", ["Clicks", "Impressions", "CTR", "Position"]),
    "es": (
        "Consultas.csv",
        "Páginas.csv",
        "Fechas.csv",
        "Consultas principales",
        "Páginas principales",
        "Fecha",
        ["Clics", "Impresiones", "CTR", "Posición"],
    ),
}


def search_console(queries, pages, days, language="en"):
    """Three tables in an archive; `5.1%` in English, `12,5 %` between semicolons in Spanish."""
    comma, mark, sign = (",", ".", "%") if language == "en" else (";", ",", " %")
    q_file, p_file, d_file, q_head, p_head, d_head, figures = SEARCH_CONSOLE[language]

    def table(head, items):
        rows = [[head] + figures]
        for name, clicks, shown, place in items:
            rate = percent(clicks, shown, 1, mark, sign)
            rows.append([name, clicks, shown, rate, f"{place // 100}{mark}{place % 100:02d}"])
        return utf8(delimited(rows, comma=comma))

    dated = [(f"{day:%Y-%m-%d}", clicks, shown, place) for day, clicks, shown, place in days]
    return zipped({q_file: table(q_head, queries), p_file: table(p_head, pages), d_file: table(d_head, dated)})


MATOMO = {
    "technical": (
        "date,nb_uniq_visitors,nb_users,nb_visits,nb_actions,nb_visits_converted,bounce_count,sum_visit_length,"
        "max_actions,bounce_rate,nb_actions_per_visit,avg_time_on_site"
    ).split(","),
    "es": (
        "Fecha,Visitantes únicos,Usuarios,Visitas,Acciones,Visitas con conversiones,Rebotes,"
        "Tiempo total empleado por los visitantes (en segundos),Máximo de acciones en una visita,"
        "Porcentaje de rebote,Acciones por visita,Promedio de tiempo en el sitio web (en segundos)"
    ).split(","),
    "de": (
        "Datum,Eindeutige Besucher,Benutzer,Besuche,Aktionen,Besuche mit Konversionen,Absprünge,"
        "Gesamte Besuchszeit (in Sekunden),Maximale Aktionen pro Besuch,Absprungrate,Aktionen pro Besuch,"
        "Durchschnittliche Zeit auf der Website (in Sekunden)"
    ).split(","),
}


def matomo(periods, header="technical"):
    """UTF-16 with commas; a week is a cell with two days in it."""
    rows = [MATOMO[header]]
    for p in periods:
        visits = p["visits"]
        rows.append(
            [p["period"], p["people"], 0, visits, p["actions"], p["converted"], p["bounces"], p["seconds"], p["most"]]
            + [percent(p["bounces"], visits, 0), fraction(p["actions"], visits, 1), p["seconds"] // visits]
        )
    return utf16(delimited(rows))


def matomo_pages(pages):
    """Pages by visits. A name that a spreadsheet might run is written after an apostrophe."""
    rows = [["label", "nb_visits", "nb_hits", "sum_time_spent", "bounce_rate"]]
    for name, visits, hits, seconds, bounces in pages:
        guarded = "'" + name if name[:1] in "=+-@" else name
        rows.append([guarded, visits, hits, seconds, percent(bounces, visits, 0)])
    return utf16(delimited(rows))


# ---------------------------------------------------------------- E-mail and planners

KLAVIYO = (
    "Campaign Name,Tags,Subject,List,Send Time,Send Weekday,Total Recipients,Unique Placed Order,Placed Order Rate,"
    "Revenue,Unique Opens,Open Rate,Total Opens,Unique Clicks,Click Rate,Total Clicks,Unsubscribes,Spam Complaints,"
    "Spam Complaints Rate,Successful Deliveries,Bounces,Bounce Rate,Campaign ID,Campaign Channel"
).split(",")


def klaviyo(campaigns):
    """Whole numbers with `.0`; opens and clicks are of the delivered, bounces of the recipients."""
    rows = [KLAVIYO]
    for c in campaigns:
        sent, arrived = c["recipients"], c["delivered"]
        weekday = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()[c["at"].weekday()]
        rows.append(
            [c["name"], c["tags"], c["subject"], c["list"], f"{c['at']:%Y-%m-%d %H:%M:%S}", weekday, f"{sent}.0"]
            + ["0.0", "0.00%", "0.0"]
            + [f"{c['opens']}.0", percent(c["opens"], arrived), f"{c['all_opens']}.0"]
            + [f"{c['clicks']}.0", percent(c["clicks"], arrived), f"{c['all_clicks']}.0"]
            + [f"{c['unsubscribes']}.0", f"{c['spam']}.0", percent(c["spam"], arrived)]
            + [f"{arrived}.0", f"{sent - arrived}.0", percent(sent - arrived, sent), c["id"], "Email"]
        )
    return utf8(delimited(rows))


def publer(account, start, end, summary, days, posts):
    """Three tables below comments: totals, days, posts with texts of several lines; `-` is missing."""
    rows = [f"# {account}", f"# Start date: {start:%Y%m%d}", f"# End date: {end:%Y%m%d}", ""]
    rows += [["Metric", "Value"]] + summary + [""]
    rows += [["Date", "Followers", "Reach", "Engagements", "Engagement Rate"]]
    for d in days:
        rate = percent(d["engagements"], d["reach"]) if d["reach"] else "-"
        shown = [d[name] if d[name] is not None else "-" for name in ("followers", "reach", "engagements")]
        rows.append([f"{d['day']:%Y-%m-%d}"] + shown + [rate])
    rows.append("")
    rows += [["Post", "Published At", "Type", "Reach", "Engagements", "Engagement Rate", "Click Rate"]]
    for p in posts:
        rate = percent(p["engagements"], p["reach"])
        bare = percent(p["clicks"], p["reach"], sign="")
        rows.append(
            [p["text"], f"{p['at']:%Y-%m-%d %H:%M}", p["kind"], p["reach"], p["engagements"], rate, bare]
        )
    return utf8(delimited(rows))


def ads(rows, currency):
    """Paid results: a header that stands twice, and a currency in a header."""
    head = ["Ad ID", "Ad name", "Day", "Result type", "Results", "Result value type", "Result value type"]
    head += [f"Amount spent ({currency})", "Impressions", "Reach", "Link clicks"]
    return utf8(delimited([head] + rows), bom=True)


def day_range(first, count):
    return [first + datetime.timedelta(days=n) for n in range(count)]

