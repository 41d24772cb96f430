"""The bot's own process beside the simulator: started, watched, started again, stopped."""

import asyncio
import ctypes
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress

from simulator.telegram import Telegram

STOP_SECONDS = 10.0
"""How long the bot may take to stop before it is killed."""
RESTART_SECONDS = 1.0

COMMAND = (sys.executable, "-m", "bot")

_KILLED = "The bot was killed. It is started again; nothing that it answered is lost."

# Linux: let the kernel stop the bot when the simulator dies without a chance to do so itself.
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1


def bot_environment(
    environment: Mapping[str, str], *, token: str, admin_id: int, root: str
) -> dict[str, str]:
    """What the bot's process gets: everything of ours, pointed at the simulator.

    ``root`` is the simulator's own address. Where the simulator is served is its own business, so
    ``PORT`` stays behind; and no proxy stands between two local processes.
    """
    kept = {key: value for key, value in environment.items() if key != "PORT"}
    host = root.removeprefix("http://")
    direct = ",".join(filter(None, (environment.get("NO_PROXY"), "127.0.0.1,localhost")))
    return kept | {
        "TELEGRAM_BOT_TOKEN": token,
        "TELEGRAM_API_URL": root,
        "ADMIN_IDS": str(admin_id),
        # Nobody calls it from outside, whatever the .env file says.
        "PUBLIC_URL": "off",
        # Nothing leaves the machine, not even with a token for the Gateway in the environment.
        "TELEGRAM_GATEWAY_URL": root,
        "OTP_DELIVERY_URL": f"json://{host}/sms/{{phone}}",
        "CUSTOMER_REMINDER_URL": f"json://{host}/sms/{{phone}}",
        "NO_PROXY": direct,
        "no_proxy": direct,
    }


class BotProcess:
    """One bot, kept running until :meth:`stop` or until it ends by itself."""

    def __init__(
        self,
        telegram: Telegram,
        environment: Mapping[str, str],
        command: tuple[str, ...] = COMMAND,
    ) -> None:
        self._telegram = telegram
        self._environment = environment
        self._command = command
        self._stopping = asyncio.Event()
        self._signal = signal.SIGTERM

    def stop(self, with_signal: signal.Signals = signal.SIGTERM) -> None:
        """Pass a signal on to the bot, and let :meth:`run` return when it has stopped."""
        self._signal = with_signal
        self._stopping.set()

    async def run(self) -> int:
        """Keep the bot running. Returns the exit code to end with.

        0 after :meth:`stop`; the bot's own code when it ended by itself. A bot that was killed by
        a signal is started again.
        """
        while True:
            code = await self._run_once()
            self._telegram.set_online(online=False)
            if self._stopping.is_set():
                return 0
            if code >= 0:
                return code
            self._telegram.set_online(online=False, notice=_KILLED)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), RESTART_SECONDS)
                return 0

    async def _run_once(self) -> int:
        child = await asyncio.create_subprocess_exec(
            *self._command,
            env=dict(self._environment),
            # Ctrl-C goes to a whole process group; the bot shall hear of it from us, once.
            process_group=0,
            preexec_fn=_die_with_parent if _LIBC else None,
        )
        try:
            async with asyncio.TaskGroup() as tasks:
                ended = tasks.create_task(child.wait())
                stopping = tasks.create_task(self._stopping.wait())
                await asyncio.wait((ended, stopping), return_when=asyncio.FIRST_COMPLETED)
                stopping.cancel()
                if not ended.done():
                    await self._end(child)
            return ended.result()
        finally:
            if child.returncode is None:
                child.kill()

    async def _end(self, child: asyncio.subprocess.Process) -> None:
        with suppress(ProcessLookupError):
            child.send_signal(self._signal)
        try:
            await asyncio.wait_for(child.wait(), STOP_SECONDS)
        except TimeoutError:
            with suppress(ProcessLookupError):
                child.kill()


def _die_with_parent() -> None:
    if _LIBC:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
