#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts the tests in logs of meson's, says which failed and which were skipped and why.

A test that speaks TAP counts as the tests it reports, any other as one.
"""

import argparse
import itertools
import json
import re
import sys
from pathlib import Path

POINT = re.compile(r'^(?P<indent> *)(?P<not>not )?ok\b *\d*(?: - | )?(?P<name>[^#]*)'
                   r'(?:# *(?P<directive>SKIP|TODO)\w*[ :]*(?P<reason>.*))?', re.IGNORECASE)
PLAN = re.compile(r'^1\.\.\d+', re.MULTILINE)
EMPTY_PLAN = re.compile(r'^1\.\.0\b(?: *# *SKIP\w*[ :]*(?P<reason>.*))?', re.IGNORECASE)
GOOD = {'OK', 'EXPECTEDFAIL'}
MAX_DIAGNOSIS = 1000    # characters


def diagnosis_in(lines):
    """The comments that follow a test point, in one line."""
    comments = itertools.takewhile(lambda line: line.lstrip().startswith('#'), lines)
    return ' '.join(comment.strip('# ') for comment in comments)[-MAX_DIAGNOSIS:]


def points_of(output):
    """Yields (verdict, name, reason) of each innermost TAP test point.

    A line that is less indented than the one before it sums up the points above it.
    """
    depth = -1
    lines = output.splitlines()
    for number, line in enumerate(lines):
        point = POINT.match(line)
        if not point:
            continue
        is_sum = len(point['indent']) < depth
        depth = len(point['indent'])
        if is_sum:
            continue
        if point['directive']:
            verdict = 'skipped'
        else:
            verdict = 'failed' if point['not'] else 'passed'
        reason = point['reason'] or (diagnosis_in(lines[number + 1:]) if verdict == 'failed' else '')
        yield verdict, point['name'].strip(), reason.strip()


def reason_in(output):
    """Why a whole test was skipped: what its empty plan says, or else its last line."""
    lines = [line for line in output.splitlines() if line.strip()]
    for line in lines:
        plan = EMPTY_PLAN.match(line)
        if plan:
            return plan['reason'] or ''
    return re.sub(r'^SKIP\w*[: ]*', '', lines[-1]) if lines else ''


def results_of(log):
    """Yields (verdict, name, reason) of each test in a testlog.json."""
    for line in log.read_text(encoding='utf-8').splitlines():
        test = json.loads(line)
        name, result, output = test['name'], test['result'], test.get('stdout') or ''
        points = list(points_of(output)) if PLAN.search(output) else []
        for verdict, point, reason in points:
            yield verdict, f'{name}: {point}', reason
        failed_within = any(verdict == 'failed' for verdict, _, _ in points)
        if result == 'SKIP' and not output.strip():
            yield 'failed', name, 'it reported nothing'
        elif result == 'SKIP':
            if not points:
                yield 'skipped', name, reason_in(output)
        elif result in GOOD:
            if not points:
                yield 'passed', name, ''
        elif not failed_within:
            yield 'failed', name, result.lower()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--check', action='append', default=[], metavar='VERDICT:NAME')
    parser.add_argument('logs', nargs='*', type=Path)
    arguments = parser.parse_args()

    results = [(*check.split(':', 1), '') for check in arguments.check]
    for log in arguments.logs:
        folder = log.parent.parent.name
        if log.exists():
            results += [(verdict, f'{folder}: {name}', reason)
                        for verdict, name, reason in results_of(log)]
        else:
            results.append(('failed', f'{folder}: no test was run', ''))

    print()
    for shown in ('skipped', 'failed'):
        for verdict, name, reason in results:
            if verdict == shown:
                print(f'{shown}: {name}' + (f' ({reason})' if reason else ''))
    count = {kind: sum(verdict == kind for verdict, _, _ in results)
             for kind in ('passed', 'failed', 'skipped')}
    print('{passed} passed, {failed} failed, {skipped} skipped'.format(**count))
    return 1 if count['failed'] or not count['passed'] else 0


if __name__ == '__main__':
    sys.exit(main())
