from bot.domain.focus import Focus, Pending


def test_one_stands_at_home_and_owes_nothing_until_told() -> None:
    assert Focus() == Focus(place="", assessment="", sheet="", question="", expects="rating", message="", pending=())
    assert Focus(pending=(Pending("见照片", "s1", "1.2/total", "m1"),)).pending[0].question == "1.2/total"
