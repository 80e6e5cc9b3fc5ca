"""Systems that misbehave, each in one way: ``python hostile.py MODE``. They answer `hello`, and fail at `begin`."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

OUT = sys.stdout.buffer
HELLO = {
    "protocol": 1,
    "name": "hostile",
    "version": "1",
    "role": "repository",
    "classes": ["FTS"],
    "clock": "settable",
    "state": "process",
    "isolation": "conversation",
}


def write(data):
    OUT.write(data)
    OUT.flush()


def reply(request, **body):
    write(json.dumps({"id": request["id"], **(body or {"ok": {}})}).encode() + b"\n")


def say(text):
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def exits(_):
    say("out of memory")
    sys.exit(3)


def is_killed(_):
    os.kill(os.getpid(), signal.SIGKILL)


def hangs(_):
    say("thinking")
    time.sleep(60)


def hangs_ignoring_sigterm(request):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    hangs(request)


def exits_in_mid_line(_):
    write(b'{"id": 1, "o')
    sys.exit(0)


def logs_to_stdout(request):
    write(b"INFO conversation begins\n")
    reply(request)


def logs_after_the_reply(request):
    write(json.dumps({"id": request["id"], "ok": {}}).encode() + b"\nINFO done\n")


def answers_twice(request):
    write(2 * (json.dumps({"id": request["id"], "ok": {}}).encode() + b"\n"))


def floods(_):
    while True:
        write(b"x" * 65536)


def answers_with_a_long_line(request):
    write(json.dumps({"id": request["id"], "ok": {"x": "x" * (8 * 1024 * 1024)}}).encode() + b"\n")


def leaves_its_pipes_to_a_child(_):
    if os.fork() == 0:
        time.sleep(60)
    os._exit(0)


def leaves_a_child_behind(_):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    child = os.fork()
    if child == 0:
        time.sleep(60)
    say(f"child {child}")
    os._exit(7)


def fills_stderr_and_answers(request):
    for _ in range(40):
        sys.stderr.write("y" * 99_999 + "\n")
    say("and now the answer")
    reply(request)


def fills_stderr_for_ever(_):
    while True:
        sys.stderr.write("y" * 99_999 + "\n")


def writes_control_characters_to_stderr(_):
    say("\x1b[31mred\x1b[0m \x00 \x07")
    sys.exit(1)


def writes_no_text_to_stderr(_):
    sys.stderr.buffer.write(b"\xff\xfe\n")
    sys.exit(1)


MODES = {
    function.__name__: function
    for function in (
        exits,
        is_killed,
        hangs,
        hangs_ignoring_sigterm,
        exits_in_mid_line,
        logs_to_stdout,
        logs_after_the_reply,
        answers_twice,
        floods,
        answers_with_a_long_line,
        leaves_its_pipes_to_a_child,
        leaves_a_child_behind,
        fills_stderr_and_answers,
        fills_stderr_for_ever,
        writes_control_characters_to_stderr,
        writes_no_text_to_stderr,
    )
}


def serve(misbehave):
    for line in sys.stdin.buffer:
        request = json.loads(line)
        if request["message"] == "hello":
            reply(request, ok=HELLO)
        elif request["message"] == "begin":
            misbehave(request)
        else:
            reply(request)


def does_not_read(_):
    """Answers the first line, and reads no other."""
    request = json.loads(sys.stdin.buffer.readline())
    reply(request, ok=HELLO)
    time.sleep(60)


def drips(_):
    """Its answer to the second line has begun before that is asked, and never ends."""
    request = json.loads(sys.stdin.buffer.readline())
    reply(request, ok=HELLO)
    write(b"xx")
    say("dripping")
    while True:
        write(b"x")
        time.sleep(0.02)


def closes_its_output(_):
    request = json.loads(sys.stdin.buffer.readline())
    reply(request, ok=HELLO)
    os.close(1)
    say("closed")
    time.sleep(60)


def closes_its_input(_):
    request = json.loads(sys.stdin.buffer.readline())
    os.close(0)
    reply(request, ok=HELLO)
    time.sleep(60)


def writes_before_it_has_read(_):
    request = json.loads(sys.stdin.buffer.readline())
    reply(request, ok=HELLO)
    sys.stdin.buffer.read(1)
    write(b"too early\n")
    time.sleep(60)


def answers_before_it_has_read(_):
    request = json.loads(sys.stdin.buffer.readline())
    reply(request, ok=HELLO)
    sys.stdin.buffer.read(1)
    reply({"id": 1})
    time.sleep(60)


def writes_a_line_and_goes(_):
    request = json.loads(sys.stdin.buffer.readline())
    write(json.dumps({"id": request["id"], "ok": HELLO}).encode() + b"\nready\n")
    say("bye")


def reads_writes_a_line_and_goes(_):
    request = json.loads(sys.stdin.buffer.readline())
    reply(request, ok=HELLO)
    sys.stdin.buffer.readline()
    write(b"ready\n")
    say("bye")


def goes_away_after_an_answer(_):
    request = json.loads(sys.stdin.buffer.readline())
    reply(request, ok=HELLO)
    say("so long")


def speaks_unasked(_):
    request = json.loads(sys.stdin.buffer.readline())
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    reply(request, ok=HELLO)
    signal.sigwait({signal.SIGUSR1})
    write(b"INFO idle\n")
    say("said it")
    time.sleep(60)


def ignores_the_end_of_its_input(_):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    request = json.loads(sys.stdin.buffer.readline())
    reply(request, ok=HELLO)
    time.sleep(60)


WHOLE = {
    function.__name__: function
    for function in (
        does_not_read,
        drips,
        closes_its_output,
        closes_its_input,
        answers_before_it_has_read,
        writes_a_line_and_goes,
        reads_writes_a_line_and_goes,
        writes_before_it_has_read,
        goes_away_after_an_answer,
        speaks_unasked,
        ignores_the_end_of_its_input,
    )
}


def fails_once(marker, command):
    """The system of the command, but that it dies at the first conversation it ever sees."""
    if Path(marker).exists():
        os.execv(command[0], command)
    system = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    for line in sys.stdin.buffer:
        if json.loads(line)["message"] == "begin":
            Path(marker).touch()
            exits(line)
        system.stdin.write(line)
        system.stdin.flush()
        write(system.stdout.readline())


if __name__ == "__main__":
    mode = sys.argv[1]
    if mode == "fails_once":
        fails_once(sys.argv[2], sys.argv[3:])
    elif mode in WHOLE:
        WHOLE[mode](None)
    else:
        serve(MODES[mode])
