"""What the bot holds in memory, all its processes together."""

from pathlib import Path


def memory_mb(pid: int) -> float:
    """What a process and its children hold, in MB of 10⁶ bytes.

    The sum of their proportional set sizes: a page that several processes share counts once.
    """
    return sum(_pss(one) for one in _family(pid))


def _family(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").iterdir()
    children = [int(one) for task in tasks for one in (task / "children").read_text().split()]
    return [pid, *(one for child in children for one in _family(child))]


def _pss(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    kib = next(line.split()[1] for line in lines if line.startswith("Pss:"))
    return int(kib) * 1024 / 1e6
