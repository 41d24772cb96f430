"""``python -m bot``: reads the settings, then runs the bot."""

import sys

from bot.errors import StartError
from bot.settings import load_settings
from bot.start import refuse


def main() -> int:
    """Returns the exit code; what is wrong is one line on standard error."""
    try:
        settings = load_settings()
    except StartError as error:
        return refuse(str(error))
    # Only now: a wrong setting is answered at once, not after a second of loading libraries.
    from bot.process import run  # noqa: PLC0415

    return run(settings)


if __name__ == "__main__":
    sys.exit(main())
