# SPDX-License-Identifier: GPL-3.0-or-later
"""What the long scans with everything at once have in common: of the command line's engine, and of the window."""

import os

RATE = 1000             # SYNs a second
PAUSE = 1.6             # s: longer than sockets are kept for reuse
BYTES_A_PORT = 4        # of an answer


class Soak:
    """A network on which a scan takes about so many seconds, and what is asked there."""

    def __init__(self, seconds):
        n_ports = min(20000, 50 * seconds)
        n_hosts = max(16, RATE * seconds // (3 * n_ports))      # a third of the time is for retries and pauses
        away = min(60, seconds / 10) * 1000                     # ms
        self.seconds, self.n_ports = seconds, n_ports
        self.ports = f'1-{n_ports}'
        self.targets = f'198.18.0.0/{32 - (2 * n_hosts - 1).bit_length()}'
        self.config = {
            'seed': 5,
            'hosts': {'up': 0.5, 'ports': self.ports, 'states': {'open': 20, 'filtered': 0.01, 'admin-prohibited': 5},
                      'rtt_ms': [5, 80], 'jitter_ms': 2, 'loss_out': 0.01, 'loss_back': 0.01,
                      'icmp_limit': {'rate': 50, 'burst': 20}},
            'exceptions': {'198.18.0.3': {'up': 1, 'rst_limit': {'rate': 200, 'burst': 20}},
                           '198.18.0.5': {'up': 1, 'later_rtt_ms': [seconds * 200, 400]},
                           '198.18.0.6': {'up': 0},
                           '198.18.0.7': {'up': 1, 'away_ms': [seconds * 100, away]},
                           '198.18.0.8': {'up': 1, 'away_ms': [seconds * 280, away]},
                           '198.18.0.9': {'up': 1, 'away_ms': [seconds * 350, away]}},
            'silence_ms': [seconds * 300, 2500],
        }


class Sample:
    """What a process takes when nothing is in flight."""

    def __init__(self, pid):
        with open(f'/proc/{pid}/statm', encoding='ascii') as file:
            self.memory = int(file.read().split()[1]) * os.sysconf('SC_PAGE_SIZE') // 1024      # KiB
        self.descriptors = len(os.listdir(f'/proc/{pid}/fd'))


def find_growth(samples, growth):
    """What has grown although it should not, or None: memory by more than so many KiB, or descriptors, after a quarter
    of the time."""
    warm = samples[len(samples) // 4:]
    most = max(sample.memory for sample in warm)
    if most > warm[0].memory + growth:
        return f'memory grows from {warm[0].memory} to {most} KiB'
    # A pause may be too short for a busy machine, and the first may come before there are threads.
    begin, end = (min(sample.descriptors for sample in part)
                  for part in (samples[len(samples) // 4:len(samples) // 2], samples[-(len(samples) // 4):]))
    return f'descriptors grow from {begin} to {end}' if end > begin else None
