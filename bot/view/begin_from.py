"""Starting from an older assessment: which one, and what would be carried over. Must not know what becomes of it."""

from collections.abc import Sequence

from bot.domain.sampling import first_covers
from bot.view import places
from bot.view.compare_facts import BeginFacts, OtherLine
from bot.view.compare_places import BASIS, BeginFrom, PickOlder, StartTap
from bot.view.parts import Row, button, clip, columns, one_line, page_of, screen, turn
from bot.view.screen import Screen
from bot.words import Words

PAGE = 6
MODES = ("self", "audit")
_NAME, _FIELD, _GONE = 60, 200, 12


def other_line(words: Words, one: OtherLine) -> str:
    """'Self-assessment · 2025-11-02 · Four-star'; when it began, where it is not closed."""
    if one.ref == BASIS:
        return words.say("compare.basis", date=words.date(one.began))
    if not one.closed:
        ended = words.say("compare.begun-on", date=words.date(one.began))
    else:
        ended = " · ".join(text for text in (words.date(one.closed), one.outcome) if text)
    mode = words.say(f"mode.{one.mode}")
    return " · ".join([mode, ended, words.say("compare.archived")] if one.archived else [mode, ended])


def pick_older(words: Words, place: PickOlder, others: Sequence[OtherLine], line: str = "") -> Screen:
    """/new: those of this standard, the newest first, six a page."""
    page = page_of(others, place.page, PAGE)
    first = page.number * PAGE + 1
    before, after = turn(words, page, lambda number: PickOlder(place.scheme, place.mode, number))
    entries = [
        button(words.say("home.entry", number=number, name=one.name), BeginFrom(one.ref, place.mode))
        for number, one in enumerate(page.items, first)
    ]
    back = button(words.say("button.back"), places.AskOrganisation(place.scheme, place.mode))
    return screen(
        words,
        "pick_older.j2",
        [*columns(entries, 2), (*before, back, *after)],
        line,
        title=words.say("begin.pick"),
        why=words.say("begin.pick-why"),
        empty=words.say("begin.none"),
        listed=[
            (number, one_line(one.name, _NAME), other_line(words, one)) for number, one in enumerate(page.items, first)
        ],
        page=page,
    )


def begin_from(words: Words, facts: BeginFacts, place: BeginFrom, line: str = "") -> Screen:
    """What is copied, what is carried over and not confirmed, what is not; and the button that begins it."""
    ref, scheme, over = facts.desk.ref, facts.scheme, facts.over
    back = button(words.say("button.before", clause=words.say("button.head")), places.Head(ref))
    rows: list[Row] = [(back,)]
    if scheme and not facts.blind:
        modes = (place.mode,) if place.mode in MODES else MODES
        key = "button.start" if len(modes) == 1 else "button.start-as"
        starts = tuple(
            button(words.say(key, mode=words.say(f"mode.{one}")), StartTap(ref, one), "primary") for one in modes
        )
        rows.insert(0, starts)
    carried = {row.question for row in over.rows if row.answers}
    new = tuple(q for q in scheme.covered(frozenset(first_covers(scheme))) if q not in carried) if scheme else ()
    return screen(
        words,
        "begin_from.j2",
        rows,
        line,
        name=one_line(facts.desk.state.name, _NAME),
        standard=words.pick((scheme or facts.desk.scheme).short),
        edition=scheme is not None and scheme.digest != facts.desk.scheme.digest,
        known=scheme is not None,
        blind=facts.blind,
        fields=[(field, clip(value, _FIELD)) for field, value in facts.fields if value],
        n=len(carried),
        new=len(new),
        gone=words.say("form.comma").join(name.partition("/")[0] for name in over.gone[:_GONE]),
        more=max(0, len(over.gone) - _GONE),
        sampled=words.pick(scheme.sampling.unit) if scheme and scheme.sampling else "",
    )
