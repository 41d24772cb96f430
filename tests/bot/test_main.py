"""``python -m bot`` with something after it."""

from bot.__main__ import main


def test_help_names_every_command(capsys):
    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    for command in ("import", "otp-test", "health"):
        assert f"python -m bot {command}" in said
