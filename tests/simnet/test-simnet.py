#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the simulated network itself, with plain sockets: does each port do what the truth says?

Losing these: all that is measured in a simulated network, the truth of the scanner before all, may be
the simulator's mistake.
"""

import errno
import functools
import os
import select
import socket
import struct
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'network'))
import simnet                                                   # noqa: E402
import tap                                                      # noqa: E402
from tap import Failed, equal                                   # noqa: E402

HOST, HOST6 = '198.18.0.1', 'fd00:198:18::1'
OTHERS = [f'198.18.0.{n}' for n in range(2, 250)]
ROUTER, ROUTER6 = '192.0.2.254', 'fd00:198::fe'

IP_RECVERR, IPV6_RECVERR = 11, 25
SO_EE_ORIGIN_LOCAL = 1
ATTEMPTS = 3

# What each ICMP error of the configuration is: type and code, reason; the same of ICMPv6.
REJECTIONS = {
    'net-unreach': ((3, 0), 'net-unreach', (1, 0), 'no-route'),
    'host-unreach': ((3, 1), 'host-unreach', (1, 3), 'addr-unreach'),
    'proto-unreach': ((3, 2), 'proto-unreach', (1, 2), 'beyond-scope'),
    'port-unreach': ((3, 3), 'port-unreach', (1, 4), 'port-unreach'),
    'net-prohibited': ((3, 9), 'net-prohibited', (1, 5), 'failed-policy'),
    'host-prohibited': ((3, 10), 'host-prohibited', (1, 6), 'reject-route'),
    'admin-prohibited': ((3, 13), 'admin-prohibited', (1, 1), 'admin-prohibited'),
    'time-exceeded': ((11, 0), 'time-exceeded', (3, 0), 'time-exceeded'),
}


class Attempt:
    """One connect that does not block."""

    def __init__(self, address, port):
        self.ipv6 = ':' in address
        self.socket = socket.socket(socket.AF_INET6 if self.ipv6 else socket.AF_INET, socket.SOCK_STREAM)
        self.socket.setblocking(False)
        level, option = (socket.IPPROTO_IPV6, IPV6_RECVERR) if self.ipv6 else (socket.IPPROTO_IP, IP_RECVERR)
        self.socket.setsockopt(level, option, 1)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        self.port = port
        self.started = time.monotonic()
        self.ended = None
        self.error = self.socket.connect_ex((address, port))

    def end(self):
        self.ended = time.monotonic()
        self.error = self.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)

    @property
    def ms(self):
        return (self.ended - self.started) * 1000

    @property
    def state(self):
        """What a scanner that looks at the error queue would say: (state, (type, code, sender) or None)."""
        if self.ended is None:
            return 'filtered', None
        icmp = self.icmp_error()
        if icmp:
            return 'filtered', icmp
        return {0: 'open', errno.ECONNRESET: 'open', errno.ECONNREFUSED: 'closed'}[self.error], None

    def icmp_error(self):
        """Type, code and sender of the ICMP error that came back, if one did."""
        try:
            _, control, *_ = self.socket.recvmsg(1024, 1024, socket.MSG_ERRQUEUE)
        except OSError:
            return None
        for _, _, data in control:
            _, origin, kind, code = struct.unpack_from('IBBB', data)
            if origin > SO_EE_ORIGIN_LOCAL:
                family, place = (socket.AF_INET6, 16 + 8) if self.ipv6 else (socket.AF_INET, 16 + 4)
                size = 16 if self.ipv6 else 4
                return kind, code, socket.inet_ntop(family, data[place:place + size])
        return None


def connect(targets, seconds=0.4):
    """Connects to (address, port) pairs all at once, and waits for as long as that."""
    attempts = [Attempt(*target) for target in targets]
    poll = select.poll()
    waiting = {}
    for attempt in attempts:
        poll.register(attempt.socket, select.POLLOUT)
        waiting[attempt.socket.fileno()] = attempt
    deadline = time.monotonic() + seconds
    while waiting and (left := deadline - time.monotonic()) > 0:
        for fd, _ in poll.poll(left * 1000):
            poll.unregister(fd)
            waiting.pop(fd).end()
    return attempts


def close(attempts):
    for attempt in attempts:
        attempt.socket.close()


def within(found, low, high, what=''):
    if not low <= found <= high:
        raise Failed(f'{what}: {found} is not from {low} to {high}')


def case(function):
    """Decorator: makes a function a case; its name says of what.

    On a busy machine answers may be seen too late, so it may fail twice: a fault of the simulation is
    there each time.
    """
    @functools.wraps(function)
    def patiently():
        for attempt in range(ATTEMPTS):
            try:
                return function()
            except Failed as failure:
                if attempt == ATTEMPTS - 1:
                    raise
                print(f'# again, since {failure}'.replace('\n', ' '))
    return tap.case(function.__name__.replace('_', ' '))(patiently)


def check_states(targets, ports, config):
    """Connects to all ports of all targets and compares each with the truth."""
    with simnet.Network(config) as network:
        truth = network.truth(targets, ports)
        pairs = [(address, port) for address in truth.hosts for port in truth.asked]
        attempts = connect(pairs)
        for (address, port), attempt in zip(pairs, attempts):
            state, icmp = attempt.state
            expected = truth.hosts[address].ports.get(port, ('closed', 'conn-refused', None))
            equal(state, expected[0], f'{address} port {port}')
            if expected[2] or icmp:
                codes = {v[1] if ':' not in address else v[3]: v[0] if ':' not in address else v[2]
                         for v in REJECTIONS.values()}
                equal(icmp, (*codes[expected[1]], expected[2]), f'{address} port {port}')
        close(attempts)
    return truth, network.stats


def all_states(**more):
    states = {'open': 7, 'filtered': 6, 'reset': 5, **dict.fromkeys(REJECTIONS, 3)}
    return {'seed': 11, 'hosts': {'ports': '100-299', 'states': states, 'rtt_ms': [5, 5], **more}}


@case
def states():
    """Open, closed, filtered and each ICMP error are what they are meant to be, as often as asked for."""
    truth, stats = check_states(HOST, '100-299', all_states(rejected_by='router'))
    equal(truth.count('open'), 7 + 5, 'open')
    equal(truth.count('filtered'), 6 + 3 * len(REJECTIONS), 'filtered')
    equal({port[2] for port in truth.hosts[HOST].ports.values()}, {None, ROUTER}, 'senders')
    equal((stats['syns'], stats['ports'], stats['handshakes'], stats['overflow']), (200, 200, 12, 0), 'seen')
    equal((stats['kernel_repeats'], stats['scanner_repeats']), (0, 0), 'repeats')


@case
def states_ipv6():
    """The same over IPv6, with ICMPv6's codes; the host itself sends the errors."""
    truth, _ = check_states(HOST6, '100-299', all_states(rejected_by='host'))
    equal(truth.count('open'), 7 + 5, 'open')
    equal({port[2] for port in truth.hosts[HOST6].ports.values()}, {None, HOST6}, 'senders')


@case
def reset():
    """A port that accepts and resets at once: the handshake succeeds, then a RST comes."""
    config = {'hosts': {'fixed': {'80': 'reset', '81': 'open'}, 'rtt_ms': [20, 20]}}
    with simnet.Network(config) as network:
        reset, stays = attempts = connect([(HOST, 80), (HOST, 81)])
        equal((reset.state[0], stays.state[0]), ('open', 'open'), 'handshakes')
        time.sleep(0.1)
        try:
            reset.socket.recv(1)
            raise Failed('the connection was not reset')
        except ConnectionResetError:
            pass
        try:
            stays.socket.recv(1)
            raise Failed('the connection ended')
        except BlockingIOError:
            pass
        close(attempts)
    equal((network.stats['handshakes'], network.stats['resets']), (2, 1), 'seen')


@case
def round_trip():
    """Answers take as long as the truth says, spread over the hosts; jitter comes on top."""
    config = {'seed': 3, 'hosts': {'rtt_ms': [20, 120], 'jitter_ms': 0}}
    with simnet.Network(config) as network:
        truth = network.truth('198.18.0.0/26', '80')
        attempts = connect([(address, 80) for address in truth.hosts])
        extra = sorted(attempt.ms - rtt for attempt, rtt in zip(attempts, truth.rtt_ms.values()))
        close(attempts)
    rtts = sorted(truth.rtt_ms.values())
    within(rtts[0], 20, 30, 'the nearest host')
    within(rtts[-1], 110, 120, 'the farthest host')
    within(extra[0], 0, 15, 'ms too late, at best')
    within(extra[len(extra) // 2], 0, 30, 'ms too late, in the middle')
    config['hosts'].update(jitter_ms=20, rtt_ms=[20, 20])
    with simnet.Network(config):
        attempts = connect([(HOST, port) for port in range(1, 301)])
        times = sorted(attempt.ms - 20 for attempt in attempts)
        close(attempts)
    within(sum(times) / len(times), 15, 35, 'ms of jitter on average')
    within(times[0], 0, 10, 'ms of jitter at least')
    within(times[-1], 60, 300, 'ms of jitter at most')


@case
def loss():
    """As many SYNs and answers are lost as asked for, the same ones each time."""
    config = {'seed': 5, 'hosts': {'loss_out': 0.2, 'loss_back': 0.1, 'rtt_ms': [2, 2]}}
    lost = []
    for _ in range(2):
        with simnet.Network(config) as network:
            attempts = connect([(HOST, port) for port in range(1, 2001)])
            lost.append([attempt.port for attempt in attempts if attempt.state[0] == 'filtered'])
            close(attempts)
        within(network.stats['lost_out'], 330, 470, 'SYNs lost')
        within(network.stats['lost_back'], 120, 200, 'answers lost')
        equal(network.stats['lost_out'] + network.stats['lost_back'], len(lost[-1]), 'lost')
    equal(lost[0] == lost[1], True, 'the same ones')


@case
def kernel_repeats():
    """What the kernel sends again is told apart from what a scanner tries again."""
    config = {'hosts': {'fixed': {'1-10': 'filtered'}, 'rtt_ms': [1, 1]}}
    with simnet.Network(config) as network:
        attempts = connect([(HOST, port) for port in range(1, 11)], 1.5)
        close(attempts)
        close(connect([(HOST, port) for port in range(1, 6)], 0.1))
        looked = network.look()
    equal(looked['syns'], network.stats['syns'], 'SYNs, asked for and at the end')
    equal((network.stats['syns'], network.stats['ports']), (25, 10), 'SYNs and ports')
    equal((network.stats['kernel_repeats'], network.stats['scanner_repeats']), (10, 5), 'repeats')


@case
def later_round_trip():
    """A path becomes slower, so long after the first SYN; a host that is not to does not."""
    config = {'hosts': {'rtt_ms': [20, 20], 'later_rtt_ms': [300, 150]},
              'exceptions': {OTHERS[0]: {'rtt_ms': [40, 40], 'later_rtt_ms': [0, 0]}}}
    with simnet.Network(config):
        time.sleep(0.4)         # is not counted: there was no SYN yet
        started = time.monotonic()
        rounds = []
        for begin in (0, 0.2, 0.35, 0.6):
            time.sleep(max(0, started + begin - time.monotonic()))
            attempts = connect([(HOST, 80), (OTHERS[0], 80)], 0.2)
            rounds.append([attempt.ms for attempt in attempts])
            close(attempts)
    for there, (changed, same) in zip((20, 20, 150, 150), rounds):
        within(changed, there, there + 15, 'ms to the host of which the path changes')
        within(same, 40, 55, 'ms to the other')


@case
def syns_up():
    """SYNs to hosts that are up are counted, whatever becomes of them, the kernel's repeats too; others are not."""
    config = {'hosts': {'up': 0}, 'exceptions': {HOST: {'up': 1, 'fixed': {'80': 'open', '81-83': 'filtered'}}}}
    with simnet.Network(config) as network:
        attempts = connect([(HOST, port) for port in range(79, 84)] +
                           [(address, 80) for address in OTHERS[:20]], 1.5)
        close(attempts)
    equal((network.stats['syns'], network.stats['syns_up']), (5 + 3 + 2 * 20, 5 + 3), 'SYNs, and those to hosts up')


@case
def port_rate():
    """The most SYNs to one port in a second that begins with one: the scanner's, not the kernel's."""
    config = {'hosts': {'rtt_ms': [1, 1], 'fixed': {'90': 'filtered'}}}
    for asked, most in (
            (((0, 80, 3), (0, 81, 2), (0.5, 82, 2)), 3),            # each port for itself
            (((0, 80, 2), (0.6, 80, 2), (1.2, 80, 3)), 4),          # the next second
            (((0, 80, 1), (0.9, 80, 2), (1.8, 80, 2)), 3),          # a second begins with a SYN
            (((0, 90, 2), (1.5, 90, 1)), 2)):                       # the kernel repeats two
        attempts = []
        with simnet.Network(config) as network:
            started = time.monotonic()
            for begin, port, n in asked:
                time.sleep(max(0, started + begin - time.monotonic()))
                attempts += connect([(HOST, port)] * n, 0.05)
            close(attempts)
        equal(network.stats['max_port_syns_1s'], most, f'SYNs to a port of (when, port, SYNs) {asked}')
    equal(network.stats['kernel_repeats'], 2, 'repeats by the kernel')


def pace(config, rate, seconds, targets=(HOST,)):
    """Connects evenly to new ports for a while; the states that came of it."""
    attempts, started, port = [], time.monotonic(), 0
    with simnet.Network(config) as network:
        while (passed := time.monotonic() - started) < seconds:
            while port < passed * rate:
                port += 1
                attempts.append(Attempt(targets[port % len(targets)], 1 + port % 65535))
            time.sleep(0.002)
        time.sleep(0.1)
        for attempt in attempts:
            if attempt.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                attempt.ended = time.monotonic()
        answered = sum(attempt.ended is not None for attempt in attempts)
        close(attempts)
    return answered, network.stats


@case
def syn_limit():
    """A limit on SYNs lets a burst pass, then so many a second, and nothing else; it counts for all hosts."""
    config = {'hosts': {'rtt_ms': [1, 1]}, 'syn_limit': {'rate': 500, 'burst': 100}}
    answered, stats = pace(config, 2000, 0.8, [HOST, *OTHERS[:3]])
    seconds = stats['duration_us'] / 1e6
    within(answered, 100 + 500 * seconds - 5, 100 + 500 * seconds + 5, 'answers')
    equal(answered + stats['over_syn_limit'], stats['syns'], 'passed and dropped')


@case
def burst():
    """However long the rest, no more pass at once than the burst."""
    config = {'hosts': {'rtt_ms': [1, 1]}, 'syn_limit': {'rate': 200, 'burst': 50}}
    with simnet.Network(config):
        for first in (1, 101):
            attempts = connect([(HOST, port) for port in range(first, first + 100)], 0.1)
            within(sum(attempt.ended is not None for attempt in attempts), 50, 60, 'answers')
            close(attempts)
            time.sleep(0.5)


@case
def peaks():
    """The peak rates are those of the fullest 10 ms, 100 ms and second."""
    with simnet.Network({'hosts': {'rtt_ms': [1, 1]}}) as network:
        started = time.monotonic()
        for begin, n in ((0, 30), (0.2, 20), (0.6, 25), (1.4, 40)):
            time.sleep(max(0, started + begin - time.monotonic()))
            close(connect([(HOST, port) for port in range(1, n + 1)], 0.1))
    equal((network.stats['peak_100ms'], network.stats['peak_1s']), (40, 75), 'peaks')
    within(network.stats['peak_10ms'], 10, 40, 'the peak of 10 ms')


@case
def host_limits():
    """Limits of a host: of its RSTs, of SYNs to it, of ICMP errors; another host has its own."""
    for limit, counter, more in (('rst_limit', 'over_rst_limit', {}), ('syn_limit', 'over_syn_limit', {}),
                                 ('icmp_limit', 'over_icmp_limit', {'other': 'admin-prohibited'})):
        config = {'hosts': {'rtt_ms': [1, 1], limit: {'rate': 100, 'burst': 10}, **more}}
        answered, stats = pace(config, 1000, 0.4, [HOST, OTHERS[0]])
        seconds = stats['duration_us'] / 1e6
        within(answered, 2 * (10 + 100 * seconds) - 8, 2 * (10 + 100 * seconds) + 4, f'answers with {limit}')
        equal(answered + stats[counter], stats['syns'], 'answered and dropped')


@case
def silence():
    """In its silence the network neither takes nor gives anything; before and after it does."""
    config = {'hosts': {'rtt_ms': [20, 20]}, 'silence_ms': [100, 300]}
    with simnet.Network(config) as network:
        states = []
        started = time.monotonic()
        for begin in (0, 0.09, 0.2, 0.45):
            time.sleep(max(0, started + begin - time.monotonic()))
            attempts = connect([(HOST, int(begin * 100) + 1)], 0.06)
            states.append(attempts[0].state[0])
            close(attempts)
    equal(states, ['closed', 'filtered', 'filtered', 'closed'], 'states')
    equal(network.stats['silenced'], 2, 'vanished')


@case
def away():
    """A host that leaves says nothing until it is back; the others do."""
    config = {'hosts': {'rtt_ms': [1, 1]}, 'exceptions': {HOST: {'away_ms': [100, 300]}}}
    with simnet.Network(config) as network:
        states = []
        started = time.monotonic()
        for begin in (0, 0.2, 0.45):
            time.sleep(max(0, started + begin - time.monotonic()))
            attempts = connect([(HOST, int(begin * 100) + 1), (OTHERS[0], int(begin * 100) + 1)], 0.06)
            states.append([attempt.state[0] for attempt in attempts])
            close(attempts)
    equal(states, [['closed', 'closed'], ['filtered', 'closed'], ['closed', 'closed']], 'states')
    equal(network.stats['host_down'], 1, 'SYNs to nobody')


@case
def hosts_down():
    """So many hosts are up as asked for; the others say nothing. Exceptions are exceptions."""
    config = {'seed': 9, 'hosts': {'up': 0.25, 'rtt_ms': [1, 1]},
              'exceptions': {'198.18.1.0/25': {'up': 0}, '198.18.1.128/25': {'up': 1, 'fixed': {'80': 'open'}}}}
    with simnet.Network(config) as network:
        truth = network.truth('198.18.0.0/24', '80')
        equal(len(truth.hosts) + truth.n_down, 256, 'hosts')
        within(len(truth.hosts), 45, 85, 'hosts that are up')
        addresses = [f'198.18.0.{n}' for n in range(256)]
        attempts = connect([(address, 80) for address in addresses])
        equal({a for a, attempt in zip(addresses, attempts) if attempt.ended}, set(truth.hosts), 'hosts that are up')
        close(attempts)
        exceptions = network.truth('198.18.1.0/24', '80')
        equal((len(exceptions.hosts), exceptions.count('open')), (128, 128), 'exceptions')
        down, up = attempts = connect([('198.18.1.1', 80), ('198.18.1.200', 80)])
        equal((down.state[0], up.state[0]), ('filtered', 'open'), 'states')
        close(attempts)


@case
def many():
    """20,000 SYNs as fast as they come: nothing is lost that should not be, and each state is right."""
    config = {'seed': 2, 'hosts': {'up': 1, 'ports': '1-1000', 'states': {'open': 0.5}, 'rtt_ms': [30, 60]}}
    addresses = OTHERS[:20]
    with simnet.Network(config) as network:
        for address in addresses:
            truth = network.truth(address, '1-1000').hosts[address]
            attempts = connect([(address, port) for port in range(1, 1001)], 5)
            wrong = [attempt.port for attempt in attempts
                     if attempt.state[0] != truth.ports.get(attempt.port, ('closed',))[0]]
            equal(wrong, [], f'ports of {address}')
            close(attempts)
    equal((network.stats['syns'], network.stats['overflow'], network.stats['kernel_repeats']), (20000, 0, 0), 'seen')
    within(network.stats['peak_1s'], network.stats['peak_100ms'], 20000, 'the peak of a second')
    within(network.stats['max_half_open'], 500, 1000, 'half open')


@case
def half_open():
    """Connections are half open until the handshake is done or they are refused."""
    config = {'hosts': {'fixed': {'1-100': 'open'}, 'rtt_ms': [50, 50]}}
    with simnet.Network(config) as network:
        for first in (1, 51, 101):
            close(connect([(HOST, port) for port in range(first, first + 50)]))
    equal(network.stats['max_half_open'], 50, 'half open')


@case
def comparison():
    """Each kind of wrong answer is found, and nothing in a right report."""
    truth = simnet.Truth([1, 2, 3, 4], {
        'a': simnet.Host('up', ports={1: ('open', 'syn-ack', None), 2: ('filtered', 'no-response', None),
                                      3: ('filtered', 'port-unreach', 'r')}),
        'b': simnet.Host('up', ports={})})
    closed = ('closed', 'conn-refused', None)
    silent = ('filtered', 'no-response', None)

    def found(a=None, b='up', **more):
        ports = {**truth.hosts['a'].ports, 4: closed, **(a or {})}
        return {'a': simnet.Host('up', 'syn-ack', ports), 'b': simnet.Host(b, '', dict.fromkeys(truth.asked, closed)),
                **more}

    def faults(hosts, reasons=True):
        return {kind: n for kind, n in simnet.compare(truth, hosts, reasons).counts.items() if n}

    equal(faults(found()), {}, 'right')
    equal(faults(found({1: silent})), {'open missed': 1}, 'open as filtered')
    equal(faults(found({1: closed})), {'open missed': 1}, 'open as closed')
    equal(faults(found({4: ('open', 'syn-ack', None)})), {'open invented': 1}, 'closed as open')
    equal(faults(found({2: closed})), {'filtered as closed': 1}, 'filtered as closed')
    equal(faults(found({4: silent})), {'closed as filtered': 1}, 'closed as filtered')
    equal(faults(found({4: ('unknown', '', None)})), {'no state': 1}, 'unknown')
    equal(faults(found({3: ('filtered', 'port-unreach', 'x')})), {'reason wrong': 1}, 'another sender')
    equal(faults(found({3: closed})), {'filtered as closed': 1}, 'rejected as closed')
    equal(faults(found({3: closed}), False), {}, 'rejected as closed by nmap')
    equal(faults(found(b='down')), {'host missed': 1}, 'up as down')
    equal(faults(found(c=simnet.Host('up', 'syn-ack', {1: ('open', 'syn-ack', None)}))),
          {'host invented': 1, 'open invented': 1}, 'down as up')
    equal(faults(found(c=simnet.Host('up', 'user-set', dict.fromkeys(truth.asked, silent)))), {}, 'taken as up')


@case
def bad_configuration():
    """A setting that is misspelt or impossible is an error: it was meant to do something."""
    for text in ('{"hosts": {"rtt": [1, 2]}}', '{"hosts": {"rtt_ms": [2, 1]}}', '{"hosts": {"states": {"opne": 1}}}',
                 '{"hosts": {"ports": "1-3", "states": {"open": 4}}}', '{"hosts": {"fixed": {"0": "open"}}}',
                 '{"exceptions": {"198.18.0.1": {}}}', '{"hosts": {"up": 1.5}}', '{"syn_limit": {"rate": "x"}}',
                 '[]', '', '{"silence_ms": 5}', '{"hosts": {"later_rtt_ms": [5]}}', '{"later_rtt_ms": [5, 6]}'):
        with tempfile.NamedTemporaryFile('w') as file:
            file.write(text)
            file.flush()
            status = subprocess.run([simnet.find_simulator(), '--truth', file.name, HOST, '1'],
                                    capture_output=True, text=True, check=False)
            equal((status.returncode, status.stderr.startswith('simnet: ')), (1, True), text)


if __name__ == '__main__':
    reason = simnet.why_unavailable()
    if reason:
        tap.skip_all(reason)
    simnet.enter_namespace()
    tap.main()
