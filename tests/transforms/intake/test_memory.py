"""Files whose correct version stands, changed so that they mean something else: none passes in silence."""

from tests.bench.memory import memory


def test_no_change_of_meaning_passes_in_silence(empty_warehouse) -> None:
    assert memory(300) == 0
