"""How often one address may ask."""

from collections import OrderedDict
from ipaddress import IPv6Address, ip_address, ip_network

from aiolimiter import AsyncLimiter
from starlette.requests import Request

REMEMBERED = 10_000
"""Addresses; who asks from more of them than that is forgotten, and begins anew."""

OF_A_LINE = 64
"""Bits of an IPv6 address that one subscriber has: what follows is theirs to choose."""


class PerClient:
    """So many requests within so many seconds, of each address; the proxies' word is taken."""

    def __init__(self, most: float, seconds: float) -> None:
        self.most = most
        self.seconds = seconds
        self._limiters = OrderedDict[str, AsyncLimiter]()

    def has_room(self, request: Request, cost: float = 1) -> bool:
        return self._of(request).has_capacity(cost)

    async def take(self, request: Request, cost: float = 1) -> bool:
        """Count one; whether there was room for it."""
        limiter = self._of(request)
        if not limiter.has_capacity(cost):
            return False
        await limiter.acquire(cost)  # at once: there is room, and nobody came in between
        return True

    async def fine(self, request: Request, cost: int) -> None:
        """Count so many more, or as many as there is room for."""
        while cost > 0 and await self.take(request):
            cost -= 1

    def _of(self, request: Request) -> AsyncLimiter:
        client = _line(request.client.host if request.client else "")
        limiter = self._limiters.pop(client, None) or AsyncLimiter(self.most, self.seconds)
        self._limiters[client] = limiter
        while len(self._limiters) > REMEMBERED:
            self._limiters.popitem(last=False)
        return limiter


def _line(host: str) -> str:
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network(f"{address}/{OF_A_LINE}", strict=False))
    return host
