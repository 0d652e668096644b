#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The scan in a simulated network where little happens for a long time: what takes minutes to test.

Losing any of these: a user reads that a port is filtered which is open, after a long wait for it.
"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'network'))
import scanning                                                 # noqa: E402
import tap                                                      # noqa: E402
from scanning import HOST, config, scan                         # noqa: E402
from tap import true                                            # noqa: E402


@tap.case('everything is silent for 25 seconds')
def check_silence():
    """A router that starts anew while it is scanned through: longer than any deadline."""
    run = scan(config({'open': 10}, ports='1-1500', rtt=(50, 50), silence_ms=[1500, 25000]), HOST, '1-1500',
               '--max-rate', '800', '--skip-discovery')
    true(run.stats['silenced'] > 100, f'{run.stats["silenced"]} SYNs and answers vanished: the silence was hardly met')
    true(run.seconds < 60, f'{run.seconds:.1f} s')


def check_far(*options):
    """Answers come after the kernel has sent most of the SYNs again, and again."""
    run = scan(config({'open': 3}, ports='1-300', rtt=(5000, 5000)), HOST, '1-300', *options)
    true(run.seconds < 40, f'{run.seconds:.1f} s')


tap.case('a host that is 5 s away')(check_far)
tap.case('a host that is 5 s away, without discovery', '--skip-discovery')(check_far)


def check_timeout(*options):
    """Who asks for 15 s gets them, and is not left waiting for each silent port in turn."""
    run = scan(config({'filtered': 3, 'open': 2}, ports='1-10', rtt=(12000, 12000)), HOST, '1-10', '--timeout', '15000',
               *options)
    true(run.seconds < 60, f'{run.seconds:.1f} s')


tap.case('12 s away with --timeout 15000')(check_timeout)
tap.case('12 s away with --timeout 15000, without discovery', '--skip-discovery')(check_timeout)


if __name__ == '__main__':
    scanning.main()
