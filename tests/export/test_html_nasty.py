"""The HTML transcript is unmoved by what people may write: markup, templates, bidi signs."""

import re
from fractions import Fraction

from bot.domain import commands as c
from bot.domain import panel_commands as k
from bot.domain.answers import NotApplicable, Rated
from bot.domain.scheme import QuestionId
from tests.export.page import Node, article, one, page
from tests.export.story import LEAD, Story, adjusted, story

NASTY = (
    "<script>alert(1)</script>",
    "</style></bdi></main><h1>Approved</h1>",
    "<img src=http://127.0.0.1:9/x>",
    '" onload="x',
    "&lt;b&gt; &amp;amp; {{ 7*7 }} {% raw %} STYLE-HASH",
    "abc \u202e321 edarg\u2069\u2069 \u200f",
    "汉字 😀 \u0627\u0644\u0639\u0631\u0628\u064a\u0629",
)


def nasty() -> Story:
    told = story("shop")
    for number, text in enumerate(NASTY):
        field = ("name", "organisation", "scope", "sites", "period", "participants", "name")[number]
        told.do(c.SetHeader(field, text))  # type: ignore[arg-type]
        told.do(c.WriteNote("s-1", QuestionId("5.1", "total"), text))
        told.say("5.2.1", NotApplicable(text))
    told.say("5.1", Rated(Fraction(1, 2), "ratio", NASTY[0]))
    for text in NASTY:
        told.do(k.RecordFinding("deduction", text))
    told.do(c.DecideBonus(Fraction(1), NASTY[0]))
    for number, text in enumerate(NASTY):
        told.do(c.OpenSheet(f"s-{number + 2}", text, ("total",)), f"p-{number}", "assessor")
    told.names = {LEAD: NASTY[0]} | {f"p-{number}": text for number, text in enumerate(NASTY)}
    return told


def test_nasty_texts_stay_texts() -> None:
    root = page(nasty().report("en"))
    calm = page(adjusted().report("en"))
    assert {node.tag for node in root.all()} == {node.tag for node in calm.all()} | {"li"}
    assert len(root.find("h1")) == len(root.find("style")) == len(root.find("script")) + 1 == 1
    texts = [node.text for node in article(root, "5.1").find("div", "text")]
    assert texts == [text.strip() for text in NASTY]
    for text in NASTY:
        assert text.strip() in " ".join(node.text for node in article(root, "5.2.1").find("bdi"))
    assert NASTY[4] in article(root, "5.1").text


def test_what_people_wrote_is_cut_off_in_direction() -> None:
    root = page(nasty().report("zh"))
    assert re.search(r"\.u\{unicode-bidi:isolate\}", one(root.find("style")).text)
    signs = re.compile("[\u202e\u2069\u200f]")
    loose: list[str] = []

    def walk(node: Node, *, isolated: bool) -> None:
        inside = isolated or "u" in node.attributes.get("class", "").split()
        for child in node.children:
            if isinstance(child, Node):
                walk(child, isolated=inside)
            elif signs.search(child) and not inside and node.tag != "title":
                loose.append(child)

    walk(root, isolated=False)
    assert loose == []
    title = one(one(root.find("head")).find("title")).text
    assert title.index("\u2068") < title.index(NASTY[-1][:2])
