"""``python -m bot`` runs the bot; what else it can do is in ``USAGE``."""

import signal
import sys
from importlib import import_module

from bot.errors import StartError
from bot.settings import load_settings
from bot.start import refuse

USAGE = """\
python -m bot                           runs the bot
python -m bot import [--dry-run] FILE…  brings in old books
python -m bot otp-test PHONE            sends a test code, and says which channel took it
python -m bot migrate [--dry-run]       brings the data forward to this version, as a start does
python -m bot restore [--dry-run] FILE… fills an empty store from a backup
python -m bot move-data --to URI        moves the data to a MongoDB
python -m bot health                    says whether the bot with these settings works"""


COMMANDS = {
    "import": "bot.importing.command",
    "otp-test": "bot.delivery.trial",
    "migrate": "bot.migrate",
    "restore": "bot.backup.command",
    "move-data": "bot.move_data",
    "health": "bot.health",
}
"""The module of each, whose ``main`` it is. Serving does without them."""


def main(arguments: list[str]) -> int:
    """Returns the exit code; what is wrong is one line on standard error."""
    match arguments:
        case []:
            return _serve()
        case ["-h" | "--help" | "help"]:
            print(USAGE)  # noqa: T201 - asked for
            return 0
        case [name, *given] if name in COMMANDS:
            # Told to stop, also by a lease that was lost, it leaves by way of all its blocks.
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
            return int(import_module(COMMANDS[name]).main(given))
    *others, last = COMMANDS
    return refuse(
        f"{arguments[0]} is no command. There are: {', '.join(others)} and {last}; "
        "python -m bot help tells more"
    )


def _serve() -> int:
    try:
        settings = load_settings()
    except StartError as error:
        return refuse(str(error))
    # Only now: a wrong setting is answered at once, not after a second of loading libraries.
    from bot.process import run  # noqa: PLC0415

    return run(settings)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
