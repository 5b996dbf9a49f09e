"""A bundle in several files: each a container of its own, all of them one bundle to who verifies."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping

import pytest

from bot.domain import entries as e
from bot.domain import evidence_entries as v
from bot.domain.record import Json, canonical
from bot.domain.scheme import QuestionId
from bot.export import FORMATS, Enclosed
from bot.export.split import BESIDE, VOLUME, volumes
from bot.verify.bundle import LISTED, RENDERED, SIGNED, verify
from bot.verify.container import pack
from bot.verify.findings import Report
from bot.verify.signing import MANIFEST, sign, signer
from bot.verify.volumes import TICKET, ticket
from bot.verify.words import said
from tests.export.story import story
from tests.verify.made import KEY, again, bundle, opened, seal, told

PIECES = [bytes([number]) * (40 + number) for number in range(5)]
BYTES = {hashlib.sha256(one).hexdigest(): one for one in PIECES}


@pytest.fixture(scope="module")
def parts() -> tuple[bytes, ...]:
    """A bundle whose five pieces of evidence fill two further volumes."""
    one = story("stars")
    question = QuestionId("2.1", "total")
    for digest, data in BYTES.items():
        one.add(e.Draft(v.EvidenceReceived("document", "BQAC", len(data), "text/plain", "", ""), "s-1", question))
        one.add(e.Draft(v.EvidenceStored(len(one.records), digest, len(data), "text/plain", "")))
    seal(one)
    report = one.report()

    def volume(number: int) -> bytes:
        needs = Enclosed(lambda digest: io.BytesIO(BYTES[digest]), signer(KEY), volume=number)
        return FORMATS["bundle"].render(report, needs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.export.split.BESIDE", 100)
        patch.setattr("bot.export.split.VOLUME", 1400)
        made = volume(1), volume(2), volume(3)
        with pytest.raises(ValueError, match="volume"):
            volume(4)
        assert volume(0) == FORMATS["bundle"].render(
            report, Enclosed(lambda digest: io.BytesIO(BYTES[digest]), signer(KEY))
        ), "where nobody asks for volumes there is one file, however large"
    return made


def codes(report: Report, state: str) -> set[str]:
    return {check.code for check in report.checks if check.state == state}


def test_sizes_alone_decide_and_no_volume_is_more_than_telegram_takes() -> None:
    assert volumes({"a": BESIDE}) == ()
    assert volumes({"a": BESIDE - 1, "b": 1}) == ()
    sizes = {f"{number:03}": 20_000_000 for number in range(50)}
    found = volumes(sizes)
    assert sorted(name for names in found for name in names) == sorted(sizes), "nothing left out, nothing twice"
    assert all(sum(sizes[name] for name in names) <= VOLUME < 50 << 20 for names in found)
    assert len(found) == 25
    assert volumes(dict(reversed(sizes.items()))) == found


def test_each_volume_is_a_zip_and_the_first_holds_what_is_signed(parts: tuple[bytes, ...]) -> None:
    names = [set(zipfile.ZipFile(io.BytesIO(part)).namelist()) for part in parts]
    assert names[0] == {"record.json", "scheme.json", LISTED, SIGNED, *RENDERED.values()}
    assert all(TICKET in one and len(one) > 1 for one in names[1:])
    assert len(set().union(*names)) == 4 + len(RENDERED) + 1 + len(PIECES)
    assert sum(len([name for name in one if name.startswith("evidence/")]) for one in names) == len(PIECES)


def test_together_they_are_sound_in_any_order(parts: tuple[bytes, ...]) -> None:
    first, second, third = parts
    for files in (parts, (third, first, second), (second, third, first)):
        found = verify(files[0], None, files[1:])
        assert found.sound, found.first
        assert {"container", "manifest", "evidence", "score"} <= codes(found, "ok")
        assert "volumes-missing" not in codes(found, "unknown")
        assert next(one for one in found.checks if one.code == "evidence").params == {"pieces": len(PIECES)}


def test_a_volume_that_is_not_given_is_named_and_the_rest_is_verified(parts: tuple[bytes, ...]) -> None:
    for given, missing in ((parts[:1], "2, 3"), (parts[:2], "3"), ((parts[0], parts[2]), "2")):
        found = verify(given[0], None, given[1:])
        assert found.sound
        assert not found.certain
        lacking = next(one for one in found.checks if one.code == "volumes-missing")
        assert lacking.params == {"volumes": missing, "of": 3}
        assert missing in said(lacking, "zh")
        assert missing in said(lacking, "en")
        assert "score" in codes(found, "ok")


def test_further_volumes_without_the_first_say_so(parts: tuple[bytes, ...]) -> None:
    for given in (parts[1:2], parts[1:]):
        found = verify(given[0], None, given[1:])
        assert found.first is not None
        assert found.first.code == "volume-alone"


def test_what_is_no_volume_of_it_is_refused(parts: tuple[bytes, ...]) -> None:
    first, second, third = parts
    members = opened(second)
    manifest = json.loads(opened(first)[LISTED])
    name = next(one for one in members if one.startswith("evidence/"))
    head, assessment = manifest["head"], manifest["assessment"]
    strange: Mapping[str, tuple[bytes, ...]] = {
        "twice": (second, second),
        "another bundle": (bundle(told()),),
        "none": (pack({"evidence/x.txt": b"x"}),),
        "a piece less": (pack({key: data for key, data in members.items() if key != name}), third),
        "a piece more": (pack({**members, "evidence/0.txt": b"0"}), third),
        "of more": (pack({**members, TICKET: ticket(assessment, head, 2, 4)}), third),
        "of another head": (pack({**members, TICKET: ticket(assessment, "0" * 64, 2, 3)}), third),
        "the other's number": (pack({**members, TICKET: ticket(assessment, head, 3, 3)}),),
    }
    for kind, others in strange.items():
        found = verify(first, None, others).first
        assert found is not None, kind
        assert found.code == "volume", (kind, found)
        assert said(found, "zh"), kind
    changed = verify(first, None, (pack({**members, name: b"other bytes"}), third)).first
    assert changed is not None
    assert (changed.code, changed.place) == ("manifest", name)
    cut = verify(first, None, (second[:-9], third)).first
    assert cut is not None
    assert cut.code == "container"
    assert cut.place.startswith("2: ")


@pytest.mark.parametrize("value", [None, 1, ["x"], [[]], [[1]], [["a"], ["a"]], [["evidence/none.txt"]], {}])
def test_a_list_of_volumes_that_is_none_is_refused_even_with_the_key(parts: tuple[bytes, ...], value: Json) -> None:
    found = verify(again(opened(parts[0]), more={"volumes": value}), None, parts[1:]).first
    assert found is not None
    assert found.code in {"manifest", "volume"}


def test_evidence_that_is_listed_away_and_lies_elsewhere_is_refused(parts: tuple[bytes, ...]) -> None:
    """Even with the key: what the manifest puts into volume 2 may not stand in the first."""
    members = opened(parts[0])
    name = next(one for one in opened(parts[1]) if one.startswith("evidence/"))
    found = verify(pack({**members, name: opened(parts[1])[name]}), None, parts[2:]).first
    assert found is not None
    assert (found.code, found.place) == ("manifest", name)


def test_a_bundle_from_before_still_verifies() -> None:
    """As version 1 was: record, scheme, page and evidence, and no list of volumes."""
    whole = opened(bundle(told()))
    old = {name: data for name, data in whole.items() if name not in {*RENDERED.values()} - {RENDERED["html"]}}
    kept = {name: data for name, data in json.loads(whole[LISTED])["files"].items() if name in old}
    manifest = {**json.loads(whole[LISTED]), "version": 1, "files": kept}
    del manifest["volumes"]
    found = verify(pack({**old, LISTED: canonical(manifest), SIGNED: sign(KEY, MANIFEST, manifest).encode()}))
    assert found.sound, found.first
    assert "renderings" not in codes(found, "unknown")
    newer = {**whole, LISTED: canonical({**manifest, "files": json.loads(whole[LISTED])["files"]})}
    again_ = verify(pack({**newer, SIGNED: sign(KEY, MANIFEST, json.loads(newer[LISTED])).encode()})).first
    assert again_ is not None
    assert (again_.code, again_.place) == ("manifest", "answers.csv"), "it knew none of the newer files"


def test_a_changed_rendering_is_found_and_that_it_cannot_be_computed_is_said() -> None:
    whole = bundle(told())
    for member in RENDERED.values():
        found = verify(pack({**opened(whole), member: b"something else"})).first
        assert found is not None
        assert (found.code, found.place) == ("manifest", member)
    check = next(one for one in verify(whole).checks if one.code == "renderings")
    assert (check.state, check.params) == ("unknown", {"files": len(RENDERED)})
