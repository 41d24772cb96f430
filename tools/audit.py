"""Asks whether anything pinned in constraints.txt has a known vulnerability: ``make audit``.

Exit codes: 0 nothing is known, 1 something is, 2 it could not be asked. pip-audit itself ends with
1 in both of the last two, which are not the same to whoever reads the end of a build.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]

CLEAN, VULNERABLE, NOT_ASKED = 0, 1, 2


def main(command: list[str], constraints: Path = ROOT / "constraints.txt") -> int:
    """Run pip-audit, which ``command`` begins, and say what it found."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        asked = [*command, "--requirement", str(constraints), "--no-deps", "--disable-pip"]
        ran = subprocess.run(  # noqa: S603 - what the Makefile names
            [*asked, "--format", "json", "--output", str(answer), "--progress-spinner", "off"],
            capture_output=True,
            check=False,
            text=True,
        )
        if not answer.exists():
            _say(
                "The database of vulnerabilities could not be asked; nothing is known either way.",
                *ran.stderr.strip().splitlines()[-1:],
            )
            return NOT_ASKED
        audited = json.loads(answer.read_text(encoding="utf-8"))["dependencies"]
    unknown = [one["name"] for one in audited if "skip_reason" in one]
    found = [(one, flaw) for one in audited for flaw in one.get("vulns", ())]
    for one, flaw in found:
        fixed = ", ".join(flaw["fix_versions"]) or "no version yet"
        _say(f"{one['name']} {one['version']}: {flaw['id']}, fixed in {fixed}")
    _say(f"{len(audited) - len(unknown)} packages, {len(found)} known vulnerabilities.")
    if unknown:
        _say(f"Of {len(unknown)} packages the database knows nothing: {', '.join(unknown)}")
    if found:
        return VULNERABLE
    return NOT_ASKED if unknown else CLEAN


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
