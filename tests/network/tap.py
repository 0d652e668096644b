# SPDX-License-Identifier: GPL-3.0-or-later
"""Test cases that print TAP, one line a case, so that each counts and each skip says why."""

import os
import sys
import tempfile
import traceback

MAX_TEXT = 2000

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
    print(f'1..{len(_cases)}')
    results = []
    for number, (description, function, args) in enumerate(_cases, 1):
        results.append(_run_case(number, description, function, args))
        sys.stdout.flush()
    sys.exit(0 if all(results) else 1)
