# ruff: noqa: E501 - the markup of pages is easier to read unbroken
"""Wraps texts in the furniture of news sites, so that what a reader keeps can be held against what went in.

Eight layouts: three that say what is what by their elements, three that say it by the names of their classes only, one
of bare `div`s and `br`s that says nothing, one live blog. What goes around the text (menus, banners, share bars, cards,
comments) is chosen by a seeded generator; its wordings were written for this file.
"""

import html
import json
import random
from dataclasses import dataclass
from datetime import date, timedelta

MENU = "Home World Europe Asia Business Markets Sport Culture Weather Video Podcasts Opinion Subscribe".split()
CARDS = [
    ("Ferry service resumes on the strait", "Ferries sailed again on Tuesday after three days of storm."),
    ("Bakers protest over the price of flour", "Hundreds of bakers marched through the old town on Sunday."),
    ("New bridge opens two years late", "The minister cut the ribbon in the rain."),
    ("How a village saved its cinema", "A film fan, a loan and forty volunteers."),
    ("Glacier loses a tenth of its ice", "Researchers measured the tongue for the twelfth summer."),
]
COMMENTS = [
    "I have lived there for thirty years and nothing ever changes, believe me.",
    "Great report, thank you! Please write more about this.",
    "Who pays for all of this in the end? We do, as always, and nobody asks us.",
]
PROMOS = [
    "Sign up for our morning newsletter and never miss a story.",
    "Enjoy unlimited access to our journalism for one euro a week.",
    "Get the day's most important stories in your inbox every evening.",
]


@dataclass(frozen=True)
class Wrapped:
    """Hold a page with what it should give."""

    name: str
    layout: str
    html: bytes
    title: str
    paragraphs: tuple[str, ...]
    published: date
    dated: bool


def wrap(name: str, text: str, seed: int) -> Wrapped:
    """Wrap one text (the first line its headline) in a layout that *seed* chooses."""
    dice = random.Random(seed)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    title, body = lines[0], lines[1:] or lines
    day = date(2024, 1, 1) + timedelta(days=dice.randrange(700))
    layout = list(LAYOUTS)[seed % len(LAYOUTS)]
    head, dated = _head(title, day, dice)
    page = LAYOUTS[layout](title, body, day, dice)
    ballast = "<script>var a=" + json.dumps(["x" * 40] * dice.randrange(50, 400)) + ";</script>"
    whole = f"<!DOCTYPE html>\n<html lang=en><head><meta charset=utf-8>{head}{ballast}</head><body>{page}{ballast}</body></html>"
    return Wrapped(
        name, layout, whole.encode(), title, tuple(_live_words(body) if layout == "live" else body), day, dated
    )


def _e(text: str) -> str:
    return html.escape(text)


def _head(title: str, day: date, dice: random.Random) -> tuple[str, bool]:
    """Write the head: machines are told the date in one of four ways, or not at all."""
    way = dice.randrange(5)
    parts = [f"<title>{_e(title)} | Example Press</title><style>.x{{color:red}}</style>"]
    if way in (0, 1):
        data = {
            "@context": "https://schema.org",
            "@graph": [
                {"@type": "Organization", "name": "Example Press"},
                {
                    "@type": "NewsArticle",
                    "headline": title,
                    "datePublished": f"{day}T08:30:00+02:00",
                    "dateModified": f"{day + timedelta(days=3)}T08:30:00Z",
                    "author": [{"@type": "Person", "name": "Ann Lee"}],
                    "publisher": {"@type": "Organization", "name": "Example Press"},
                },
            ],
        }
        parts.append(f'<script type="application/ld+json">{json.dumps(data)}</script>')
    if way in (1, 2):
        parts.append(
            f'<meta property="og:title" content="{_e(title)}"><meta property="article:published_time" content="{day}T06:30:00Z">'
        )
    if way == 3:
        parts.append(f'<meta name="pubdate" content="{day:%Y%m%d}">')
    return "".join(parts), way != 4


def _links(names: list[str], tag: str = "li") -> str:
    return "".join(f'<{tag}><a href="/{n}">{n}</a></{tag}>' for n in names)


def _cards(dice: random.Random, heading: str = "h4", *, long: bool = False) -> str:
    cards = []
    for title, words in dice.sample(CARDS, 3):
        more = f"<p>{_e(words)} {_e(words)}</p>" if long else f"<p>{_e(words)}</p>"
        cards.append(f'<div class="card"><{heading}><a href="/a">{_e(title)}</a></{heading}>{more}</div>')
    return "".join(cards)


def _paragraphs(body: list[str], dice: random.Random, between: list[str], tag: str = "p") -> str:
    """Write the paragraphs with something between them here and there."""
    parts = []
    for number, line in enumerate(body):
        parts.append(f"<{tag}>{_inline(line, dice)}</{tag}>")
        if between and number and dice.random() < 0.25:
            parts.append(dice.choice(between))
    return "\n".join(parts)


def _inline(line: str, dice: random.Random) -> str:
    """Put links and emphasis into a paragraph."""
    words = _e(line).split(" ")
    if len(words) > 8 and dice.random() < 0.5:
        at = dice.randrange(len(words) - 3)
        words[at] = '<a href="/topic">' + words[at]
        words[at + 1] += "</a>"
    if len(words) > 8 and dice.random() < 0.2:
        words[-1] = f"<em>{words[-1]}</em>"
    return " ".join(words)


def _between(dice: random.Random) -> list[str]:
    return [
        f'<div class="promo-box"><p>{dice.choice(PROMOS)}</p></div>',
        f'<p><strong>Read more:</strong> <a href="/x">{CARDS[0][0]}</a></p>',
        '<div class="ad-slot">Advertisement</div>',
        '<figure><img src="a.jpg"><figcaption>Photo: Example Press</figcaption></figure>',
        f'<aside class="related-inline"><h3>Related</h3><ul>{_links([CARDS[1][0], CARDS[2][0]])}</ul></aside>',
    ]


def _comments(dice: random.Random, holder: str) -> str:
    rows = "".join(f"<div><b>reader{n}</b> <span>2 hours ago</span><p>{c}</p></div>" for n, c in enumerate(COMMENTS))
    return holder.format(f"<h3>3 Comments</h3>{rows}<a>Log in to comment</a>")


def _semantic(title: str, body: list[str], day: date, dice: random.Random) -> str:
    return f"""<header><nav><ul>{_links(MENU)}</ul></nav></header><main><article>
<header><h1>{_e(title)}</h1><p class=byline>By Ann Lee</p><time datetime="{day}">{day:%B %d, %Y}</time></header>
{_paragraphs(body, dice, _between(dice))}
<footer><p>Reporting by Ann Lee; editing by Bob Ray</p></footer></article></main>
<aside><h2>Related Articles</h2>{_cards(dice)}</aside>{_comments(dice, "<section class=comments>{}</section>")}
<footer><p>© 2025 Example Press. All rights reserved.</p><ul>{_links(["Contact", "Privacy", "Imprint"])}</ul></footer>"""


def _microdata(title: str, body: list[str], day: date, dice: random.Random) -> str:
    return f"""<div role=banner>{_links(MENU, "span")}</div><div role=main itemscope itemtype="https://schema.org/NewsArticle">
<h1 itemprop=headline>{_e(title)}</h1><div class=social-bar>Facebook Twitter WhatsApp Copy link</div>
<time itemprop=datePublished datetime="{day}T10:00">{day:%d %B %Y}</time>
<div itemprop=articleBody>{_paragraphs(body, dice, _between(dice))}</div>
<div><h3>You may also like</h3>{_cards(dice)}</div></div>
<div role=contentinfo>Terms of use · Privacy policy</div>"""


def _two_articles(title: str, body: list[str], day: date, dice: random.Random) -> str:
    return f"""<nav>{_links(MENU, "span")}</nav><article class=story><h1>{_e(title)}</h1>
<p>Published {day:%B} {day.day}, {day.year}</p>{_paragraphs(body, dice, [])}</article>
<section class="recommended-stories"><h2>Recommended for you</h2>{"".join(f"<article><h3>{t}</h3><p>{w}</p></article>" for t, w in CARDS[:3])}</section>"""


def _wordpress(title: str, body: list[str], day: date, dice: random.Random) -> str:
    return f"""<div id=page><div class="site-header"><div class="menu-main"><ul class=menu>{_links(MENU)}</ul></div></div>
<div id=content><div class="post hentry"><h1 class=entry-title>{_e(title)}</h1><div class=entry-meta>Posted on <time class="entry-date published" datetime="{day}T00:00">{day}</time></div>
<div class=entry-content>{_paragraphs(body, dice, _between(dice)[1:3])}<div class="sharedaddy"><h3>Share this:</h3><ul>{_links(["Facebook", "X", "Email"])}</ul></div>
<div class="jp-relatedposts"><h3>Related</h3>{_cards(dice)}</div></div></div>{_comments(dice, '<div id="comments" class="comments-area">{}</div>')}</div>
<div id=secondary class="widget-area sidebar"><h2>Recent Posts</h2><ul>{_links([t for t, _ in CARDS])}</ul></div></div>"""


def _classes(title: str, body: list[str], day: date, dice: random.Random) -> str:
    return f"""<div class="cookieBanner"><p>We use cookies and similar methods to recognise visitors and remember their choices on this site.</p><button>Accept</button></div>
<div class="topBar">{_links(MENU, "span")}</div><div class="l-grid"><div class="c-col c-col--8"><h1>{_e(title)}</h1><div class=meta>Ann Lee | {day:%d %B %Y}, 10:15 GMT | 4 min read</div>
{_paragraphs(body, dice, _between(dice), "div")}</div><div class="c-col c-col--4"><div class="mostRead"><h3>Most read</h3><ol>{_links([t for t, _ in CARDS])}</ol></div>
<div class=newsletterBox><p>{PROMOS[0]}</p></div></div></div><div class=siteFooter>About us Contact Careers</div>"""


def _long_cards(title: str, body: list[str], day: date, dice: random.Random) -> str:
    return f"""<div class=hd>{_links(MENU, "span")}</div><div class=art-hd><h1>{_e(title)}</h1><span>{day:%B %d, %Y}</span></div>
<div class=art-bd>{_paragraphs(body, dice, [])}<p class="pull-quote">{_e(body[0][:80])}</p></div>
<div class="teaser-list"><h2>More stories</h2>{_cards(dice, "h3", long=True)}</div><div class=ft>Back to top</div>"""


def _bare(title: str, body: list[str], day: date, dice: random.Random) -> str:
    menu = " | ".join(f"<a href=/{n}>{n}</a>" for n in MENU)
    return f"""<table><tr><td>{menu}</td></tr></table><div><div><font size=5><b>{_e(title)}</b></font><br><i>By Ann Lee</i><br>{day:%d %B %Y}<br><br>
{"<br><br>".join(_inline(line, dice) for line in body)}<br><br><a href=/p>Print this page</a><br>Comments (3)<br>{COMMENTS[0]}<br></div></div>
<div>Copyright 2025 Example Press</div>"""


def _live_words(body: list[str]) -> list[str]:
    """List what a live blog should give: the line above it, and each post with its heading."""
    posts = [line for n, text in enumerate(body[:18]) for line in (_update(n), text)]
    return ["Follow our live coverage below.", *posts]


def _update(number: int) -> str:
    return f"Update number {number} of the day comes in"


def _live(title: str, body: list[str], day: date, dice: random.Random) -> str:
    posts = "".join(
        f'<article class="liveblog-post"><time datetime="{day}T{20 - n:02}:00">{20 - n}:00</time><h2>{_update(n)}</h2><p>{_inline(line, dice)}</p><div class=share-tools>Share</div></article>'
        for n, line in enumerate(body[:18])
    )
    return f"""<nav>{_links(MENU, "span")}</nav><main><h1>{_e(title)}</h1><p>Follow our live coverage below.</p>{posts}</main><footer>{_links(MENU)}</footer>"""


LAYOUTS = {
    "semantic": _semantic,
    "microdata": _microdata,
    "two-articles": _two_articles,
    "wordpress": _wordpress,
    "classes": _classes,
    "long-cards": _long_cards,
    "bare": _bare,
    "live": _live,
}
