from bot.service.submission import scored
from tests.service.scene import STARS, library
from tests.stories.company import TOTAL, answers_file


def test_the_company_is_scored() -> None:
    found, problems = scored(library(), answers_file(), "answers.json")
    assert problems == ()
    assert found is not None
    assert found["dimensions"]["total"]["total"] == TOTAL  # type: ignore[index, call-overload]
    assert found["grade"]["id"] == "three-star"  # type: ignore[index, call-overload]


def test_problems_instead_of_a_result() -> None:
    text = f'{{"scheme": "{STARS}", "assessors": [{{"name": "A", "answers": {{"9.9": {{"ratio": "1"}}}}}}]}}'
    found, problems = scored(library(), text, "bad.json")
    assert found is None
    assert [(problem.file, problem.severity) for problem in problems] == [("bad.json", "error")]
