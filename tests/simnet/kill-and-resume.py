# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a scan that is killed and resumed again and again until it finishes, as a crash or an empty battery would.

usage: kill-and-resume.py SEED MAX-SECONDS REPORT PROGRAM ARGUMENT...

SEED: of the moments; MAX-SECONDS: how long the program runs at most before it is killed; REPORT: what the
arguments have it write. Half of the scans that begin are killed as soon as there is a journal. Prints how often it was
killed and resumed.
"""

import os
import random
import subprocess
import sys
import tempfile
import time


def list_files(folder):
    return os.listdir(folder) if os.path.isdir(folder) else []


def wait_for_new_file(process, folder):
    """Returns False if the program ends before it makes one."""
    known = set(list_files(folder))
    while set(list_files(folder)) <= known:
        if process.poll() is not None:
            return False
        time.sleep(0.0002)
    return True


def main():
    seed, seconds, report, program, *arguments = sys.argv[1:]
    moments = random.Random(int(seed))
    n_kills = n_resumed = n_begun = 0
    with tempfile.TemporaryDirectory() as state:
        environment = {**os.environ, 'XDG_STATE_HOME': state}
        journals = os.path.join(state, 'roadstead', 'journals')
        while True:
            # Whatever has the name of a journal can be continued.
            resumes = [name for name in list_files(journals) if name.endswith('.journal')]
            n_resumed += bool(resumes)
            command = [program, '-q', '--resume', report] if resumes else [program, *arguments]
            with subprocess.Popen(command, env=environment) as process:
                if not resumes and moments.random() < 0.5 and wait_for_new_file(process, journals):
                    process.kill()
                    n_begun += 1
                    continue
                try:
                    status = process.wait(moments.uniform(0.05, float(seconds)))
                    break
                except subprocess.TimeoutExpired:
                    process.kill()
                    n_kills += 1
        # Where files cannot be without a name, one that was killed in the first moment leaves an empty one for 10 s.
        left = [name for name in list_files(journals) if os.path.getsize(os.path.join(journals, name)) > 0]
    beside = [name for name in os.listdir(os.path.dirname(report)) if name != os.path.basename(report)]
    print(f'# killed {n_kills} times, {n_begun} times as soon as there was a journal, resumed {n_resumed} times',
          file=sys.stderr)
    if left or beside:
        print(f'# left: {left} {beside}', file=sys.stderr)
        status = 99
    sys.exit(status)


if __name__ == '__main__':
    main()
