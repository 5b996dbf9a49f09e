import inspect

from bot.domain import refusals
from bot.domain.refusals import CountRefused, OutOfRange, RatingRefused, Refused, TextRefused

CLASSES = [
    kind
    for _, kind in inspect.getmembers(refusals, inspect.isclass)
    if issubclass(kind, Refused) and kind is not Refused
]


def test_every_refusal_has_a_code_of_its_own() -> None:
    codes = [kind.code for kind in CLASSES if kind not in {TextRefused, RatingRefused, CountRefused}]
    assert "refused" not in codes
    assert len(set(codes)) == len(codes)


def test_the_tree_at_the_head_names_every_class() -> None:
    tree = (refusals.__doc__ or "").split("Refused\n", 1)[1].replace(":", "").split()
    assert sorted(tree) == sorted(kind.__name__ for kind in CLASSES)


def test_a_refusal_carries_its_parameters() -> None:
    refused = OutOfRange(typed="6/5", form="ratio")
    assert (refused.code, refused.params, str(refused)) == (
        "out-of-range",
        {"typed": "6/5", "form": "ratio"},
        "out-of-range",
    )
