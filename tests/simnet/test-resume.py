# SPDX-License-Identifier: GPL-3.0-or-later
"""Scans that are killed at any moment and resumed, on a simulated network.

KILLS in the environment is how many rounds there are; each kills and resumes about 20 times.
"""

import os
import sys

from scanning import OPTIONS, PROGRAM, config, main, scan
import tap
from tap import true

KILLER = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'kill-and-resume.py')
ROUNDS = int(os.environ.get('KILLS', '3'))


def killed(seed, seconds, targets, ports, *options):
    """A command for scanning.scan()."""
    return lambda report: [sys.executable, KILLER, str(seed), str(seconds), report, PROGRAM, *OPTIONS, '-q', '-n',
                           '-p', ports, '-o', report, *options, targets]


def check_network(seed):
    """Losing it: what was found before a crash is lost or changed, or hosts are missed or scanned twice."""
    network = config({'open': 4, 'filtered': 2}, ports='1-100', rtt=(20, 60), up=0.3)
    run = scan(network, '198.18.0.0/25', '1-100',
               command=killed(seed, 4, '198.18.0.0/25', '1-100', '--max-rate', '400'))
    print(f'# {run.stats["syns"]} SYNs')
    true(run.stats['syns'] < 20000, f'{run.stats["syns"]} SYNs: answers were asked for again')


def check_host(seed):
    """Losing it: the ports of a host are asked again from the beginning, or some never."""
    run = scan(config({'open': 20, 'filtered': 5}, rtt=(60, 60)), '198.18.0.1', '1-2000',
               command=killed(seed, 3, '198.18.0.1', '1-2000', '--max-rate', '400', '--skip-discovery'))
    print(f'# {run.stats["syns"]} SYNs')
    true(run.stats['syns'] < 8000, f'{run.stats["syns"]} SYNs: answers were asked for again')


@tap.case('machines that answer on every port, killed again and again')
def check_odd():
    """Losing it: what is odd about a host, or about all of them, is no longer said after a crash."""
    run = scan(config({'open': 100}, ports='1-100', up=1), '198.18.0.0/28', '1-100',
               command=killed(1, 3, '198.18.0.0/28', '1-100', '--max-rate', '300', '--skip-discovery'))
    hosts = run.report.count('Answers on every port')
    true(hosts == len(run.hosts) == 16, f'{hosts} of {len(run.hosts)} hosts are said to answer on every port')
    true('All 16 addresses answer on every port' in run.report, 'the sentence about all of them')


for number in range(ROUNDS):
    tap.case(f'a network, killed again and again ({number})', number)(check_network)
    tap.case(f'a host, killed again and again ({number})', number)(check_host)


if __name__ == '__main__':
    main()
