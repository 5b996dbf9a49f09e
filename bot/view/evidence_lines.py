"""What is said of evidence in a line, in a toast, or in a message of its own. Must not know when which is said."""

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from html import escape

from bot.domain.evidence import Evidence, Found, at
from bot.domain.evidence_entries import EvidenceKind
from bot.domain.scheme import QuestionId, Scheme
from bot.view.facts import Desk
from bot.view.parts import one_line
from bot.view.values import question_name
from bot.words import Words
from bot.words.forms import total

KINDS: tuple[EvidenceKind, ...] = ("photo", "document", "voice", "video", "location")
_NAME, _FINDING = 40, 24
_KILO, _MEGA = 10**3, 10**6


def size_text(size: int) -> str:
    """'812 B', '12 KB', '1.25 MB'."""
    if size < _KILO:
        return f"{size} B"
    if size < _MEGA:
        return f"{size // _KILO} KB"
    return f"{total(Fraction(size, _MEGA))} MB"


def kinds(words: Words, pieces: Iterable[Evidence]) -> str:
    """'2 photos, 1 document'."""
    found = Counter(one.kind for one in pieces)
    counted = (words.say(f"evidence.count-{kind}", n=found[kind]) for kind in KINDS if found[kind])
    return words.say("form.comma").join(counted)


def held(desk: Desk, question: QuestionId) -> tuple[Evidence, ...]:
    """All evidence of a question on the sheet in hand."""
    return at(desk.state.evidence, desk.own.id, question) if desk.own else ()


def summary(words: Words, pieces: Iterable[Evidence]) -> str:
    """For a card: how much supports the question, and what is still on its way. '' where nothing does."""
    standing = [one for one in pieces if one.stands]
    if not standing:
        return ""
    coming = sum(one.keeping == "coming" for one in standing)
    key = "evidence.summary-coming" if coming else "evidence.summary"
    return words.say(key, total=len(standing), kinds=kinds(words, standing), n=coming)


def where(words: Words, found: Found, one: Evidence) -> str:
    """What it supports, within a sentence: the clause, or the finding by its first words. found: all findings."""
    if one.sheet:
        return one.question.indicator
    finding = found.get(one.finding)
    return words.say("evidence.of-finding", text=one_line(finding.text, _FINDING) if finding else "")


def supports(words: Words, scheme: Scheme, found: Found, one: Evidence) -> str:
    """The same for a title or a list: the question with its name."""
    return question_name(words, scheme, one.question) if one.sheet else where(words, found, one)


def received(words: Words, where: str, pieces: Iterable[Evidence]) -> str:
    """So much came. It is recorded; that the bytes are kept is said by the card. where: what it supports."""
    return words.say("evidence.received", clause=where, kinds=kinds(words, pieces))


def place_saved(words: Words, where: str) -> str:
    """A location needs no fetching."""
    return words.say("evidence.place-saved", clause=where)


def no_question(words: Words) -> str:
    """Nothing is open that it could belong to: it is not kept."""
    return words.say("evidence.no-question")


def no_finding(words: Words) -> str:
    """The finding was withdrawn, or is none: it is not kept."""
    return words.say("evidence.no-finding")


def no_room(words: Words) -> str:
    """The disk is nearly full: no files are taken."""
    return words.say("evidence.no-room")


def too_large(words: Words, where: str) -> str:
    """Telegram hands bots no file over 20 MB: what to do instead."""
    return words.say("evidence.too-large", clause=where)


def lost(words: Words, one: Evidence, found: Found) -> str:
    """A message to whoever sent it: its bytes could not be had, and what to do. Small HTML."""
    name = one_line(one.name, _NAME)
    what = words.say("evidence.named", kind=words.say(f"kind.{one.kind}"), name=name) if name else ""
    what = what or words.say(f"kind.{one.kind}")
    return escape(words.say(f"evidence.lost-{one.reason}", clause=where(words, found, one), what=what), quote=False)


def twice(words: Words, where: str, before: int, again: int) -> str:
    """A message to whoever sent it: the same bytes stand there already. Small HTML.

    before, again: what the two are called.
    """
    said = words.say("evidence.twice", clause=where, number=before, again=again)
    return escape(said, quote=False)


def captioned(words: Words) -> str:
    """The caption, or the day, reads differently now."""
    return words.say("evidence.captioned")


def exchanged(words: Words) -> str:
    """The file of a message was replaced by another: evidence stays what it was."""
    return words.say("evidence.exchanged")


def removed(words: Words) -> str:
    """It was taken away."""
    return words.say("evidence.removed-line")


def file_coming(words: Words) -> str:
    """The file follows as a message."""
    return words.say("evidence.file-coming")


def not_there(words: Words) -> str:
    """There is no such piece, or none that may be seen, or it has no bytes."""
    return words.say("evidence.not-there")


def file_caption(words: Words, where: str, number: int, text: str, *, original: bool) -> str:
    """Below a file that is shown again. number: what it is called. Small HTML."""
    head = words.say("evidence.file-original" if original else "evidence.file-shown", number=number)
    caption = words.say("form.colon").join(part for part in (where, one_line(text, 600)) if part)
    return escape(f"{head}\n{caption}", quote=False)
