"""A container without an engine: a root of its own, in mount points that nobody else sees.

What the base image would bring (Python, a shell, the C library) is this machine's own, read-only.
Needs Linux, the commands of util-linux, and the right to mount, so mostly root.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib64", "/etc", "/proc", "/dev", sys.base_prefix)

PATH = f"{sys.base_prefix}/bin:/usr/bin:/bin"
"""As the base image has it: its own Python first."""

ENTER = r"""
root=$1; sealed=$2; shift 2
mount --bind "$root" "$root"
mkdir -p "$root/tmp"
while [ "$1" != system-ends ]; do
    if [ -L "$1" ]; then
        [ -L "$root$1" ] || cp -P "$1" "$root$1"
    elif [ -d "$1" ]; then
        mkdir -p "$root$1"
        mount --rbind "$1" "$root$1"
        mount -o remount,bind,ro "$root$1"
    fi
    shift
done
shift
while [ "$1" != mounts-end ]; do
    mkdir -p "$2" "$root$1"
    mount --bind "$2" "$root$1"
    shift 2
done
shift
mount -t tmpfs -o size=64m,mode=1777 tmpfs "$root/tmp"
[ "$sealed" = no ] || mount -o remount,bind,ro "$root"
exec chroot "$root" "$@"
"""


def lacking() -> str | None:
    """What this machine lacks for it, if anything."""
    if sys.platform != "linux":
        return "containers are Linux's"
    for needed in ("unshare", "setpriv", "chroot", "mount"):
        if shutil.which(needed) is None:
            return f"there is no {needed} (util-linux)"
    tried = subprocess.run(
        ["unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"],
        capture_output=True,
        check=False,
    )
    return tried.stderr.decode().strip() if tried.returncode else None


@dataclass
class Container:
    """``root`` is what is in it; ``mounts`` say which folder of this machine is at which path."""

    root: Path
    mounts: dict[str, Path] = field(default_factory=dict)
    sealed: bool = False
    """Whether its root is read-only, but for the mounts and ``/tmp``."""
    user: str | None = None
    """``UID:GID``, without any capability; None is root."""

    def command(
        self, arguments: list[str], environment: Mapping[str, str], folder: str = "/"
    ) -> tuple[str, ...]:
        """What starts this in it. The process that starts becomes it: signals arrive."""
        drop = list[str]()
        if self.user:
            user, group = self.user.split(":")
            drop = ["setpriv", "--reuid", user, "--regid", group, "--clear-groups"]
            drop += ["--no-new-privs", "--inh-caps=-all", "--bounding-set=-all"]
        mounts = [str(part) for mount in self.mounts.items() for part in mount]
        return (
            *("unshare", "--mount", "--propagation", "private", "sh", "-euc", ENTER, "enter"),
            *(str(self.root), "yes" if self.sealed else "no"),
            *(*SYSTEM, "system-ends", *mounts, "mounts-end"),
            *(*drop, "env", "-i", f"--chdir={folder}"),
            *(f"{name}={value}" for name, value in environment.items()),
            *arguments,
        )

    def run(
        self, arguments: list[str], environment: Mapping[str, str], folder: str = "/"
    ) -> subprocess.CompletedProcess[str]:
        """Run it to its end, which need not be a good one."""
        return subprocess.run(
            self.command(arguments, environment, folder),
            capture_output=True,
            text=True,
            check=False,
            env={"PATH": os.environ["PATH"]},
        )
