from bot.service.quota import Quota


def test_so_many_within_so_long_for_each_key() -> None:
    quota = Quota(2, 60)
    assert [quota.take("a", now) for now in (0, 1, 2, 59.9)] == [True, True, False, False]
    assert quota.take("b", 2)
    assert quota.take("a", 60), "from the first one on"


def test_not_twice_within_the_pace() -> None:
    quota = Quota(5, 60, pace=1.0)
    assert [quota.take("a", now) for now in (0, 0.5, 0.99, 1.0, 1.5, 2.0)] == [True, False, False, True, False, True]


def test_a_clock_that_goes_back_keeps_nobody_out_for_ever() -> None:
    quota = Quota(1, 60)
    assert quota.take("a", 1000)
    assert not quota.take("a", 1001)
    assert quota.take("a", 5)
    assert not quota.take("a", 6)


def test_only_so_many_keys_are_remembered() -> None:
    quota = Quota(1, 60, remembered=2)
    assert all(quota.take(key, 0) for key in "abc")
    assert not quota.take("c", 1)
    assert quota.take("a", 1), "forgotten first"
    assert len(quota._used) == 2
