"""The counts in Prometheus's terms."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from handlers.edge.counts import Counts


def exposition(counts: Counts) -> bytes:
    """All of it, as Prometheus reads it."""
    registry = CollectorRegistry()
    registry.register(_Counted(counts))
    return generate_latest(registry)


class _Counted(Collector):
    def __init__(self, counts: Counts) -> None:
        self._counts = counts

    def collect(self) -> Iterator[Metric]:
        counts = self._counts
        updates = CounterMetricFamily(
            "arhtiya_updates", "Updates that were answered.", labels=["kind"]
        )
        for kind, count in sorted(counts.updates.items()):
            updates.add_metric([kind], count)
        yield updates
        yield CounterMetricFamily(
            "arhtiya_replies", "Screens sent as answers.", value=counts.replies
        )
        yield CounterMetricFamily(
            "arhtiya_failures", "Updates set aside under a reference.", value=counts.failures
        )
        yield HistogramMetricFamily(
            "arhtiya_answer_seconds",
            "From when an update is begun until it is done.",
            buckets=[(_bound(bound), count) for bound, count in counts.within()],
            sum_value=counts.seconds,
        )
        yield GaugeMetricFamily(
            "arhtiya_queue_depth", "Updates taken and not done.", value=counts.depth()
        )
        yield GaugeMetricFamily(
            "arhtiya_seconds_since_sweep",
            "Since the reminders were last looked through.",
            value=counts.since_sweep,
        )


def _bound(seconds: float) -> str:
    return "+Inf" if seconds == float("inf") else str(seconds)
