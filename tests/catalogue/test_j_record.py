"""The record that stands: what is changed is found, and what only a seal kept elsewhere shows is said (rows 104-107).

What the verifier finds in one file: tests/verify/. Here the real bot closes, posts the seal and hands out the files of
a panel (`issuing.py`).
"""

import asyncio
import io
import json
import random
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot.domain import leading
from bot.domain.commands import EraseText
from bot.domain.record import Json, Source
from bot.domain.scoring import Scorecard, score
from bot.service.cases import Cases, Stamp
from bot.store.backup import copy_database
from bot.store.values import Recorded
from bot.store.vault import EVIDENCE
from bot.verify.bundle import HTML, RECORD, RENDERED, SCHEME, verify
from bot.verify.command import run
from bot.verify.findings import Report
from bot.verify.words import sentences
from bot.view.payload import CloseTap
from tests.catalogue.invariants import broken
from tests.catalogue.issuing import (
    ACTION,
    FINDING,
    GONE,
    NOTE,
    ORIGINAL,
    PAPER,
    PHOTO,
    REOPENED,
    Issued,
    issue,
    put,
)
from tests.catalogue.rewriting import ALIKE, Records, rewrite, swapped
from tests.catalogue.tapping import fresh_world, sitting
from tests.service.scene import Scene
from tests.verify.made import again, opened


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Issued:
    return asyncio.run(issue(tmp_path_factory.mktemp("issued")))


@pytest.fixture
def issued(once: Issued, tmp_path: Path) -> Iterator[Issued]:
    """On a copy of the database that this test may forge."""
    copy_database(once.world.store._engine, tmp_path / "gradewalk.db")
    world = fresh_world(tmp_path, empty=False)
    shutil.copytree(once.world.store.vault._folder, tmp_path / EVIDENCE)
    yield replace(once, world=replace(world, keys=once.world.keys))
    world.store._engine.dispose()


def states(report: Report) -> dict[str, str]:
    return {check.code: check.state for check in report.checks}


def first(report: Report) -> tuple[str, str]:
    assert report.first is not None
    return report.first.code, report.first.place


def params(report: Report, code: str) -> dict[str, str | int]:
    return next(check.params for check in report.checks if check.code == code)


def ends(data: bytes, folder: Path, code: str = "") -> int:
    """The exit code of the command."""
    (folder / "file").write_bytes(data)
    return run(folder / "file", code, "zh", as_text=True)


# what is issued stands


def test_what_the_chat_handed_out_verifies_against_what_the_chat_said(once: Issued, tmp_path: Path) -> None:
    for data in (once.bundle, once.record):
        report = verify(data, once.posted)
        assert report.certain, report.checks
        assert ends(data, tmp_path, once.code) == 0
    report = verify(once.bundle, once.posted)
    told = [check.code for check in report.checks]
    assert (told.count("seal"), states(report)["reopened"]) == (2, "ok")
    assert params(report, "closing") == {"closings": 2}
    assert params(report, "evidence") == {"pieces": 2}
    assert params(report, "evidence-gone") == {"pieces": 1}
    members = opened(once.bundle)
    assert PHOTO in members.values()
    assert PAPER in members.values()
    assert not {ORIGINAL, GONE} & set(members.values()), "the copy without a place alone; what was removed is gone"
    kinds = {row["header"]["kind"] for row in json.loads(members[RECORD])["record"]}
    assert {"sheet-submitted", "reconsideration-asked", "rating-upheld", "finding-recorded", "reopened"} < kinds
    for said in (FINDING, ACTION, REOPENED, NOTE):
        assert said in members[HTML].decode()


def test_each_closing_s_code_holds_and_the_older_one_says_how_far_it_reaches(once: Issued) -> None:
    assert verify(once.bundle, once.posted).certain
    report = verify(once.bundle, once.posted_first)
    assert states(report)["posted"] == "ok"
    assert states(report)["posted-early"] == "unknown"
    assert not report.certain
    assert params(report, "posted-early") == {"upto": once.posted_first[0], "last": once.posted[0]}


# row 104


def any_byte(data: bytes, count: int) -> None:
    chance = random.Random(count)
    for _ in range(count):
        place = chance.randrange(len(data))
        forged = data[:place] + bytes([data[place] ^ chance.randrange(1, 256)]) + data[place + 1 :]
        assert first(verify(forged))[1], place


def test_row_104_any_byte_of_a_bundle(once: Issued, tmp_path: Path) -> None:
    any_byte(once.bundle, 150)
    data = bytearray(once.bundle)
    data[len(data) // 3] ^= 1
    assert ends(bytes(data), tmp_path) == 1


@pytest.mark.long
def test_row_104_ten_thousand_bytes(once: Issued) -> None:
    any_byte(once.bundle, 10_000)


def repacked(once: Issued, count: int) -> None:
    """Any byte of any member, under a manifest made anew by a stranger's key: what anybody can do."""
    stranger = Ed25519PrivateKey.from_private_bytes(b"s" * 32)
    members = opened(once.bundle)
    chance = random.Random(count)
    for _ in range(count):
        name = chance.choice([name for name in members if not name.startswith("manifest")])
        content = members[name]
        place = chance.randrange(len(content))
        changed = content[:place] + bytes([content[place] ^ chance.randrange(1, 256)]) + content[place + 1 :]
        report = verify(again({**members, name: changed}, stranger), once.posted)
        if report.sound:  # what is drawn, a name, the sentence of a reason: no entry says them, and that is said
            assert name in {RECORD, *RENDERED.values()}, (name, place)
            assert states(report)["keys"] == "unknown"
            assert not report.certain
        else:
            assert first(report)[1], (name, place)
            assert name not in RENDERED.values()


def test_row_104_any_byte_of_a_member_under_a_strangers_signature(once: Issued) -> None:
    repacked(once, 60)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_row_104_ten_thousand_bytes_under_a_strangers_signature(once: Issued) -> None:
    repacked(once, 10_000)


# row 105


@pytest.mark.parametrize("count", [1, 2, 3, 8, 60])
def test_row_105_the_last_entries_deleted(count: int, issued: Issued) -> None:
    rewrite(issued.world, issued.assessment, lambda records: records[:-count], rebuild=False)
    data = issued.made()
    alone, held = verify(data), verify(data, issued.posted)
    assert alone.sound
    assert not alone.certain
    assert any("无法知道" in line for line in sentences(alone, "zh"))
    cut = issued.posted[0] > json.loads(opened(data)[RECORD])["made_from"]
    assert held.sound is not cut, "an export or a later seal may go: what was sealed is still there"
    if cut:
        assert first(held) == ("posted", str(issued.posted[0]))
        assert any("cut off" in line for line in sentences(held, "en"))


def test_row_105_all_after_the_first_closing_deleted(issued: Issued) -> None:
    """As if it had never been reopened: no fault in the file; who holds the second code sees it."""
    upto = issued.posted_first[0] + 1
    rewrite(issued.world, issued.assessment, lambda records: records[:upto], rebuild=False)
    data = issued.made()
    assert verify(data).sound
    assert not verify(data).certain
    assert verify(data, issued.posted_first).certain, "to who holds the first alone, it is what was sealed"
    assert first(verify(data, issued.posted)) == ("posted", str(issued.posted[0]))


def test_row_105_a_decision_taken_out_of_the_middle_and_all_rebuilt(issued: Issued) -> None:
    """The finding never happened: numbers, links, hashes and both seals anew, with the true key."""

    def without(records: Records) -> Records:
        named = [one.header.seq for one in records if one.body and one.body.get("text") == FINDING]
        return [one for one in records if one.header.seq not in named and not _about(one.body, named)]

    rewrite(issued.world, issued.assessment, _renumbered(without))
    data = issued.made()
    assert FINDING.encode() not in data
    assert verify(data).sound, verify(data).first
    for posted in (issued.posted_first, issued.posted):
        assert first(verify(data, posted))[0] == "posted"


def test_row_105_answers_swapped_as_they_stand(issued: Issued) -> None:
    rewrite(issued.world, issued.assessment, swapped, rebuild=False)
    with pytest.raises(Exception, match="entry"):
        issued.made()
    with issued.world.store.read() as unit:
        numbers = [r.header.seq for r in unit.entries.recorded(issued.assessment) if r.header.question in ALIKE]
    rows = json.loads(issued.record)
    one, other = (rows["record"][number - 1] for number in numbers[:2])
    for part in ("body", "salt"):
        one[part], other[part] = other[part], one[part]
    assert first(verify(_canonical(rows))) == ("bodies", str(numbers[0]))


def test_row_105_answers_swapped_and_all_of_it_rebuilt_and_sealed_with_the_true_key(issued: Issued) -> None:
    rewrite(issued.world, issued.assessment, swapped)
    data = issued.made()
    report = verify(data)
    assert report.sound, report.first
    assert not report.certain
    assert any("rewrote the whole record" in line for line in sentences(report, "en"))
    assert first(verify(data, issued.posted)) == ("posted", str(issued.posted[0]))
    assert not list(broken(issued.world)), "nothing in the database tells either"


def test_row_105_copied_into_another_assessment(issued: Issued) -> None:
    """The entries of the closed one under the id of one that the panel never worked on."""
    other = Scene(issued.world, "4004")
    listed = other.of(other.begin("bjkb-006", "另一单位"))
    with issued.world.store.read() as unit:
        records = list(unit.entries.recorded(issued.assessment))

    def copied(_: Records) -> Records:
        """Sheets have names of their own everywhere, in contents too."""
        return [
            replace(
                one,
                header=replace(one.header, sheet=one.header.sheet and f"{one.header.sheet}-2"),
                body=one.body and {**one.body, **_sheets(one.body)},
            )
            for one in records
        ]

    file = json.loads(issued.record)
    file["head"]["assessment"] = listed.id
    assert first(verify(_canonical(file))) == ("chain", "1"), "as they stand they belong to no other"
    for row in file["record"]:
        row["header"]["assessment"] = listed.id
    assert first(verify(_canonical(file))) == ("chain", "1")
    rewrite(issued.world, listed.id, copied)
    data = replace(issued, assessment=listed.id).made()
    assert verify(data).sound
    assert first(verify(data, issued.posted)) == ("posted", str(issued.posted[0]))


def _sheets(body: Mapping[str, Json]) -> dict[str, Json]:
    """Those that a reopening names, by their other names."""
    named = body.get("sheets")
    return {"sheets": [f"{one}-2" for one in named]} if isinstance(named, list) else {}


def test_row_105_swapped_evidence(issued: Issued) -> None:
    members = opened(issued.bundle)
    name = next(name for name in members if name.startswith("evidence/"))
    assert first(verify(again({**members, name: PHOTO + b"x"}))) == ("evidence", name)


def test_row_105_swapped_evidence_recorded_anew_and_sealed_with_the_true_key(issued: Issued) -> None:
    """The picture and its entry are others, all is rebuilt and the bundle made anew: the seal kept elsewhere tells."""
    other = b"%PDF-1.4 a better paper " * 20
    digest = put(issued.world, other)

    def exchanged(records: Records) -> Records:
        number = next(
            n for n, one in enumerate(records) if one.body and one.body.get("mime") == "application/pdf" and _keeps(one)
        )
        body = {**(records[number].body or {}), "sha256": digest, "size": len(other)}
        return [*records[:number], replace(records[number], body=body), *records[number + 1 :]]

    rewrite(issued.world, issued.assessment, exchanged)
    data = issued.made()
    assert other in opened(data).values()
    alone, held = verify(data), verify(data, issued.posted)
    assert alone.sound, alone.first
    assert not alone.certain
    assert any("rewrote the whole record" in line for line in sentences(alone, "en"))
    assert first(held) == ("posted", str(issued.posted[0]))


def _keeps(one: Recorded) -> bool:
    return one.header.kind == "evidence-stored"


def _about(body: Mapping[str, Json] | None, named: list[int]) -> bool:
    return body is not None and body.get("of") in named


def _renumbered(change: Callable[[Records], Records]) -> Callable[[Records], Records]:
    """What names an entry by its number names it still."""

    def changed(records: Records) -> Records:
        left = change(records)
        numbers = {one.header.seq: number for number, one in enumerate(left, start=1)}
        return [
            replace(one, body={**one.body, "of": numbers[int(str(one.body["of"]))]})
            if one.body and "of" in one.body
            else one
            for one in left
        ]

    return changed


def _canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


# row 106


def test_row_106_an_edited_json_or_bundle_is_not_as_issued(once: Issued, tmp_path: Path) -> None:
    """What somebody with a text editor would change, and an editor that only saves it more beautifully."""
    file = json.loads(once.record)
    organisation = file["head"]["fields"]["organisation"]
    title = file["result"]["outcome"]["title"]["zh"]
    total = file["result"]["dimensions"]["total"]["total"]
    for old, new in (
        (organisation, "别的公司"),
        (title, "五星级"),
        (f'"total":"{total}"', '"total":"99"'),
        (NOTE, "另一句话"),
        ('"value":"1/2"', '"value":"1"'),
        (file["head"]["closed"]["iso"], "2027-01-01T00:00:00.000Z"),
        ('"passed":true', '"passed":false'),
    ):
        assert old in once.record.decode()
        assert ends(once.record.decode().replace(old, new).encode(), tmp_path) == 1, old
        record = opened(once.bundle)[RECORD].decode().replace(old, new).encode()
        assert first(verify(again({**opened(once.bundle), RECORD: record}))), "with the true key as well"
    pretty = json.dumps(file, ensure_ascii=False, indent=2).encode()
    assert first(verify(pretty)) == ("format", "canonical")
    unzipped = opened(once.bundle)
    assert first(verify(unzipped[HTML])) == ("page", "html")
    assert first(verify(unzipped[SCHEME]))[0] == "format"
    assert first(verify(_zipped_again(once.bundle)))[0] == "container"


def _zipped_again(data: bytes) -> bytes:
    """Unpacked and packed by any other program."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in opened(data).items():
            archive.writestr(name, content)
    return out.getvalue()


# row 107


def test_row_107_an_erased_note_is_told_by_verify_and_the_seal_still_holds(issued: Issued) -> None:
    with issued.world.store.write() as unit:
        listed = unit.assessments.for_operator(issued.assessment)
        assert listed is not None
        records = unit.entries.recorded(issued.assessment)
        cases = Cases(issued.world, unit, unit.people.get(records[0].header.person))
        case = cases.by_id(issued.assessment)
        of = next(r.header.seq for r in records if r.header.kind == "noted" and r.body == {"text": NOTE})
        cases.act(case, EraseText(of, "提到了客户的姓名"), Stamp(issued.world.clock(), Source("test")))
        unit.entries.erase_note(issued.assessment, of)
    for format_ in ("bundle", "json"):
        data = issued.made(format_)
        assert NOTE.encode() not in data
        report = verify(data, issued.posted)
        assert report.sound, report.first
        assert states(report)["seal"] == states(report)["posted"] == states(report)["text-erased"] == "ok"
        said = "\n".join(sentences(report, "zh"))
        assert f"第 {of} 条的文字已删除：2026-" in said
        assert "（组长），理由：提到了客户的姓名" in said


def test_row_107_a_note_that_went_without_an_entry_is_found(issued: Issued) -> None:
    def gone(records: Records) -> Records:
        return [replace(r, body=None, salt=None) if r.body == {"text": NOTE} else r for r in records]

    with issued.world.store.read() as unit:
        of = next(r.header.seq for r in unit.entries.recorded(issued.assessment) if r.body == {"text": NOTE})
    file = json.loads(issued.record)
    file["record"][of - 1] |= {"body": None, "salt": None}
    assert first(verify(_canonical(file))) == ("bodies", str(of))
    rewrite(issued.world, issued.assessment, gone, rebuild=False)
    assert any(line.startswith("I3") for line in broken(issued.world))


# I3: without these, nothing of this would be noticed


def test_switched_off_computing_what_a_closing_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bot that closes with totals of its own invention: every chain holds, and I3 is broken all the same."""

    async def closed() -> list[str]:
        async with sitting(tmp_path) as sat:
            sat.scene.fill("80")
            monkeypatch.setattr(leading, "score", lambda *given: _better(score(*given)))
            await sat.tap(CloseTap(sat.ref, sat.scene.of(sat.ref).seq))
            return [line for line in broken(sat.world, sat.person) if line.startswith("I3")]

    (line,) = asyncio.run(closed())
    assert "do not follow from the answers" in line


def _better(card: Scorecard) -> Scorecard:
    total = replace(card.dimensions["total"], total=Fraction(99))
    return replace(card, dimensions={"total": total})
