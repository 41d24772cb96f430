"""``python -m bot`` runs the bot; ``import`` brings in old books, ``otp-test`` tries the codes."""

import sys

from bot.errors import StartError
from bot.settings import load_settings
from bot.start import refuse

USAGE = """\
python -m bot                           runs the bot
python -m bot import [--dry-run] FILE…  brings in old books
python -m bot otp-test PHONE            sends a test code, and says which channel took it"""


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
    return refuse(
        f"{arguments[0]} is no command. There are: python -m bot, "
        "python -m bot import FILE.json, and python -m bot otp-test PHONE"
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
