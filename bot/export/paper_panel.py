"""Who worked on it and what they agreed on: members, evidence demanded, reconsiderations, basis, origin; and findings.

Must not know the result, or any file format.
"""

from collections.abc import Iterator

from bot.domain.carrying import FATES
from bot.domain.evidence_entries import FindingChanged, FindingWithdrawn
from bot.domain.panel_entries import EvidenceDemanded, MemberJoined, MemberRemoved
from bot.export.history import Logged
from bot.export.panel_parts import AskedPart, BasisPart, CarriedPart, FindingPart, MemberPart
from bot.export.paper_detail import demanded, field_changed, went
from bot.export.paper_marks import DOT, SPACE, Marks, joined, story, typed
from bot.export.paper_parts import Block, Box, Facts, Heading, Line, Para, Part, Run
from bot.export.paper_pieces import asked, evidence, quiet


def findings(m: Marks) -> Part | None:
    """All findings, those withdrawn too; None where there are none."""
    found = m.report.panel.findings
    if not found:
        return None
    return Part("findings", m.say("transcript.found"), tuple(Box(tuple(_finding(m, part))) for part in found))


def _finding(m: Marks, part: FindingPart) -> Iterator[Block]:
    item = part.item
    state = m.say("transcript.found-withdrawn" if item.withdrawn else f"transcript.found-state.{item.state}")
    names = [m.say("transcript.found-number", n=part.number), m.say(f"transcript.found-kind.{item.kind}")]
    if item.withdrawn or item.kind != "strength":
        names.append(state)
    yield Heading((Run(" · ".join(names)),), 3)
    yield Para((typed(item.text),))
    fields = (("clause", item.clause), ("action", item.action), ("due", item.due))
    pairs: list[tuple[str, Line]] = [
        (m.say(f"transcript.found-field.{name}"), (typed(text),)) for name, text in fields if text
    ]
    if item.withdrawn:
        pairs.append((m.say("transcript.reason"), (typed(item.withdrawn),)))
    recorded = (m.who(item.person, part.name), DOT, m.at(item.at, "soft"))
    yield Facts((*pairs, (m.say("transcript.recorded"), recorded)))
    yield from (evidence(m, one) for one in part.evidence)
    for entry in part.entries:
        if isinstance(entry.body, FindingChanged):
            yield Box((Para(m.after(field_changed(m, entry), entry)),), "quiet")
        elif isinstance(entry.body, FindingWithdrawn):
            yield quiet(m, entry)


def panel(m: Marks) -> Part | None:
    """The chapter; None where one person worked alone and nothing of a panel happened."""
    blocks = (*_members(m), *_demands(m), *_reconsidered(m), *_basis(m), *_carried(m))
    return Part("panel", m.say("transcript.panel"), blocks) if blocks else None


def _title(m: Marks, key: str) -> Heading:
    return Heading((Run(m.say(key)),))


def _members(m: Marks) -> Iterator[Block]:
    if m.report.panel.together:
        yield _title(m, "transcript.members")
        yield from (_member(m, part) for part in m.report.panel.members)


def _member(m: Marks, part: MemberPart) -> Box:
    """One stay in the panel: each role with who gave it and when."""
    role = Run(m.say(f"transcript.role.{part.role}"))
    away = (Run(m.say("transcript.no-member")),) if part.left else ()
    pairs: list[tuple[str, Line]] = []
    for place, (had, entry) in enumerate(part.roles):
        name = m.say("transcript.became" if place else "transcript.joined")
        body = entry.body
        terms = m.say("transcript.terms", terms=body.terms) if isinstance(body, MemberJoined) else ""
        said = joined([(Run(m.say(f"transcript.role.{had}")),), (Run(terms),) if terms else ()])
        pairs.append((name, m.after(said, entry)))
    if part.left and isinstance(part.left.body, MemberRemoved):
        pairs.append((m.say("transcript.member-left"), m.after((went(m, part.left.body.reason),), part.left)))
    title = joined([(m.who(part.person, part.name),), (role,), away])
    return Box((Heading(title, 3), Facts(tuple(pairs))))


def _demands(m: Marks) -> Iterator[Block]:
    told = [(m.after((_demand(m, entry),), entry), ()) for entry in m.report.panel.demands]
    if told:
        yield _title(m, "transcript.demands")
        yield Box(story(told, ""))


def _demand(m: Marks, entry: Logged) -> Run:
    return Run(demanded(m, entry.body.above)) if isinstance(entry.body, EvidenceDemanded) else m.gone()


def _reconsidered(m: Marks) -> Iterator[Block]:
    if m.report.panel.asked:
        yield _title(m, "transcript.asked")
        yield from (_again(m, one) for one in m.report.panel.asked)


def _again(m: Marks, one: AskedPart) -> Box:
    where = joined([(Run(one.question.indicator, "strong"),), m.sheet_of(one.sheet)], SPACE)
    outcome = Run(m.say(f"transcript.asked.{one.outcome}"))
    return Box((Heading((*where, DOT, outcome), 3), asked(m, one)))


def _basis(m: Marks) -> Iterator[Block]:
    """The assessment that this one looks at."""
    basis = m.report.panel.basis
    if basis:
        yield _title(m, "transcript.basis")
        yield Para((Run(m.say("transcript.basis-why")),), "fine")
        yield Box((Facts(tuple(_basis_facts(m, basis))),))


def _basis_facts(m: Marks, part: BasisPart) -> Iterator[tuple[str, Line]]:
    taken = part.taken
    yield m.say("field.organisation"), (typed(taken.organisation),)
    yield m.say("transcript.basis-ratings"), (Run(m.say(f"transcript.basis-{taken.ratings}")),)
    yield m.say("transcript.basis-questions"), (Run(str(len(part.rows))),)
    yield m.say("transcript.assessment"), (Run(taken.assessment, "code"),)
    yield m.say("transcript.entries"), (Run(str(taken.upto)),)
    yield m.say("transcript.head-hash"), (Run(taken.head, "code"),)
    if part.entry:
        yield m.say("transcript.basis-taken"), m.by(part.entry)


def _carried(m: Marks) -> Iterator[Block]:
    """The older assessment that this one began from, and what became of its answers."""
    carried = m.report.panel.carried
    if carried:
        yield _title(m, "transcript.carried")
        yield Para((Run(m.say("transcript.carried-why")),), "fine")
        yield Box((Facts(tuple(_carried_facts(m, carried))),))


def _carried_facts(m: Marks, part: CarriedPart) -> Iterator[tuple[str, Line]]:
    over = part.over
    yield m.say("field.organisation"), (typed(over.organisation),)
    yield m.say("transcript.carried-of"), (Run(m.say(f"mode.{over.mode}")), DOT, *_ended(m, over.at))
    for fate in FATES:
        yield m.say(f"transcript.fate-{fate}"), (Run(m.say("transcript.of-questions", n=part.count(fate))),)
    if over.gone:
        yield m.say("transcript.carried-gone"), (Run(", ".join(over.gone)),)
    yield m.say("transcript.assessment"), (Run(over.assessment, "code"),)
    yield m.say("transcript.entries"), (Run(str(over.upto)),)
    yield m.say("transcript.head-hash"), (Run(over.head, "code"),)
    if part.entry:
        yield m.say("transcript.carried-begun"), m.by(part.entry)


def _ended(m: Marks, at: int) -> Line:
    """When the older one was closed, or that it was open."""
    return (
        (Run(m.say("transcript.carried-closed")), SPACE, m.at(at))
        if at
        else (Run(m.say("transcript.carried-ongoing")),)
    )
