# SPDX-License-Identifier: GPL-3.0-or-later
"""A long scan with everything at once: loss, limits, a silence, hosts that become slow or come and go, pauses, and a
suspended computer.

usage: test-soak.py ROADSTEAD-CLI SOAK-SCAN SECONDS

It takes about SECONDS, which SOAK_SECONDS in the environment overrides: for an hour 3600.

Losing it: a scan of a day ends because memory or descriptors leak, or some of its answers are wrong.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'network'))
import simnet                                                   # noqa: E402
import tap                                                      # noqa: E402
from soak import BYTES_A_PORT, PAUSE, RATE, Sample, Soak, find_growth      # noqa: E402
from tap import equal, true                                     # noqa: E402

PROGRAM = os.path.abspath(sys.argv[2])
SOAK = Soak(int(os.environ.get('SOAK_SECONDS', sys.argv[3])))
GROWTH = 2 * 1024       # KiB, besides what is kept of each answer


def disturb(process, moments, samples):
    """Pauses, or suspends the process, at random until it ends."""
    while True:
        try:
            return process.wait(moments.uniform(0.5, max(4, SOAK.seconds / 100)))
        except subprocess.TimeoutExpired:
            pass
        if moments.random() < 0.3:
            process.send_signal(signal.SIGSTOP)
            time.sleep(moments.uniform(0.05, 1))
            process.send_signal(signal.SIGCONT)
            continue
        process.send_signal(signal.SIGUSR1)
        time.sleep(PAUSE)
        if process.poll() is None:
            samples.append(Sample(process.pid))
            process.send_signal(signal.SIGUSR2)


@tap.case(f'everything at once for about {SOAK.seconds} s')
def check_soak():
    samples = []
    begin = time.monotonic()
    with simnet.Network(SOAK.config) as network, tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, 'report.json')
        with subprocess.Popen([PROGRAM, str(RATE), SOAK.ports, report, SOAK.targets]) as process:
            try:
                status = disturb(process, random.Random(SOAK.seconds), samples)
            finally:
                process.kill()
        equal(status, 0, 'exit status')
        truth = network.truth(SOAK.targets, SOAK.ports)
        faults = simnet.compare(truth, simnet.read_report(report))
    print(f'# {time.monotonic() - begin:.0f} s, {len(samples)} pauses, {network.stats["syns"]} SYNs')
    print(f'# KiB: {[sample.memory for sample in samples]}')
    print(f'# descriptors: {[sample.descriptors for sample in samples]}')
    equal(faults.total, 0, f'wrong answers ({faults})')
    true(len(samples) >= 4, f'{len(samples)} pauses are too few to see anything')
    equal(find_growth(samples, GROWTH + len(truth.hosts) * SOAK.n_ports * BYTES_A_PORT // 1024), None, 'growth')


if __name__ == '__main__':
    if reason := simnet.why_unavailable():
        tap.skip_all(reason)
    simnet.enter_namespace()
    tap.main()
