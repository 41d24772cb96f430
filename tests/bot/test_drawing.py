"""Papers are drawn in a process of their own, which nothing that happens to it makes a loss."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.drawing import LONGEST, DrawingFailed, DrawingProcess, draw_here
from bot.i18n import speaking
from bot.pdf import render_invoice, warm_up
from tests.bot import renders
from tests.bot.pdf.papers import FIRM, an_invoice

MORE_THAN_ONCE = 9


@pytest.fixture
def drawing():
    with DrawingProcess() as process:
        yield process


def pid(drawing):
    return int(drawing.draw(renders.drawn_by))


def is_there(number):
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def gone(number):
    deadline = time.monotonic() + 60
    while is_there(number):
        assert time.monotonic() < deadline, "the process is still there"
        time.sleep(0.01)
    return True


def test_a_paper_is_the_same_wherever_it_is_drawn(drawing):
    invoice = an_invoice("wheat", "गेहूँ", "ਕਣਕ", "گندم")
    here = draw_here(render_invoice, invoice, firm=FIRM)
    assert drawing.draw(render_invoice, invoice, firm=FIRM) == here


def test_it_is_drawn_elsewhere_and_all_papers_in_one_process(drawing):
    first = pid(drawing)
    assert first != os.getpid()
    assert pid(drawing) == first


def test_getting_ready_is_a_paper_too(drawing):
    assert drawing.draw(warm_up) == warm_up()


def test_a_paper_is_in_the_language_of_who_asked(drawing):
    with speaking("pa-IN"):
        assert drawing.draw(renders.language) == b"pa_IN"


def test_an_error_comes_out_where_the_paper_was_asked_for(drawing):
    process = pid(drawing)
    with pytest.raises(LookupError, match="no such glyph"):
        drawing.draw(renders.with_an_error)
    assert pid(drawing) == process


def test_a_process_that_was_killed_meanwhile_is_started_again(drawing):
    killed = pid(drawing)
    os.kill(killed, signal.SIGKILL)
    assert pid(drawing) != killed
    assert gone(killed)


def test_a_process_that_dies_over_a_paper_gets_it_once_more(drawing, tmp_path):
    assert drawing.draw(renders.dying, signal.SIGKILL, (tmp_path / "x", 1)) == b"drawn"


def test_a_paper_over_which_it_dies_again_is_given_up_and_the_next_one_is_drawn(drawing, tmp_path):
    with pytest.raises(DrawingFailed, match="ended"):
        drawing.draw(renders.dying, signal.SIGKILL, (tmp_path / "x", MORE_THAN_ONCE))
    assert (tmp_path / "x").read_text() == "xx"
    assert drawing.draw(renders.language) == b"en"


def test_a_paper_that_takes_too_long_is_given_up_at_once(drawing, tmp_path):
    assert 0 < int(drawing.draw(renders.seconds_left)) <= LONGEST
    with pytest.raises(DrawingFailed, match="longer than 60 s"):
        drawing.draw(renders.dying, signal.SIGALRM, (tmp_path / "x", MORE_THAN_ONCE))
    assert (tmp_path / "x").read_text() == "x"


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_what_ends_the_bot_leaves_it_papers_to_the_end(drawing, told):
    process = pid(drawing)
    os.kill(process, told)
    assert pid(drawing) == process


def test_it_ends_with_the_bot_and_draws_no_more():
    with DrawingProcess() as drawing:
        process = pid(drawing)
    assert not is_there(process)  # nor is it left behind as a zombie
    with pytest.raises(DrawingFailed):
        drawing.draw(renders.drawn_by)


def test_it_ends_when_the_bot_is_killed():
    asks = (
        "import time; from bot.drawing import DrawingProcess; from tests.bot import renders\n"
        "print(DrawingProcess().draw(renders.drawn_by).decode(), flush=True); time.sleep(600)"
    )
    checkout = Path(__file__).parents[2]
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", asks], cwd=checkout, stdout=subprocess.PIPE
    ) as bot:
        process = int(bot.stdout.readline())
        bot.kill()
    assert gone(process)


def test_where_no_process_can_be_started_the_bot_draws(monkeypatch, drawing):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert pid(drawing) == os.getpid()
