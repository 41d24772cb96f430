"""A few seconds of ``make storm``."""

import pytest

from benchmarks.storm import storm

pytestmark = pytest.mark.process


async def test_nothing_that_was_acknowledged_is_lost_in_a_storm(tmp_path):
    report = await storm(tmp_path, seed=1, seconds=4, partners=2)

    assert report.violations == [], report
    assert report.kills.total() > 0
    assert report.posted.total() > 0
