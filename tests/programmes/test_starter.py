"""What is shipped to begin with."""

from collections import Counter

import pytest

from award.programmes import starter


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_two_districts_of_a_state_are_called_the_same(language: str) -> None:
    called = Counter((one["state"], one[language]) for one in starter.districts())
    assert len(called) > 400
    assert called.most_common(1)[0][1] == 1
