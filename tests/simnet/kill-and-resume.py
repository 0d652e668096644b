# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a scan that is killed and resumed again and again until it finishes, as a crash or an empty battery would.

usage: kill-and-resume.py SEED MAX-SECONDS REPORT PROGRAM ARGUMENT...

SEED: of the moments; MAX-SECONDS: how long the program runs at most before it is killed; REPORT: what the
arguments have it write. Prints how often it was killed and resumed.
"""

import contextlib
import os
import random
import subprocess
import sys
import tempfile


# What a journal holds before its first record, in bytes.
EMPTY = len(b'roadstead-journal 1\n')


def find_journals(folder):
    """What can be continued. Who was killed in the moment after a journal was made begins again."""
    with contextlib.suppress(FileNotFoundError):
        return [name for name in os.listdir(folder) if os.path.getsize(os.path.join(folder, name)) > EMPTY]
    return []


def main():
    seed, seconds, report, program, *arguments = sys.argv[1:]
    moments = random.Random(int(seed))
    n_kills = n_resumed = 0
    with tempfile.TemporaryDirectory() as state:
        environment = {**os.environ, 'XDG_STATE_HOME': state}
        journals = os.path.join(state, 'roadstead', 'journals')
        while True:
            resumes = find_journals(journals)
            n_resumed += bool(resumes)
            command = [program, '-q', '--resume', report] if resumes else [program, *arguments]
            with subprocess.Popen(command, env=environment) as process:
                try:
                    status = process.wait(moments.uniform(0.05, float(seconds)))
                    break
                except subprocess.TimeoutExpired:
                    process.kill()
                    n_kills += 1
        left = find_journals(journals)
    beside = [name for name in os.listdir(os.path.dirname(report)) if name != os.path.basename(report)]
    print(f'# killed {n_kills} times, resumed {n_resumed} times', file=sys.stderr)
    if left or beside:
        print(f'# left: {left} {beside}', file=sys.stderr)
        status = 99
    sys.exit(status)


if __name__ == '__main__':
    main()
