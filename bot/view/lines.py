"""The sentences that stand on top of a card or in a toast. Plain text, at most 200 characters.

Must not know when which is said. Only 'saved', with its tick, says that something was recorded.
"""

from fractions import Fraction

from bot.domain.answers import Answer
from bot.domain.entries import MeasureSet
from bot.domain.scheme import QuestionId, Scheme
from bot.view.measures import measure_line
from bot.view.parts import clip, one_line
from bot.view.said import LIMIT, answered_line
from bot.words import Words, points

_NAME = 80


def saved_answer(words: Words, scheme: Scheme, question: QuestionId, answer: Answer) -> str:
    """Recorded: the clause, the answer, the points it earns, and how a typed text was understood."""
    return answered_line(words, "line.saved", scheme, question, answer)


def already_saved(words: Words, scheme: Scheme, question: QuestionId, answer: Answer) -> str:
    """The same answer again: nothing new was recorded."""
    return answered_line(words, "line.already-saved", scheme, question, answer)


def answer_revised(words: Words, scheme: Scheme, question: QuestionId, answer: Answer) -> str:
    """An edited message changed the answer it had given."""
    return answered_line(words, "line.answer-revised", scheme, question, answer)


def notes_saved(words: Words, question: QuestionId, n: int) -> str:
    """So many notes were recorded, the last one on this question."""
    return words.say("line.notes-saved", clause=question.indicator, n=n)


def note_revised(words: Words, question: QuestionId | None) -> str:
    """An edited message changed the note it had become."""
    return words.say("line.note-revised", clause=question.indicator if question else "")


def field_saved(words: Words, field: str) -> str:
    """A field of the head was recorded."""
    return words.say("line.field-saved", field=words.say(f"field.{field}"))


def field_emptied(words: Words, field: str) -> str:
    """A field of the head was emptied."""
    return words.say("line.field-emptied", field=words.say(f"field.{field}"))


def postponed(words: Words, question: QuestionId, *, on: bool) -> str:
    """The question comes later, or in its turn again."""
    return words.say("line.postponed" if on else "line.not-postponed", clause=question.indicator)


def flagged(words: Words, question: QuestionId, *, on: bool) -> str:
    """The question is flagged for another look, or no longer."""
    return words.say("line.flagged" if on else "line.unflagged", clause=question.indicator)


def archived(words: Words, *, on: bool) -> str:
    """The assessment left the list, or came back."""
    return words.say("line.archived" if on else "line.unarchived")


def dropped(words: Words, n: int) -> str:
    """So many waiting texts were not kept."""
    return words.say("line.dropped", n=n)


def not_taken(words: Words, kind: str) -> str:
    """Something that is no text ('sticker', 'photo', ...) was not kept."""
    return words.say("line.not-taken", kind=words.say(f"kind.{kind if kind in KINDS else 'other'}"))


def not_by_hand(words: Words) -> str:
    """Something came through another bot or in another's name: it was not kept."""
    return words.say("line.not-by-hand")


def crowded(words: Words) -> str:
    """So much was sent at once that answers come late."""
    return words.say("line.crowded")


KINDS = (
    "photo",
    "document",
    "video",
    "voice",
    "audio",
    "sticker",
    "animation",
    "location",
    "contact",
    "poll",
    "video_note",
)
"""The kinds of messages that have a name; any other is 'this'."""


def edit_not_understood(words: Words, question: QuestionId) -> str:
    """An edited message gave an answer and is no rating any more; the answer stays."""
    return words.say("line.edit-not-understood", clause=question.indicator)


def file_caption(words: Words, format_: str, upto: int, *, part: bool = False, volume: int = 0, of: int = 0) -> str:
    """Below a file: its format, and the entry of the record that it ends with; of a part, only that it is one.

    volume: which of several files a bundle comes as; 0: it is one file.
    """
    if part:
        return words.say("line.part-caption", format=format_name(words, format_))
    told = words.say("line.file-caption", format=format_name(words, format_), upto=upto)
    return "\n".join((told, words.say("line.volume-caption", volume=volume, of=of))) if volume else told


def format_name(words: Words, format_: str) -> str:
    """A file format as people call it; one without a description by its name."""
    try:
        return words.say(f"format.{format_}")
    except KeyError:
        return format_.upper()


def begun(words: Words) -> str:
    """A new assessment was recorded."""
    return words.say("line.begun")


def closed(words: Words) -> str:
    """The assessment is final now."""
    return words.say("line.closed")


def already_closed(words: Words) -> str:
    """It was final before."""
    return words.say("line.already-closed")


def deleted(words: Words) -> str:
    """The draft is gone."""
    return words.say("line.deleted")


def decision_revised(words: Words) -> str:
    """An edited message changed what it had decided or counted."""
    return words.say("line.decision-revised")


def unchanged(words: Words) -> str:
    """An edit that says the same."""
    return words.say("line.unchanged")


def waiting_text_changed(words: Words) -> str:
    """An edit of a text that still waits to be saved or dropped."""
    return words.say("line.waiting-text-changed")


def which(words: Words) -> str:
    """A typed rating that can mean several things: choose."""
    return words.say("line.which")


def no_rating(words: Words) -> str:
    """A typed text that is no rating; the card asks whether to keep it as a note."""
    return words.say("line.no-rating")


def no_sheet(words: Words) -> str:
    """A clause was asked for by one who has no sheet."""
    return words.say("line.no-sheet")


def not_asked(words: Words) -> str:
    """A text where no question was open."""
    return words.say("line.not-asked")


def nothing_waits(words: Words) -> str:
    """The text was saved or dropped already."""
    return words.say("line.nothing-waits")


def gone(words: Words) -> str:
    """A button of a card that is no more; today's card is shown instead."""
    return words.say("line.gone")


def language_set(words: Words) -> str:
    """The person's language from now on."""
    return words.say("line.language-set")


def zone_set(words: Words, zone: str) -> str:
    """The person's time zone from now on."""
    return words.say("line.zone-set", zone=words.zone_name(zone))


def welcome(words: Words) -> str:
    """The first thing that is ever said."""
    return words.say("line.welcome")


def none_yet(words: Words) -> str:
    """A command that needs an assessment, and there is none."""
    return words.say("line.none-yet")


def unknown_command(words: Words) -> str:
    """A command that we do not have."""
    return words.say("line.unknown-command")


def not_whole(words: Words) -> str:
    """The whole record was asked for while some of it is hidden from the person."""
    return words.say("line.not-whole")


def file_coming(words: Words) -> str:
    """A file is being made."""
    return words.say("line.file-coming")


def not_saved(words: Words) -> str:
    """Something sent could not be recorded: send it again."""
    return words.say("line.not-saved")


def storage_full(words: Words) -> str:
    """Something sent could not be recorded, and cannot be before there is room."""
    return words.say("line.storage-full")


def gate_decided(words: Words, scheme: Scheme, gate: str, *, met: bool) -> str:
    """A gate was confirmed or refused."""
    rule = scheme.gates[gate]
    chosen = one_line(words.pick(rule.if_met if met else rule.if_not), _NAME)
    return words.say("line.gate-decided", title=one_line(words.pick(rule.title), _NAME), chosen=chosen)


def finding_added(words: Words, n: int) -> str:
    """A finding was recorded; so many there are now."""
    return words.say("line.finding-added", n=n)


def findings_none(words: Words) -> str:
    """It was confirmed that there are no special deductions."""
    return words.say("line.findings-none")


def bonus_decided(words: Words, value: Fraction) -> str:
    """The bonus was recorded, in points."""
    return words.say("line.bonus-decided", points=points(value)) if value else words.say("line.bonus-none")


def measure_saved(words: Words, scheme: Scheme, measure: str, counts: MeasureSet) -> str:
    """The counts of a measure were recorded, with the rate that they give."""
    rule = next(one for one in scheme.measures if one.id == measure)
    return clip(words.say("line.measure-saved", said=measure_line(words, rule, counts)), LIMIT)


def population_saved(words: Words, scheme: Scheme, count: int, need: int) -> str:
    """How many units there are was recorded, and how many must be rated."""
    unit = words.pick(scheme.sampling.unit) if scheme.sampling else ""
    return words.say("line.population-saved", unit=one_line(unit, _NAME), count=count, need=need)


def sheet_opened(words: Words, name: str) -> str:
    """Another sheet was begun; '' for the main one."""
    return words.say("line.sheet-opened", name=one_line(name, _NAME) or words.say("sheet.main"))


def sheet_set_aside(words: Words) -> str:
    """A sheet counts no longer."""
    return words.say("line.sheet-set-aside")
