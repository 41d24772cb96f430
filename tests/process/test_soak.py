"""A few seconds of ``make soak``."""

import pytest

from benchmarks.soak import soak

pytestmark = pytest.mark.process


async def test_nothing_that_was_sent_or_acknowledged_is_lost_in_a_soak(tmp_path):
    report = await soak(tmp_path, seed=1, seconds=3, partners=2, life=(1, 2))

    assert report.violations == [], report
    assert report.kills.total() > 0
    assert report.memory
