#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs programs against a simulated network, and compares what they report with the truth.

As a module:

    import simnet
    simnet.enter_namespace()                 # once, at the start of the program
    config = {'seed': 1, 'hosts': {'ports': '1-1000', 'states': {'open': 5}, 'rtt_ms': [50, 50]}}
    with simnet.Network(config) as network:
        run = simnet.run([cli, '-p', '1-1000', '-o', 'report.json', '198.18.0.1'])
        truth = network.truth('198.18.0.1', '1-1000')
        faults = simnet.compare(truth, simnet.read_report('report.json'))
    print(run.seconds, faults, network.stats)

As a program: simnet.py CONFIG.json COMMAND [ARGUMENT]...
runs one command in such a network, says what the network saw, and ends with the command's status.

The simulator is the program `simnet`: the environment variable SIMNET says where, otherwise it is
looked for beside this file and on the PATH. README.md says what a configuration may have.
"""

import contextlib
import dataclasses
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import xml.etree.ElementTree
from pathlib import Path

SKIPPED = 77
INSIDE = 'SIMNET_INSIDE_NAMESPACE'
EXAMPLES = 5


class Unavailable(Exception):
    """There can be no simulated network here, and why."""


def why_unavailable():
    """Why there can be no simulated network on this machine, or None."""
    if not shutil.which('unshare'):
        return 'the command unshare is not installed'
    attempt = subprocess.run(['unshare', '--user', '--map-root-user', '--net', 'sh', '-c',
                              ': <>/dev/net/tun'], capture_output=True, text=True)
    if attempt.returncode:
        why = attempt.stderr.strip() or f'unshare ended with status {attempt.returncode}'
        return f'no network namespace with a TUN device may be made here: {why}'
    return None


def enter_namespace():
    """Starts this program again in a network namespace of its own, unless it is in one already.

    Raises Unavailable where the system does not allow that.
    """
    if os.environ.get(INSIDE) == str(os.getpid()):
        return
    reason = why_unavailable()
    if reason:
        raise Unavailable(reason)
    # unshare and the program it starts keep the process's number, so that what this process
    # starts in turn is not taken to be inside already.
    os.environ[INSIDE] = str(os.getpid())
    # A network does not wait for a busy processor: where root starts this, the simulator inherits a
    # priority over everything else, which run() takes from what is measured.
    if shutil.which('chrt'):
        with contextlib.suppress(PermissionError):
            os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    sys.stdout.flush()
    os.execvp('unshare', ['unshare', '--user', '--map-root-user', '--net', sys.executable, *sys.argv])


def find_simulator():
    """The path of the program simnet."""
    found = os.environ.get('SIMNET') or shutil.which('simnet', path=os.pathsep.join(
        [str(Path(__file__).parent), os.environ.get('PATH', '')]))
    if not found:
        raise FileNotFoundError('the program simnet is not built: set SIMNET to its path')
    return found


def parse_ports(text):
    """The ports of a list such as 22,80,1000-2000, as a list of numbers."""
    ports = []
    for part in text.split(','):
        first, _, last = part.partition('-')
        ports.extend(range(int(first), int(last or first) + 1))
    return ports


@dataclasses.dataclass
class Host:
    """What is true, or was found, of one host."""
    state: str                                  # up, down, unknown
    reason: str = ''
    ports: dict = dataclasses.field(default_factory=dict)   # port: (state, reason, sender or None)


@dataclasses.dataclass
class Truth:
    """What a scanner should find."""
    asked: list                                 # ports
    hosts: dict = dataclasses.field(default_factory=dict)   # of those that are up
    rtt_ms: dict = dataclasses.field(default_factory=dict)
    n_down: int = 0

    def count(self, state):
        """How many ports of hosts that are up have this state."""
        listed = sum(port[0] == state for host in self.hosts.values() for port in host.ports.values())
        if state != 'closed':
            return listed
        return len(self.hosts) * len(self.asked) - sum(len(host.ports) for host in self.hosts.values())

    def answers(self, address):
        """Whether anything at all comes back from a host."""
        ports = self.hosts[address].ports.values()
        return len(ports) < len(self.asked) or any(port[1] != 'no-response' for port in ports)


class Network:
    """A simulated network, from `with` on until its end; then `stats` says what it saw."""

    def __init__(self, config):
        self.stats = None
        self.process = None
        self.file = tempfile.NamedTemporaryFile('w', suffix='.json', prefix='simnet-')
        json.dump(config, self.file)
        self.file.flush()

    def __enter__(self):
        self.process = subprocess.Popen([find_simulator(), self.file.name], stdout=subprocess.PIPE, text=True)
        if self.process.stdout.readline() != 'ready\n':
            self.process.wait()
            raise RuntimeError('the simulated network did not start')
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        output, _ = self.process.communicate()
        self.file.close()
        if self.process.returncode:
            raise RuntimeError(f'the simulated network ended with status {self.process.returncode}')
        self.stats = json.loads(output)

    def look(self):
        """What the network has seen so far."""
        self.process.send_signal(signal.SIGUSR1)
        return json.loads(self.process.stdout.readline())

    def truth(self, targets, ports):
        """What a scanner should find: targets and ports are lists with commas."""
        output = subprocess.run([find_simulator(), '--truth', self.file.name, targets, ports],
                                stdout=subprocess.PIPE, text=True, check=True).stdout
        truth = Truth(parse_ports(ports))
        for line in output.splitlines():
            first, second, *rest = line.split()
            if first == 'down':
                truth.n_down = int(second)
            elif second == 'up':
                truth.hosts[first] = Host('up')
                truth.rtt_ms[first] = float(rest[0])
            else:
                state, reason, *sender = rest
                truth.hosts[first].ports[int(second)] = (state, reason, sender[0] if sender else None)
        return truth


@dataclasses.dataclass
class Run:
    """How a command went."""
    status: int
    seconds: float
    user_seconds: float
    system_seconds: float
    peak_bytes: int


def _watch_memory(pid, peak, ended):
    """Keeps in peak[0] the most memory, in bytes, that a process has had."""
    while not ended.wait(0.01):
        try:
            with open(f'/proc/{pid}/status', encoding='ascii') as status:
                for line in status:
                    if line.startswith('VmHWM:'):
                        peak[0] = max(peak[0], int(line.split()[1]) * 1024)
        except OSError:
            return


def run(command, timeout=None, **options):
    """Runs a command to its end and measures it; options are subprocess.Popen's.

    After timeout seconds it is killed.
    """
    options = {'stdin': subprocess.DEVNULL, 'stdout': subprocess.DEVNULL, **options}
    if os.sched_getscheduler(0) == os.SCHED_RR:
        command = ['chrt', '--other', '0', *command]
    peak, ended = [0], threading.Event()
    started = time.monotonic()
    process = subprocess.Popen(command, **options)
    watcher = threading.Thread(target=_watch_memory, args=(process.pid, peak, ended))
    watcher.start()
    killer = threading.Timer(timeout, process.kill) if timeout else None
    if killer:
        killer.start()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if killer:
        killer.cancel()
    ended.set()
    watcher.join()
    # The kernel counts what the process was before exec, which is this program, among its memory. So
    # its number is right, and exact, only where it is larger than this program.
    with open('/proc/self/status', encoding='ascii') as status_file:
        own = next(int(line.split()[1]) * 1024 for line in status_file if line.startswith('VmHWM:'))
    kernels = usage.ru_maxrss * 1024
    return Run(process.returncode, seconds, usage.ru_utime, usage.ru_stime,
               kernels if kernels > own else max(peak[0], 0))


def read_report(path):
    """The hosts of a report that roadstead-cli wrote as JSON, by address."""
    with open(path, encoding='utf-8') as file:
        report = json.load(file)
    if report['status'] != 'finished':
        raise ValueError(f'the scan ended as {report["status"]}: {report.get("problems")}')
    hosts = {}
    for entry in report['hosts']:
        host = hosts[entry['address']] = Host(entry['state'], entry['reason'])
        if entry.get('done', True) is False:
            raise ValueError(f'{entry["address"]} is not done')
        for port in entry['ports']:
            host.ports[port['port']] = (port['state'], port['reason'], port.get('reason_from'))
        for group in entry['unlisted']:
            result = (group['state'], group['reason'], group.get('reason_from'))
            host.ports.update(dict.fromkeys(parse_ports(group['ports']), result))
    return hosts


def read_nmap(path):
    """The hosts of a report that nmap wrote as XML, by address."""
    hosts = {}
    for entry in xml.etree.ElementTree.parse(path).getroot().iter('host'):
        status = entry.find('status')
        host = hosts[entry.find('address').get('addr')] = Host(status.get('state'), status.get('reason'))
        for port in entry.iter('port'):
            state = port.find('state')
            host.ports[int(port.get('portid'))] = (state.get('state'), state.get('reason'),
                                                   state.get('reason_ip'))
        for group in entry.iter('extraports'):
            for reasons in group.iter('extrareasons'):
                result = (group.get('state'), reasons.get('reason'), None)
                host.ports.update(dict.fromkeys(parse_ports(reasons.get('ports')), result))
    return hosts


class Faults:
    """The wrong answers of a report, counted by kind, with the first few as examples."""

    KINDS = ('open missed', 'open invented', 'closed as filtered', 'filtered as closed', 'no state',
             'host missed', 'host invented', 'reason wrong')

    def __init__(self):
        self.counts = dict.fromkeys(self.KINDS, 0)
        self.examples = []
        self.beyond = 0     # rejected by ICMP port unreachable, called closed by who cannot know better

    def add(self, kind, address, port, detail=''):
        self.counts[kind] += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(f'{kind}: {address}' + (f' port {port}' if port else '') +
                                 (f' ({detail})' if detail else ''))

    @property
    def total(self):
        return sum(self.counts.values())

    def __str__(self):
        if not self.total:
            return 'none'
        counts = ', '.join(f'{n} {kind}' for kind, n in self.counts.items() if n)
        return f'{counts}; such as {"; ".join(self.examples)}'


def _compare_port(faults, address, port, expected, found, reasons):
    state, reason, sender = expected
    if found == expected:
        return
    if found is None or found[0] == 'unknown':
        kind = 'open missed' if state == 'open' else 'no state'
    elif found[0] != state:
        if state == 'open':
            kind = 'open missed'
        elif found[0] == 'open':
            kind = 'open invented'
        elif state == 'closed':
            kind = 'closed as filtered'
        elif reason == 'port-unreach' and not reasons:
            faults.beyond += 1
            return
        else:
            kind = 'filtered as closed'
    elif reasons:
        kind = 'reason wrong'
    else:
        return
    faults.add(kind, address, port, f'{" ".join(filter(None, expected))}; found '
               f'{" ".join(filter(None, found or ("nothing",)))}')


def compare(truth, hosts, reasons=True):
    """The Faults of what was found: hosts as read_report() or read_nmap() give them.

    Without reasons, only states are compared, and a port that was rejected by ICMP port
    unreachable may be called closed, which is what `nmap -sT` does.
    """
    faults = Faults()
    closed = ('closed', 'conn-refused', None)
    silent = ('filtered', 'no-response', None)
    for address, host in truth.hosts.items():
        found = hosts.get(address)
        if found is None or found.state != 'up':
            if truth.answers(address):
                faults.add('host missed', address, None, found.state if found else 'not in the report')
            # What is not said of its ports is missed too, but an open port is worth saying so.
            for port, (state, *_) in host.ports.items():
                if state == 'open' and (found is None or found.ports.get(port, (None,))[0] != 'open'):
                    faults.add('open missed', address, port, 'host missed')
            continue
        for port in truth.asked:
            _compare_port(faults, address, port, host.ports.get(port, closed), found.ports.get(port), reasons)
    for address, found in hosts.items():
        if address in truth.hosts:
            continue
        if found.state == 'up' and found.reason != 'user-set':
            faults.add('host invented', address, None, found.reason)
        for port, result in found.ports.items():
            if result[0] != 'unknown':
                _compare_port(faults, address, port, silent, result, reasons)
    return faults


def main():
    if len(sys.argv) < 3:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        enter_namespace()
    except Unavailable as reason:
        print(f'SKIP: {reason}', file=sys.stderr)
        return SKIPPED
    with open(sys.argv[1], encoding='utf-8') as file:
        network = Network(json.load(file))
    with network:
        status = run(sys.argv[2:], stdin=None, stdout=None).status
    print(json.dumps(network.stats), file=sys.stderr)
    return status


if __name__ == '__main__':
    sys.exit(main())
