#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A long scan in the window with everything at once: a network with loss, limits, a silence, and hosts that come and go;
pauses at random, with a filter, the whole list and the details in turn.

usage: test-soak.py SECONDS

It takes about SECONDS, which SOAK_SECONDS in the environment overrides: for an hour 3600.

Losing it: a window that scans for a day is closed by the system because it takes all memory, or shows wrong answers.
"""

import json
import os
import random
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path += [os.path.join(HERE, '..', 'network'), os.path.join(HERE, '..', 'simnet')]
import simnet                                                   # noqa: E402
import tap                                                      # noqa: E402
from soak import PAUSE, RATE, Sample, Soak, find_growth         # noqa: E402

SOAK = Soak(int(os.environ.get('SOAK_SECONDS', sys.argv[1])))
SCANS = os.path.join(os.environ.get('XDG_STATE_HOME', ''), 'roadstead', 'scans')
DISPLAY = 'ROADSTEAD_SOAK_DISPLAY'
GROWTH = 16 * 1024      # KiB: rows that are shown are kept for reuse, and so are what GTK draws them with

# What somebody does who watches: keys, and what is typed then.
VIEWS = [
    (('ctrl+f', 'ctrl+a'), '!closed'),
    (('ctrl+f', 'ctrl+a'), 'open latency>20'),
    (('ctrl+f', 'ctrl+a', 'Delete', 'Escape'), ''),
    (('F9',), ''),
    (('ctrl+f', 'ctrl+a', 'Delete', 'Escape', 'Down', 'Page_Down', 'Page_Up', 'Home'), ''),
]


def write_profile():
    """Makes a profile and chooses it; the environment in which it is chosen."""
    folder = os.path.join(os.environ['XDG_DATA_HOME'], 'roadstead', 'profiles')
    os.makedirs(folder)
    with open(os.path.join(folder, 'soak.json'), 'w', encoding='utf-8') as file:
        json.dump({'format': 'roadstead-profile', 'version': 1, 'name': 'Soak', 'ports': SOAK.ports,
                   'reverse_dns': False, 'max_rate': RATE}, file)
    settings = os.path.join(os.environ['XDG_CONFIG_HOME'], 'glib-2.0', 'settings')
    os.makedirs(settings)
    with open(os.path.join(settings, 'keyfile'), 'w', encoding='utf-8') as file:
        file.write("[io/github/roadstead/Roadstead]\ndefault-profile='soak.json'\n")
    return {'GSETTINGS_BACKEND': 'keyfile'}


def find_report():
    """The report of the scan, once it has ended; nothing is asked of the window meanwhile, as GTK 4.8 loses memory with
    each question of a screen reader."""
    names = [name for name in os.listdir(SCANS) if name.endswith('.json')] if os.path.isdir(SCANS) else []
    return os.path.join(SCANS, names[0]) if names else None


def watch(window, network, moments, samples):
    """Looks at this and that, and pauses, until the scan has ended; the report."""
    for turn in range(10 * SOAK.seconds):
        end = time.monotonic() + moments.uniform(0.5, max(2, SOAK.seconds / 100))
        while time.monotonic() < end:
            if (report := find_report()) is not None:
                return report
            time.sleep(0.1)
        keys, text = VIEWS[turn % len(VIEWS)]
        window.key(*keys)
        if text:
            window.type(text)
        window.key('ctrl+p')
        time.sleep(PAUSE / 2)
        n_syns = network.look()['syns']
        time.sleep(PAUSE / 2)
        # The kernel repeats the last ones.
        n_syns = network.look()['syns'] - n_syns
        tap.true(n_syns < RATE / 10, f'{n_syns} SYNs in {PAUSE / 2} s while the scan is paused')
        samples.append(Sample(window.process.pid))
        window.key('ctrl+p')
    raise tap.Failed('the scan does not end')


@tap.case(f'everything at once for about {SOAK.seconds} s')
def check_soak():
    from road_window import Window

    samples = []
    begin = time.monotonic()
    environment = write_profile()
    with simnet.Network(SOAK.config) as network:
        with Window(SOAK.targets, environment=environment) as window:
            window.key('ctrl+l')
            window.wait_for_focus('Target')
            window.key('Return')
            window.wait_for_rows('the first host', lambda rows: rows)
            report = watch(window, network, random.Random(SOAK.seconds), samples)
        faults = simnet.compare(network.truth(SOAK.targets, SOAK.ports), simnet.read_report(report))
    print(f'# {time.monotonic() - begin:.0f} s, {len(samples)} pauses, {network.stats["syns"]} SYNs')
    print(f'# KiB: {[sample.memory for sample in samples]}')
    print(f'# descriptors: {[sample.descriptors for sample in samples]}')
    tap.equal(faults.total, 0, f'wrong answers ({faults})')
    tap.true(len(samples) >= 4, f'{len(samples)} pauses are too few to see anything')
    tap.equal(find_growth(samples, GROWTH), None, 'growth')


if __name__ == '__main__':
    if DISPLAY not in os.environ:
        if reason := simnet.why_unavailable():
            tap.skip_all(reason)
        simnet.enter_namespace()
        os.environ[DISPLAY] = ''
        os.execv(os.path.join(HERE, 'run-window-test'), ['run-window-test', sys.executable, *sys.argv])
    tap.main()
