"""Everything that is said to one person: their language and time zone, and the sentences, numbers and dates in them.

Must not know screens or storage.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import assert_never
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location, get_timezone_name
from markupsafe import Markup

from bot.domain.answers import Answer, NotApplicable, Rated, Veto
from bot.domain.entries import MeasureSet
from bot.domain.grading import Reason
from bot.domain.measures import rate
from bot.domain.refusals import OutOfRange, Refused, UnknownClause
from bot.domain.scales import Language, Scale, Text
from bot.domain.scheme import Measure, QuestionId, Scheme
from bot.words import forms, reasons
from bot.words.catalogue import locale, sentence
from bot.words.pages import environment

COMMANDS = ("start", "new", "my", "result", "export", "settings", "forget", "help")
"""The commands that always work; `command.<name>` describes them."""


@dataclass(frozen=True, slots=True)
class Words:
    """One language and one time zone (IANA name). Make it with `of`."""

    language: Language
    zone: str = "Asia/Shanghai"

    @staticmethod
    @lru_cache(maxsize=256)
    def of(language: Language, zone: str = "Asia/Shanghai") -> "Words":
        """The words for a person. ZoneInfoNotFoundError where there is no such zone: ask `is_zone` first."""
        ZoneInfo(zone)
        return Words(language, zone)

    def say(self, key: str, /, **params: object) -> str:
        """The sentence of a key as plain text; `n` also chooses the plural form. KeyError: a defect of ours."""
        if not params:
            return _plain(self.language, key)
        return sentence(self.language, key, params.get("n")).format(**params)

    def pick(self, text: Text | None) -> str:
        """This language's side of a text of a scheme; '' where there is none."""
        return text.of(self.language) if text else ""

    def render(self, template: str, /, **facts: object) -> str:
        """A template of `templates/` as text; every value in it is escaped for HTML."""
        return environment().get_template(template).render({**_known(self), **facts})

    def part(self, template: str, /, **facts: object) -> str:
        """A template as a value of another, which does not escape it again; no line break at either end."""
        return Markup(self.render(template, **facts).strip("\n"))  # noqa: S704  everything in it was escaped on the way in

    def refusal(self, refused: Refused) -> str:
        """Why something cannot be done, and what to do instead."""
        key = f"refusal.{refused.code}"
        if isinstance(refused, OutOfRange):
            key = f"{key}.{refused.params['form']}"
        elif isinstance(refused, UnknownClause) and refused.params["near"]:
            key = f"{key}.near"
        return self.say(key, **refused.params)

    def reason(self, scheme: Scheme, reason: Reason) -> str:
        """One reason of a verdict as a sentence, with its figures."""
        return reasons.sentence(self, scheme, reason)

    def answer(self, scheme: Scheme, question: QuestionId, answer: Answer) -> str:
        """An answer as people say it: '70%', 'α 0.70', a level's name, the statement chosen at a veto row."""
        match answer:
            case Rated(value=value, form=form):
                if answer.level is not None:
                    return self.level(scheme.scale_of(question), answer.level)
                return f"α {forms.alpha(value)}" if form == "alpha" else forms.percent(value)
            case NotApplicable(reason):
                return self.say("answer.not-applicable", reason=reason)
            case Veto(raised):
                row = scheme.by_id[question.indicator]
                stated = self.pick(row.if_not if raised else row.if_met)
                return stated or self.say("answer.veto-raised" if raised else "answer.no-veto")
            case _:
                assert_never(answer)

    def rate(self, rule: Measure, counts: MeasureSet, title: str = "") -> str:
        """A rate with its counts and target; rounded, it stays on its side of the target."""
        found = rate(rule, counts)
        given = {
            "title": title or self.pick(rule.title),
            "month": counts.month,
            "numerator": counts.numerator,
            "denominator": counts.denominator,
        }
        if found.percent is None:
            return self.say("measure.line-none", **given, met=self.say("measure.not-computable"))
        met = self.say("measure.met" if found.met else "measure.missed", target=f"{forms.points(rule.target)}%")
        return self.say("measure.line", **given, rate=f"{forms.total(found.percent, rule.target)}%", met=met)

    def level(self, scale: Scale | None, number: int) -> str:
        """A level 1-5 with its name where the scale names it: '四级 定量管理级', 'Level 4'."""
        numeral = self.say(f"level.{number}")
        levels = scale.levels if scale else ()
        title = self.pick(levels[number - 1].title) if levels else ""
        return title if numeral.lower() in title.lower() else f"{numeral} {title}".strip()

    def when(self, at: int) -> str:
        """A moment (UTC in ms) as local date, time and the zone's name."""
        local = self._local(at)
        zone = get_timezone_name(local, width="long", locale=locale(self.language))
        return self.say("form.when", date=f"{local:%Y-%m-%d}", time=f"{local:%H:%M}", zone=zone)

    def period(self, since: int, until: int) -> str:
        """A stretch of time (UTC in ms) by the local clock: '14:02–14:09 (China Standard Time)'.

        Over midnight, or over a change of the clocks, both moments in full.
        """
        start, end = self._local(since), self._local(until)
        if start.date() != end.date() or start.utcoffset() != end.utcoffset():
            return self.say("form.period-long", start=self.when(since), end=self.when(until))
        zone = get_timezone_name(start, width="long", locale=locale(self.language))
        return self.say("form.period", start=f"{start:%H:%M}", end=f"{end:%H:%M}", zone=zone)

    def date(self, at: int) -> str:
        """The local date of a moment (UTC in ms): '2026-04-01'."""
        return f"{self._local(at):%Y-%m-%d}"

    def zone_name(self, zone: str) -> str:
        """The city that a zone is named after."""
        return get_timezone_location(ZoneInfo(zone), locale=locale(self.language), return_city=True)

    def commands(self) -> tuple[tuple[str, str], ...]:
        """(command without its slash, what it does)."""
        return tuple((name, self.say(f"command.{name}")) for name in COMMANDS)

    def _local(self, at: int) -> datetime:
        return datetime.fromtimestamp(at / 1000, UTC).astimezone(ZoneInfo(self.zone))


@lru_cache(maxsize=4096)
def _plain(language: Language, key: str) -> str:
    """A sentence into which nothing is put: most of what a card says."""
    return sentence(language, key).format()


@lru_cache(maxsize=256)
def _known(words: Words) -> Mapping[str, object]:
    """What every template may use; not to be changed."""
    return {
        "language": words.language,
        "say": words.say,
        "pick": words.pick,
        "answer": words.answer,
        "reason": words.reason,
        "rate": words.rate,
        "when": words.when,
        "period": words.period,
        "date": words.date,
        "percent": forms.percent,
        "points": forms.points,
        "total": forms.total,
        "shown_total": forms.shown_total,
    }
