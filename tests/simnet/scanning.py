# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the scan in a simulated network have in common.

Their arguments: the program roadstead-cli, the program pause-scan, and options that each scan gets.
"""

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'network'))
import simnet                                                   # noqa: E402
import tap                                                      # noqa: E402
from tap import equal, true                                     # noqa: E402

PROGRAM, PAUSE_SCAN = (os.path.abspath(path) for path in sys.argv[1:3])
OPTIONS = sys.argv[3:]
HOST, OTHER, HOST6 = '198.18.0.1', '198.18.0.2', 'fd00:198:18::1'
MAX_PORT_SYNS = 4       # a second


def once(description, *args):
    """Decorator: a case that takes long, and the same decides in it whichever connectors there are.

    So it is left out where options say which.
    """
    return tap.case(description, *args) if not OPTIONS else lambda function: function


def scan(config, targets, ports, *options, command=None):
    """Scans, compares with the truth; the run with .stats of the network, and the .report and
    its .hosts.

    command(report): another command than the usual
    """
    with simnet.Network(config) as network, tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, 'report.json')
        run = simnet.run(command(report) if command else [
            PROGRAM, *OPTIONS, '-q', '-n', '-p', ports, '-o', report, *options, *targets.split(',')], timeout=100)
        equal(run.status, 0, 'exit status')
        truth = network.truth(targets, ports)
        run.hosts = simnet.read_report(report)
        run.report = Path(report).read_text(encoding='utf-8')
        faults = simnet.compare(truth, run.hosts)
    equal(faults.total, 0, f'wrong answers ({faults})')
    run.stats = network.stats
    return run


def config(states, rtt=(20, 20), **more):
    """A network: states, and all other settings but these, are those of its hosts."""
    hosts = {'ports': '1-2000', 'states': states, 'rtt_ms': list(rtt), 'jitter_ms': 1}
    network = {key: more.pop(key) for key in ('syn_limit', 'silence_ms', 'exceptions') if key in more}
    return {'seed': 11, 'hosts': {**hosts, **more}, **network}


def gentle(run):
    """Checks that no port was asked over and over: a device, or its log, would mind."""
    most = run.stats['max_port_syns_1s']
    true(most <= MAX_PORT_SYNS, f'{most} SYNs to one port within a second')


def main():
    """Runs all cases, or says why there can be none; never returns. They mostly wait, so four run at a time, each in a
    network of its own."""
    reason = simnet.why_unavailable()
    if reason:
        tap.skip_all(reason)
    if tap.WORKER in os.environ:
        simnet.enter_namespace()
    tap.main_of_workers(4)
