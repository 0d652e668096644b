#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is saved where a disk is full, a little or altogether.

usage: test-full-disk.py ROADSTEAD-CLI SAVE-ALL

Losing it: what was saved before is gone when there is no room for the new.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'network'))
import netns                                                    # noqa: E402
import scanner                                                  # noqa: E402
import tap                                                      # noqa: E402
from tap import equal, true                                     # noqa: E402

netns.enter()

SAVE_ALL = os.path.abspath(sys.argv[2])
TARGET, PORTS, OPEN = '127.0.0.1', 60, [7, 42]
SIZE = 2 * 1024 * 1024
FULL = 'No space left on device'

disk = tempfile.mkdtemp(prefix='roadstead-')
report, filler, window = (os.path.join(disk, name) for name in ('report.json', 'filler', 'window'))
state = os.path.join(disk, 'state')


@contextlib.contextmanager
def mounted(free):
    """A small disk on which there is what is saved by then, and only some bytes are free from fill() on."""
    netns.run('mount', '-t', 'tmpfs', '-o', f'size={SIZE}', 'tmpfs', disk)

    def fill():
        with open(filler, 'wb', buffering=0) as file:
            with contextlib.suppress(OSError):
                while file.write(bytes(4096)):
                    pass
            file.truncate(max(0, file.tell() - free))
    try:
        yield fill
    finally:
        netns.run('umount', '-l', disk)


def scan(*arguments):
    return subprocess.run([scanner.PROGRAM, *arguments], capture_output=True, text=True, check=False,
                          timeout=scanner.TIMEOUT, env={**os.environ, 'XDG_STATE_HOME': state})


def read_ports():
    with open(report, encoding='utf-8') as file:
        data = json.load(file)
    ports = scanner.ports_of(data['hosts'][0])
    equal((data['status'], sorted(ports)), ('finished', list(range(1, PORTS + 1))), 'status and ports')
    equal(sorted(port for port in ports if ports[port][0] == 'open'), OPEN, 'open ports')


def journals():
    folder = os.path.join(state, 'roadstead', 'journals')
    return os.listdir(folder) if os.path.isdir(folder) else []


def check_scan(free):
    """The scan goes on, says what is wrong, and leaves the old report alone."""
    with mounted(free) as fill:
        # Large, so that the new one does not fit where it is kept until the new one is complete.
        old = b'{"old": true}' + b' ' * 100000
        with open(report, 'wb') as file:
            file.write(old)
        fill()
        result = scan('-n', '-p', f'1-{PORTS}', '--max-rate', '50', '--skip-discovery', '-o', report, '-oN', '-', TARGET)
        true(f'{OPEN[0]}/tcp' in result.stdout and f'{OPEN[-1]}/tcp' in result.stdout, f'the scan ended: {result.stdout}')
        if result.returncode == 0:
            read_ports()
        else:
            equal(result.returncode, 2, f'exit status ({result.stderr})')
            true(f'“{report}”: {FULL}' in result.stderr, result.stderr)
            with open(report, 'rb') as file:
                true(file.read() == old, 'the old report has changed')
        equal(sorted(set(os.listdir(disk)) - {'state'}), ['filler', 'report.json'], 'files')
        true('its journal' in result.stderr or free > 0, result.stderr)
        os.unlink(filler)
        if journals() and result.returncode == 2:
            equal(scan('-q', '--resume', report).returncode, 0, 'exit status of the scan that goes on')
            read_ports()
        equal(journals(), [], 'journals')


for kib in (0, 4, 8, 12, 16, 24, 32):
    tap.case(f'a scan with {kib} KiB left', kib * 1024)(check_scan)


def check_window(free):
    """A profile and a recent scan are saved, or what was there stays and the reason is said."""
    with mounted(free) as fill:
        os.mkdir(window)
        subprocess.run([SAVE_ALL, window, 'old'], check=True, capture_output=True)
        fill()
        done = subprocess.run([SAVE_ALL, window, 'new'], check=True, capture_output=True, text=True)
        said = dict(line.split(': ', 1) for line in done.stdout.splitlines())
        saved = {}
        for kind, folder in (('profile', 'profiles'), ('scan', 'scans')):
            true(said[kind] == 'saved' or FULL in said[kind], done.stdout)
            saved[kind] = []
            for name in os.listdir(os.path.join(window, folder)):
                true(not name.startswith('.'), f'{name} is left')
                with open(os.path.join(window, folder, name), encoding='utf-8') as file:
                    saved[kind].append(json.load(file))
        print(f'# {said}')
        equal([profile['description'] for profile in saved['profile']],
              ['new' if said['profile'] == 'saved' else 'old'], 'the profile')
        equal(sorted(scan['targets'] for scan in saved['scan']), ['new', 'old'] if said['scan'] == 'saved' else ['old'],
              'recent scans')
        true(all(len(scan['hosts']) == 2000 for scan in saved['scan']), 'hosts of a recent scan')


for kib in (0, 4, 8, 64, 128, 1024):
    tap.case(f'saves of the window with {kib} KiB left', kib * 1024)(check_window)


if __name__ == '__main__':
    for port in OPEN:
        netns.serve(TARGET, port)
    try:
        tap.main()
    finally:
        shutil.rmtree(disk, ignore_errors=True)
