"""Boxes that stand in more than one chapter: a piece of evidence, and a reconsideration. Must not know file formats."""

from collections.abc import Iterator

from bot.domain import evidence_entries as v
from bot.domain.entries import AnswerGiven
from bot.domain.panel_entries import RatingUpheld, ReconsiderationAsked
from bot.export.history import Logged
from bot.export.panel_parts import AskedPart, EvidencePart
from bot.export.paper_detail import lost, said
from bot.export.paper_marks import ARROW, DOT, Marks, joined, typed
from bot.export.paper_parts import Block, Box, Facts, Line, Para, Run


def evidence(m: Marks, part: EvidencePart) -> Box:
    """What it is, when it came, and by which digests its bytes are known again."""
    return Box(tuple(_evidence(m, part)), "evidence")


def evidence_name(m: Marks, part: EvidencePart) -> str:
    """'Evidence 3 · photo'."""
    number = m.say("transcript.evidence-number", n=part.number)
    return f"{number} · {m.say(f'evidence.kind-{part.item.kind}')}"


def keeping(m: Marks, part: EvidencePart) -> str:
    """Whether its bytes are there, and why not."""
    item = part.item
    told = m.say(f"transcript.keeping.{item.keeping}")
    return f"{told}{m.say('form.colon')}{lost(m, item.reason)}" if item.keeping == "lost" else told


def evidence_facts(m: Marks, part: EvidencePart) -> Facts:
    """Its dates, its file and its digests, those that it has."""
    item = part.item
    size = m.say("transcript.bytes", size=item.size) if item.size else ""
    rows = (
        ("transcript.received", m.at(item.at)),
        ("transcript.claimed", typed(item.claimed)),
        ("transcript.place", typed(item.place)),
        ("transcript.file-name", typed(item.name)),
        ("transcript.mime", typed(item.mime)),
        ("transcript.size", Run(size)),
        ("transcript.sha256", Run(item.sha256, "code")),
        ("transcript.clean", Run(item.clean, "code")),
    )
    return Facts(tuple((m.say(key), (run,)) for key, run in rows if run.text))


def _evidence(m: Marks, part: EvidencePart) -> Iterator[Block]:
    item = part.item
    name = f"{evidence_name(m, part)} · {keeping(m, part)}"
    yield Para((Run(name), DOT, m.who(item.person, part.name)), "label")
    if item.keeping == "removed" and item.reason:
        yield Para(m.reason(item.reason))
    if item.caption:
        yield Para((typed(item.caption),))
    yield evidence_facts(m, part)
    for entry in part.entries:
        match entry.body, entry.before:
            case v.EvidenceCaptioned(), v.EvidenceReceived(caption=caption, claimed=claimed) | v.EvidenceCaptioned(
                caption=caption, claimed=claimed
            ):
                changed = Para(m.after((Run(m.say("transcript.caption-before")),), entry))
                before = joined(said(caption, claimed)) or (Run(m.say("transcript.empty")),)
                yield Box((changed, Para(before)), "quiet")
            case v.EvidenceRemoved() | v.EvidenceLost(), _:
                yield quiet(m, entry)
            case _:
                pass


def quiet(m: Marks, entry: Logged) -> Box:
    """That an entry was made, by whom and when."""
    return Box((Para(m.after((Run(m.say(f"transcript.kind.{entry.kind}")),), entry)),), "quiet")


def asked(m: Marks, one: AskedPart) -> Box:
    """Why a reconsideration was asked for, and what came of it."""
    body = one.asked.body
    why = typed(body.reason) if isinstance(body, ReconsiderationAsked) else m.gone()
    blocks = [_answered(m, "transcript.asked-why", why, one.asked)]
    if one.by and one.outcome == "changed":
        blocks.append(Para(m.after(_rating(m, one, one.by), one.by)))
    elif one.by and one.outcome == "upheld":
        stays = typed(one.by.body.reason) if isinstance(one.by.body, RatingUpheld) else m.gone()
        blocks.append(_answered(m, "transcript.kind.rating-upheld", stays, one.by))
    return Box(tuple(blocks), "asked")


def _answered(m: Marks, key: str, text: Run, entry: Logged) -> Para:
    return Para(m.after((Run(m.say(key) + m.say("form.colon")), text), entry))


def _rating(m: Marks, one: AskedPart, entry: Logged) -> Line:
    old = (m.value(one.question, entry.before), ARROW) if isinstance(entry.before, AnswerGiven) else ()
    return (*old, m.value(one.question, entry.body))
