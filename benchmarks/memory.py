"""What the bot holds in memory, all its processes together."""

from pathlib import Path


def memory_mb(pid: int) -> float:
    """What a process and its children hold, in MB of 10⁶ bytes.

    The sum of their proportional set sizes: a page that several processes share counts once.
    """
    return sum(_kept(one, "Pss") for one in _family(pid))


def own_memory_mb(pid: int) -> float:
    """The same without what is read from files, which grows when others who share it end."""
    return sum(_kept(one, "Pss_Anon") for one in _family(pid))


def _family(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").iterdir()
    children = [int(one) for task in tasks for one in (task / "children").read_text().split()]
    return [pid, *(one for child in children for one in _family(child))]


def _kept(pid: int, kind: str) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    kib = next(line.split()[1] for line in lines if line.startswith(f"{kind}:"))
    return int(kib) * 1024 / 1e6
