# SPDX-License-Identifier: GPL-3.0-or-later
"""Test cases that print TAP, one line a case, so that each counts and each skip says why."""

import os
import subprocess
import sys
import tempfile
import traceback

MAX_TEXT = 2000

# The environment variable that tells a process of main_of_workers() its first case and its step.
WORKER = 'ROADSTEAD_TEST_WORKER'
END_OF_CASE = '\f'

_cases = []

# Journals of scans that tests interrupt do not belong among the user's.
os.environ.setdefault('XDG_STATE_HOME', os.path.join(tempfile.gettempdir(), f'roadstead-tests-{os.getuid()}'))


class Skip(Exception):
    """Raised by a case that cannot be run here; its text says why."""


class Failed(Exception):
    """Raised by a case whose check failed."""


def case(description, *args):
    """Decorator: makes a function a case, called with @args."""
    def add(function):
        _cases.append((description, function, args))
        return function
    return add


def _shorten(value):
    text = repr(value)
    return text if len(text) < MAX_TEXT else f'{text[:MAX_TEXT]}… ({len(text)} characters)'


def equal(got, wanted, what):
    if got != wanted:
        raise Failed(f'{what}:\n     got {_shorten(got)}\n  wanted {_shorten(wanted)}')


def true(condition, what):
    if not condition:
        raise Failed(what)


def skip_all(reason):
    print(f'1..0 # SKIP {reason}')
    sys.exit(0)


def _run_case(number, description, function, args):
    try:
        function(*args)
    except Skip as skip:
        print(f'ok {number} - {description} # SKIP {skip}')
        return True
    except Exception as error:  # a case must not take the others with it
        text = str(error) if isinstance(error, Failed) else traceback.format_exc()
        print(f'not ok {number} - {description}')
        for line in text.splitlines():
            print(f'# {line}')
        return False
    print(f'ok {number} - {description}')
    return True


def main():
    """Runs all cases in the order in which they were made; never returns."""
    first, step = map(int, os.environ.get(WORKER, '0 1').split())
    if step == 1:
        print(f'1..{len(_cases)}')
    results = []
    for number, (description, function, args) in list(enumerate(_cases, 1))[first::step]:
        results.append(_run_case(number, description, function, args))
        if step > 1:
            print(END_OF_CASE)
        sys.stdout.flush()
    sys.exit(0 if all(results) else 1)


def main_of_workers(n_workers):
    """Like main(), but with this many processes of the same program, which do the cases in turn. For cases that wait
    more than they compute, and need nothing that two processes cannot both have."""
    if WORKER in os.environ:
        main()
    print(f'1..{len(_cases)}')
    workers = [subprocess.Popen([sys.executable, *sys.argv], stdout=subprocess.PIPE, text=True,
                                env={**os.environ, WORKER: f'{first} {n_workers}'}) for first in range(n_workers)]
    for case_number in range(len(_cases)):
        # Each is printed when it is its turn, as a reader of TAP expects.
        for line in workers[case_number % n_workers].stdout:
            if line.rstrip('\n') == END_OF_CASE:
                break
            print(line, end='')
        sys.stdout.flush()
    sys.exit(max(worker.wait() for worker in workers))
