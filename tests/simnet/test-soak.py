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
from tap import equal, true                                     # noqa: E402

PROGRAM = os.path.abspath(sys.argv[2])
SECONDS = int(os.environ.get('SOAK_SECONDS', sys.argv[3]))
RATE = 1000
PORTS = min(20000, 50 * SECONDS)
HOSTS = max(16, RATE * SECONDS // (3 * PORTS))      # a third of the time is for retries and pauses
PAUSE = 1.6             # s: longer than sockets are kept for reuse
GROWTH = 2 * 1024       # KiB, besides what is kept of each answer
BYTES_A_PORT = 4
AWAY = min(60, SECONDS / 10) * 1000     # ms

CONFIG = {
    'seed': 5,
    'hosts': {'up': 0.5, 'ports': f'1-{PORTS}', 'states': {'open': 20, 'filtered': 0.01, 'admin-prohibited': 5},
              'rtt_ms': [5, 80], 'jitter_ms': 2, 'loss_out': 0.01, 'loss_back': 0.01,
              'icmp_limit': {'rate': 50, 'burst': 20}},
    'exceptions': {'198.18.0.3': {'up': 1, 'rst_limit': {'rate': 200, 'burst': 20}},
                   '198.18.0.5': {'up': 1, 'later_rtt_ms': [SECONDS * 200, 400]},
                   '198.18.0.6': {'up': 0},
                   '198.18.0.7': {'up': 1, 'away_ms': [SECONDS * 100, AWAY]},
                   '198.18.0.8': {'up': 1, 'away_ms': [SECONDS * 280, AWAY]},
                   '198.18.0.9': {'up': 1, 'away_ms': [SECONDS * 350, AWAY]}},
    'silence_ms': [SECONDS * 300, 2500],
}


class Sample:
    """What a process takes when nothing is in flight."""

    def __init__(self, pid):
        with open(f'/proc/{pid}/statm', encoding='ascii') as file:
            self.memory = int(file.read().split()[1]) * os.sysconf('SC_PAGE_SIZE') // 1024
        self.descriptors = len(os.listdir(f'/proc/{pid}/fd'))


def disturb(process, moments, samples):
    """Pauses, or suspends the process, at random until it ends."""
    while True:
        try:
            return process.wait(moments.uniform(0.5, max(4, SECONDS / 100)))
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


@tap.case(f'everything at once for about {SECONDS} s')
def check_soak():
    samples = []
    targets, ports = f'198.18.0.0/{32 - (2 * HOSTS - 1).bit_length()}', f'1-{PORTS}'
    begin = time.monotonic()
    with simnet.Network(CONFIG) as network, tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, 'report.json')
        with subprocess.Popen([PROGRAM, str(RATE), ports, report, targets]) as process:
            try:
                status = disturb(process, random.Random(SECONDS), samples)
            finally:
                process.kill()
        equal(status, 0, 'exit status')
        truth = network.truth(targets, ports)
        faults = simnet.compare(truth, simnet.read_report(report))
    print(f'# {time.monotonic() - begin:.0f} s, {len(samples)} pauses, {network.stats["syns"]} SYNs')
    print(f'# KiB: {[sample.memory for sample in samples]}')
    print(f'# descriptors: {[sample.descriptors for sample in samples]}')
    equal(faults.total, 0, f'wrong answers ({faults})')
    true(len(samples) >= 4, f'{len(samples)} pauses are too few to see anything')

    warm = samples[len(samples) // 4]
    kept = len(truth.hosts) * PORTS * BYTES_A_PORT // 1024
    most = max(sample.memory for sample in samples[len(samples) // 4:])
    true(most <= warm.memory + GROWTH + kept, f'memory grows from {warm.memory} to {most} KiB')
    # A pause may be too short for a busy machine, and the first may come before there are threads.
    warm, last = (min(sample.descriptors for sample in part)
                  for part in (samples[len(samples) // 4:len(samples) // 2], samples[-(len(samples) // 4):]))
    true(last <= warm, f'descriptors grow from {warm} to {last}')


if __name__ == '__main__':
    if reason := simnet.why_unavailable():
        tap.skip_all(reason)
    simnet.enter_namespace()
    tap.main()
