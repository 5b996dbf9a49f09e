"""Row 17 as it really is: the bot's own process, over HTTP, under a server that fails at random."""

from pathlib import Path

import pytest

from tests.catalogue.stormy import stormy


@pytest.mark.long
@pytest.mark.timeout(900)
def test_row_17_the_real_process_in_a_storm(tmp_path: Path) -> None:
    with stormy(tmp_path, users=20, taps=40, chance=0.3) as storm:
        figures = storm.run()
    assert figures.faults == []
    assert figures.arrived == figures.queued > 0
    assert figures.failed > 1000
    assert (figures.disordered, figures.early, figures.lost) == (0, 0, 0)
