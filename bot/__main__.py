"""``python -m bot`` runs the bot; what else it can do is in ``USAGE``."""

import sys

from bot.errors import StartError
from bot.settings import load_settings
from bot.start import refuse

USAGE = """\
python -m bot                           runs the bot
python -m bot import [--dry-run] FILE…  brings in old books
python -m bot otp-test PHONE            sends a test code, and says which channel took it
python -m bot migrate [--dry-run]       brings the data forward to this version, as a start does
python -m bot health                    says whether the bot with these settings works"""


def main(arguments: list[str]) -> int:
    """Returns the exit code; what is wrong is one line on standard error."""
    match arguments:
        case []:
            return _serve()
        case ["-h" | "--help" | "help"]:
            print(USAGE)  # noqa: T201 - asked for
            return 0
        case ["import", *given]:
            from bot.importing import command  # noqa: PLC0415 - serving does without

            return command.main(given)
        case ["otp-test", *given]:
            from bot.delivery import trial  # noqa: PLC0415

            return trial.main(given)
        case ["migrate", *given]:
            from bot import migrate  # noqa: PLC0415

            return migrate.main(given)
        case ["health", *given]:
            from bot import health  # noqa: PLC0415

            return health.main(given)
    return refuse(
        f"{arguments[0]} is no command. There are: import, otp-test, migrate and health; "
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
