#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A scan that several programs share, run by GNU parallel as data/doc/many-machines.md says.

Losing it: what one of many machines should have scanned is missing when it fails, and nobody says so.
"""

import glob
import json
import os
import shutil
import subprocess
import tempfile

import netns
import scanner
import tap
from tap import equal, true

netns.enter()

TARGETS, PORTS, OPEN = ['127.0.0.1', '127.0.0.2'], 300, [22, 80, 250]
SHARDS = 4
folder = tempfile.mkdtemp(prefix='roadstead-')
environment = {**os.environ, 'XDG_STATE_HOME': os.path.join(folder, 'state'), 'HOME': folder}


# Runs a program, whose first try for the second shard is killed on the way.
SHARD = '''#!/bin/bash
shard=$1
shift
if [[ $shard == 2 && ! -e $0.killed ]]; then
  touch "$0.killed"
  "$@" &
  sleep 0.5
  kill -9 $!
  wait $!
else
  exec "$@"
fi
'''


def merge():
    done = subprocess.run([scanner.PROGRAM, 'merge', '-q', *glob.glob(f'{folder}/shard-*.json'),
                           '-o', f'{folder}/all.json'], capture_output=True, text=True, check=False)
    equal(done.returncode, 0, f'exit status of the merge ({done.stderr})')
    with open(f'{folder}/all.json', encoding='utf-8') as file:
        return json.load(file), done.stderr


@tap.case('a shard that is killed is run again')
def check_killed():
    if not shutil.which('parallel'):
        raise tap.Skip('GNU parallel is not installed')
    program = f'{folder}/shard'
    with open(program, 'w', encoding='ascii') as file:
        file.write(SHARD)
    os.chmod(program, 0o755)
    done = subprocess.run(
        ['parallel', '--will-cite', '-j', '2', '--retries', '2', '--joblog', f'{folder}/log', program, '{}', scanner.PROGRAM,
         '--shard', f'{{}}/{SHARDS}', '-q', '-n', '-p', f'1-{PORTS}', '--max-rate', '100', '--skip-discovery',
         '-o', f'{folder}/shard-{{}}.json', *TARGETS, ':::', *map(str, range(1, SHARDS + 1))],
        env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=scanner.TIMEOUT)
    equal(done.returncode, 0, f'exit status ({done.stdout}{done.stderr})')
    true(os.path.exists(f'{program}.killed'), 'no shard was killed')
    report, stderr = merge()
    true('missing' not in stderr, stderr)
    scanner.check_whole(report, TARGETS, PORTS, OPEN)


if __name__ == '__main__':
    for address in TARGETS:
        for port in OPEN:
            netns.serve(address, port)
    try:
        tap.main()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
