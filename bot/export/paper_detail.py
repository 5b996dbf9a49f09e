"""What an entry says, on one line of the list of entries.

Every field of every kind of body stands here, or in the chapter that it belongs to. Must not know chapters, or any
file format.
"""

from typing import assert_never

from bot.domain import entries as e
from bot.domain import evidence_entries as v
from bot.domain import panel_entries as p
from bot.export.history import Logged
from bot.export.paper_marks import ARROW, DOT, SPACE, Marks, joined, typed
from bot.export.paper_parts import Line, Run
from bot.words import forms

_LOST = ("too-large", "gone", "refused", "quota")


def detail(m: Marks, entry: Logged) -> Line:
    """The line; () where the kind says all."""
    body = entry.body
    if body is None:
        return (m.gone(),)
    if isinstance(body, p.PanelBody):
        return _panel(m, body)
    if isinstance(body, v.EvidenceBody):
        return _evidence(m, entry, body)
    return _own(m, entry, body)


_Own = (
    e.Created
    | e.HeaderSet
    | e.SheetOpened
    | e.AnswerGiven
    | e.Noted
    | e.NoteRevised
    | e.Postponed
    | e.Flagged
    | e.GateDecided
    | e.FindingsDecided
    | e.BonusDecided
    | e.MeasureSet
    | e.PopulationSet
    | e.SheetSubmitted
    | e.SheetSetAside
    | e.Closed
    | e.WordingAdopted
    | e.Exported
    | e.Erased
    | e.TextErased
)


def _own(m: Marks, entry: Logged, body: _Own) -> Line:
    match body:
        case e.Created(scheme, mode, organisation):
            return joined([(Run(m.say(f"mode.{mode}")),), (Run(scheme),), (typed(organisation),)])
        case e.HeaderSet(field, value):
            before = entry.before.value if isinstance(entry.before, e.HeaderSet) else ""
            return (
                *_colon(m, m.say(f"field.{field}")),
                *_changed(_or_empty(m, before) if before else (), _or_empty(m, value)),
            )
        case e.SheetOpened(round_, covers):
            titles = [(Run(m.words.pick(m.scheme.dimensions[name].title)),) for name in covers]
            return joined([*titles, (typed(round_),) if round_ else ()])
        case e.AnswerGiven():
            return m.changed(entry, entry.question) if entry.question else ()
        case e.Noted() | e.SheetSubmitted():
            return ()
        case e.NoteRevised(of):
            return (_entry(m, of),)
        case e.Postponed(on) | e.Flagged(on):
            return (Run(m.say("transcript.on" if on else "transcript.off")),)
        case e.GateDecided(gate, met):
            told = m.scheme.gates[gate]
            chosen = told.if_met if met else told.if_not
            return (*_colon(m, m.words.pick(told.title)), Run(m.words.pick(chosen)))
        case e.FindingsDecided(findings):
            return (Run(m.say("transcript.findings", n=len(findings))),)
        case e.BonusDecided(value):
            return (Run(m.say("transcript.bonus", value=forms.points(value))),)
        case e.MeasureSet(measure):
            return (Run(m.words.rate(m.report.measure(measure), body)),)
        case e.PopulationSet(count):
            return (Run(str(count)),)
        case e.SheetSetAside(reason) | e.Erased(reason):
            return (typed(reason),)
        case e.Closed(outcome, totals):
            ends = ((m.words.pick(m.scheme.dimensions[name].title), total) for name, total in totals.items())
            return joined([(Run(outcome),), *((Run(f"{title} {total}"),) for title, total in ends)])
        case e.WordingAdopted(digest):
            return (Run(digest, "code"),)
        case e.Exported(format_, language, upto):
            return joined([(Run(format_),), (Run(language),), (_upto(m, upto),)])
        case e.TextErased(of, reason):
            return (_entry(m, of), DOT, typed(reason))
        case _:
            assert_never(body)


def _panel(m: Marks, body: p.PanelBody) -> Line:
    match body:
        case p.MemberJoined(member, role, terms):
            agreed = Run(m.say("transcript.terms", terms=terms))
            return joined([(m.named(member),), (Run(m.say(f"transcript.role.{role}")),), (agreed,)])
        case p.MemberRemoved(member, reason):
            return (m.named(member), DOT, went(m, reason))
        case p.LeadHandedOver(to):
            return (m.named(to),)
        case p.ReconsiderationAsked(reason) | p.RatingUpheld(reason):
            return (typed(reason),)
        case p.EvidenceDemanded(above):
            return (Run(demanded(m, above)),)
        case p.Reopened(reason, sheets):
            return joined([(typed(reason),), *(m.sheet_of(name) for name in sheets)])
        case p.Sealed(upto, head, at, key, signature):
            digests = Run(f"{head} · {key} · {signature}", "code")
            return (_upto(m, upto), DOT, m.at(at), SPACE, digests)
        case p.BasisTaken(assessment, upto, head, organisation, ratings, rows):
            shown = Run(m.say(f"transcript.basis-{ratings}"))
            count = Run(m.say("transcript.of-questions", n=len(rows)))
            line = joined([(typed(organisation),), (shown,), (count,), (_upto(m, upto),)])
            return (*line, SPACE, Run(f"{assessment} · {head}", "code"))
        case p.CarriedOver():
            return _carried(m, body)
        case _:
            assert_never(body)


def _carried(m: Marks, body: p.CarriedOver) -> Line:
    ended = (m.at(body.at),) if body.at else (Run(m.say("transcript.carried-ongoing")),)
    count = Run(m.say("transcript.of-questions", n=len(body.rows)))
    gone = (Run(m.say("transcript.carried-gone") + m.say("form.colon") + ", ".join(body.gone)),) if body.gone else ()
    parts = [(typed(body.organisation),), (Run(m.say(f"mode.{body.mode}")),), ended, (count,), gone]
    digests = Run(f"{body.assessment} · {body.head}", "code")
    return (*joined([*parts, (_upto(m, body.upto),)]), SPACE, digests)


def _evidence(m: Marks, entry: Logged, body: v.EvidenceBody) -> Line:
    match body:
        case v.FindingRecorded(kind, text, clause):
            return joined([(Run(m.say(f"transcript.found-kind.{kind}")),), *said(clause, text)])
        case v.FindingChanged(of):
            return (_entry(m, of), DOT, *field_changed(m, entry))
        case v.FindingWithdrawn(of, reason) | v.EvidenceRemoved(of, reason):
            return (_entry(m, of), DOT, typed(reason))
        case v.EvidenceReceived():
            return _received(m, body)
        case v.EvidenceStored(of, sha256, size, mime, clean):
            digests = Run(f"{sha256} · {clean}" if clean else sha256, "code")
            return (*joined([(_entry(m, of),), (typed(mime),), (_size(m, size),)]), SPACE, digests)
        case v.EvidenceLost(of, reason):
            return (_entry(m, of), DOT, Run(lost(m, reason)))
        case v.EvidenceCaptioned(of, caption, claimed):
            return joined([(_entry(m, of),), *said(caption, claimed)])
        case _:
            assert_never(body)


def _received(m: Marks, body: v.EvidenceReceived) -> Line:
    texts = said(body.name, body.mime, body.caption, body.claimed, body.place, body.album)
    size = (_size(m, body.size),) if body.size else ()
    of = f"{m.say('transcript.kind.finding-recorded')} {m.say('transcript.of-entry', seq=body.finding)}"
    finding = (Run(of),) if body.finding else ()
    line = joined([(Run(m.say(f"evidence.kind-{body.kind}")),), *texts, size, finding])
    return (*line, SPACE, Run(body.file, "code")) if body.file else line


def said(*texts: str) -> tuple[Line, ...]:
    """Those texts of people that are not empty."""
    return tuple((typed(text),) for text in texts if text)


def demanded(m: Marks, above: object) -> str:
    """What evidence is demanded from here on. above: ratio 0-1; None: nothing."""
    if above is None:
        return m.say("transcript.not-demanded")
    return m.say("transcript.demanded", above=forms.percent(above))  # type: ignore[arg-type]


def went(m: Marks, reason: str) -> Run:
    """Why somebody belongs to the panel no more."""
    return Run(m.say("transcript.went")) if reason == "left" else typed(reason)


def lost(m: Marks, reason: str) -> str:
    """Why bytes of evidence could not be had."""
    return m.say(f"transcript.lost.{reason}") if reason in _LOST else reason


def field_changed(m: Marks, entry: Logged) -> Line:
    """A changed field of a finding: its name, what it said before, what it says now."""
    body, before = entry.body, entry.before
    if not isinstance(body, v.FindingChanged):
        return (m.gone(),)
    old = before.value if isinstance(before, v.FindingChanged) else ""
    name = _colon(m, m.say(f"transcript.found-field.{body.field}"))
    return (*name, *_changed(_field(m, body.field, old) if old else (), _field(m, body.field, body.value)))


def _field(m: Marks, name: v.FindingField, value: str) -> Line:
    if name == "state" and value:
        return (Run(m.say(f"transcript.found-state.{value}")),)
    return _or_empty(m, value)


def _changed(old: Line, new: Line) -> Line:
    return (*old, ARROW, *new) if old else new


def _or_empty(m: Marks, value: str) -> Line:
    return (typed(value),) if value else (Run(m.say("transcript.empty")),)


def _colon(m: Marks, name: str) -> Line:
    return (Run(name + m.say("form.colon")),)


def _entry(m: Marks, seq: int) -> Run:
    return Run(m.say("transcript.of-entry", seq=seq))


def _upto(m: Marks, seq: int) -> Run:
    return Run(m.say("transcript.upto", seq=seq))


def _size(m: Marks, size: int) -> Run:
    return Run(m.say("transcript.bytes", size=size))
