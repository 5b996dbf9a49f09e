"""Scheme files -> (scheme, problems): all problems of a file at once, and a scheme only where there is no error.

Must not know where the files of an installation stand, or who asks.
"""

from collections.abc import Callable
from pathlib import Path as FilePath

from bot.domain.scheme import Scheme
from bot.library import check_ids, check_parts, check_rows, check_texts, examples
from bot.library.build import build
from bot.library.canonical import canonical_text, sealed
from bot.library.check_grades import unreachable
from bot.library.format import SchemeFile
from bot.library.loaded import Loaded
from bot.library.problems import Problem, Report
from bot.library.source import MAX_BYTES, read_text, read_yaml
from bot.library.structure import parse

CHECKS: tuple[Callable[[SchemeFile, Report], None], ...] = (
    *check_ids.CHECKS,
    *check_parts.CHECKS,
    *check_rows.CHECKS,
    *check_texts.CHECKS,
)


def load_file(path: FilePath) -> tuple[Scheme | None, tuple[Problem, ...]]:
    """The scheme of a file, and its problems: warnings only where there is a scheme."""
    loaded, problems = load(path)
    return (loaded.scheme if loaded else None), problems


def load_text(text: str, file: str) -> tuple[Scheme | None, tuple[Problem, ...]]:
    """The same for the content of a file; `file` is the name to show in problems."""
    loaded, problems = load_bytes(text.encode(), file)
    return (loaded.scheme if loaded else None), problems


def load_folder(path: FilePath) -> tuple[dict[str, Scheme], tuple[Problem, ...]]:
    """Schemes by id of all `*.yaml` in a folder that have no error, and the problems of all files."""
    loaded, problems = load_all(path)
    return {entry.scheme.id: entry.scheme for entry in loaded}, problems


def load_all(path: FilePath) -> tuple[tuple[Loaded, ...], tuple[Problem, ...]]:
    """The same with the texts. Files in order of their names; of two with one id or code the first stands."""
    files = sorted(path.glob("*.yaml"))
    problems: list[Problem] = []
    found: dict[str, Loaded] = {}
    if not files:
        report = Report(str(path))
        report.add("no-schemes")
        problems.extend(report.problems)
    for file in files:
        loaded, told = load(file)
        problems.extend(told)
        if loaded is not None:
            report = Report(str(file))
            _among(loaded, file, found, report)
            problems.extend(report.problems)
    return tuple({entry.scheme.id: entry for entry in found.values()}.values()), tuple(problems)


def load(path: FilePath) -> tuple[Loaded | None, tuple[Problem, ...]]:
    """The scheme of a file with its text."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        report = Report(str(path))
        report.add("unreadable", what=error.strerror or type(error).__name__)
        return None, report.problems
    return load_bytes(raw, str(path))


def load_bytes(raw: bytes, file: str) -> tuple[Loaded | None, tuple[Problem, ...]]:
    """The scheme of a file's bytes with its text."""
    report = Report(file)
    loaded = _load(raw, file, report)
    return (None if report.failed else loaded), report.problems


def _load(raw: bytes, file: str, report: Report) -> Loaded | None:
    text = read_text(raw, report)
    read = None if text is None else read_yaml(text, report)
    if read is None:
        return None
    data, report.places = read
    shape = parse(data, report)
    if shape is None:
        return None
    for check in CHECKS:
        check(shape, report)
    if report.failed:
        return None
    _check_results(shape, report)
    pinned = canonical_text(data)
    return Loaded(sealed(shape, pinned), pinned, file)


def _check_results(shape: SchemeFile, report: Report) -> None:
    """What only a sound scheme can be asked: whether its grades are reachable and its examples hold."""
    scheme = build(shape)
    for place, above in unreachable(scheme):
        zh, en = (f"：“{above}”总是在先", f": '{above}' always comes first") if above else ("", "")
        report.add("grade-unreachable", ("grades", place), id=scheme.grades[place].id, above_zh=zh, above_en=en)
    examples.run(scheme, shape.examples, report)


def _among(loaded: Loaded, file: FilePath, found: dict[str, Loaded], report: Report) -> None:
    """Add a scheme to those found; id and code belong to one file."""
    scheme = loaded.scheme
    taken = next((name for name in (scheme.id, scheme.code) if name in found), None)
    if taken is not None:
        report.add("duplicate-scheme", at=(1, 1), id=taken, other=found[taken].file)
        return
    if file.stem != scheme.id:
        report.add("file-name", at=(1, 1), expected=f"{scheme.id}.yaml")
    found[scheme.id] = found[scheme.code] = loaded
