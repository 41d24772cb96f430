"""``python -m bot``: the bot, by long polling, until it is told to stop."""

import sys

from telegram.error import InvalidToken, NetworkError, TelegramError

from bot.app import REPORTER, build_application
from bot.errors import StartError
from bot.logs import start_logging
from bot.settings import EXAMPLES, Settings, load_settings
from handlers.edge.receive import WANTED
from storage.database import open_store
from storage.errors import StorageError

BOOTSTRAP_RETRIES = 3
"""How often Telegram is tried again, in some seconds all together, before the start fails."""


def main() -> int:
    """Run until stopped. Returns the exit code; a failed start is one line on standard error."""
    try:
        settings = load_settings()
        start_logging(settings.log_level)
        return _run(settings)
    except (StartError, StorageError) as error:
        return _refuse(str(error))
    except InvalidToken:
        return _refuse(
            "TELEGRAM_BOT_TOKEN is refused by Telegram; ask @BotFather for a new one, "
            f"e.g. {EXAMPLES['telegram_bot_token']}"
        )
    except NetworkError as error:
        return _refuse(
            f"Telegram cannot be reached ({error}). Check the network, and TELEGRAM_API_URL "
            f"where it is set, e.g. {EXAMPLES['telegram_api_url']}"
        )
    except TelegramError as error:
        return _refuse(f"Telegram refuses to start the bot: {error}")


def _run(settings: Settings) -> int:
    uri = settings.mongodb_uri.get_secret_value() if settings.mongodb_uri else None
    with open_store(uri, settings.data_dir) as store:
        application = build_application(settings, store)
        application.run_polling(
            allowed_updates=list(WANTED),
            bootstrap_retries=BOOTSTRAP_RETRIES,
            drop_pending_updates=False,
        )
        fatal: str | None = application.bot_data[REPORTER].fatal
    return _refuse(fatal) if fatal else 0


def _refuse(why: str) -> int:
    print(f"arhtiya-bot: {why}", file=sys.stderr)  # noqa: T201 - the one line a start fails with
    return 1


if __name__ == "__main__":
    sys.exit(main())
