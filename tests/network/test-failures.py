#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What our own machine cannot do is never told as the state of somebody's port.

If one of these fails, a user whose cable came loose, whose route is missing or whose machine ran out
of local ports reads a report of closed or filtered ports that nobody ever asked.

   scanner  198.18.0.1, fd00::1 ── 198.18.0.2, fd00::2  target
"""

import socket
import time

import netns
import scanner
import tap
from tap import equal, true

netns.enter()

target = netns.Namespace()
families = ['IPv4', 'IPv6'] if netns.have_ipv6() else ['IPv4']
TARGETS = {'IPv4': '198.18.0.2', 'IPv6': 'fd00::2'}

netns.link(netns.here(), 's0', ['198.18.0.1/24', 'fd00::1/64'][:len(families)],
           target, 't0', ['198.18.0.2/24', 'fd00::2/64'][:len(families)])

with target:
    for name in families:
        netns.serve(TARGETS[name], 80)


def expect_failure(result, words=('cannot connect',)):
    """Exit status 2 and one sentence that says what failed; another may say how to continue."""
    lines = [line for line in result.stderr.splitlines() if '--resume' not in line]
    equal((result.status, len(lines)), (2, 1), f'exit status and lines of {lines}')
    true(lines[0].startswith('roadstead-cli: ') and lines[0].endswith('.'), f'no sentence: {lines[0]}')
    for word in words:
        true(word in lines[0], f'“{word}” is not in “{lines[0]}”')
    equal(result.report['status'], 'failed', 'status in the report')


def no_states(result, address):
    """Nothing may be said about ports of an address that was never reached."""
    for host in result.report['hosts']:
        if host['address'] == address:
            equal((scanner.ports_of(host), host['state']), ({}, 'unknown'), f'what is said of {address}')


# No route, or one that forbids: connect() itself says so and no packet leaves. Each scan needs some
# seconds of patience, so all of them run side by side.
ROUTES = {
    'IPv4': {'no': '203.0.113.7', 'unreachable': '192.0.2.1', 'prohibit': '192.0.2.2', 'blackhole': '192.0.2.3'},
    'IPv6': {'no': '2001:db8::7', 'unreachable': '2001:db8:1::1', 'prohibit': '2001:db8:1::2',
             'blackhole': '2001:db8:1::3'},
}
running = {}


def start_scan(key, *arguments):
    path = scanner.report_path()
    running[key] = (scanner.start('-n', '-o', path, *arguments), path)


for name in families:
    for route, address in ROUTES[name].items():
        if route != 'no':
            netns.run('ip', 'route', 'add', route, address)
        start_scan((name, route), '-p', '22,80,443', address)
    start_scan((name, 'two'), '-p', '79-81', ROUTES[name]['no'], TARGETS[name])
    start_scan((name, 'short'), '-p', '80', ROUTES[name]['no'], TARGETS[name])


def check_route(family, kind):
    result = scanner.finish(*running[family, kind])
    expect_failure(result)
    no_states(result, ROUTES[family][kind])


def check_route_partial(family):
    """The reachable target's results are kept when another has no route."""
    result = scanner.finish(*running[family, 'two'])
    equal((result.status, len(result.stderr.splitlines())), (0, 1), f'exit status and lines ({result.stderr})')
    true(f"{ROUTES[family]['no']} was not scanned" in result.stderr, result.stderr)
    no_states(result, ROUTES[family]['no'])
    closed = ('closed', 'conn-refused', None)
    equal(result.ports(TARGETS[family]), {79: closed, 80: ('open', 'syn-ack', None), 81: closed},
          'ports of the target that is there')


def check_route_short(family):
    """In a scan of one port, too, the other target is done before it is known that there is no route."""
    result = scanner.finish(*running[family, 'short'])
    equal((result.status, result.report['status']), (0, 'finished'), f'exit status and status ({result.stderr})')
    true(any(ROUTES[family]['no'] in problem for problem in result.report['problems']), 'the target is not named')
    equal(result.ports(TARGETS[family]), {80: ('open', 'syn-ack', None)}, 'ports of the target that is there')


for name in families:
    for route in ROUTES[name]:
        tap.case(f'{name}: {route} route', name, route)(check_route)
    tap.case(f'{name}: results of reachable targets are kept', name)(check_route_partial)
    tap.case(f'{name}: one unreachable target in a short scan', name)(check_route_short)


@tap.case('many ports without a route')
def check_many_ports_without_route():
    result = scanner.scan('-p-', ROUTES['IPv4']['no'])
    expect_failure(result, ['Network is unreachable'])
    no_states(result, ROUTES['IPv4']['no'])


@tap.case('a network’s broadcast address does not fail the scan of the network')
def check_broadcast():
    """A user who scans the network at home is not told that the computer cannot connect."""
    result = scanner.scan('--list-down', '-p', '80', '--timeout', '100', '198.18.0.252/30', TARGETS['IPv4'])
    equal(result.open_ports(TARGETS['IPv4']), [80], 'open ports of the target')
    equal((result.status, result.report['status']), (0, 'finished'), f'exit status ({result.stderr})')
    equal(scanner.ports_of(result.host('198.18.0.255')), {}, 'ports of the broadcast address')
    equal(result.host('198.18.0.255')['state'], 'down', 'the broadcast address')


# What a firewall of our own computer can say of what we send, and the targets that it says it of.
REJECTIONS = {
    'admin-prohibited': ('icmpx type admin-prohibited', {'IPv4': '198.18.0.11', 'IPv6': 'fd00::11'}),
    'port-unreachable': ('icmpx type port-unreachable', {'IPv4': '198.18.0.12', 'IPv6': 'fd00::12'}),
    'no-route': ('icmpx type no-route', {'IPv4': '198.18.0.13', 'IPv6': 'fd00::13'}),
    'host-unreachable': ('icmpx type host-unreachable', {'IPv4': '198.18.0.14', 'IPv6': 'fd00::14'}),
    'host-prohibited': ('icmp type host-prohibited', {'IPv4': '198.18.0.15'}),
}


@tap.case('a firewall of our own computer rejects')
def check_own_firewall():
    """The user reads that it is this computer, and neither that ports are filtered nor that hosts are down."""
    rules, started = [], {}
    for kind, (verdict, addresses) in REJECTIONS.items():
        for family in set(families) & set(addresses):
            with target:
                netns.run('ip', 'address', 'add', addresses[family], 'dev', 't0',
                          *(['nodad'] if family == 'IPv6' else []))
            rules.append(f'{"ip" if family == "IPv4" else "ip6"} daddr {addresses[family]} reject with {verdict}')
    netns.nft('table inet test { chain output { type filter hook output priority 0;\n' + '\n'.join(rules) + '\n}\n}')
    try:
        for kind, (_, addresses) in REJECTIONS.items():
            for family in set(families) & set(addresses):
                path = scanner.report_path()
                started[kind, family] = addresses[family], path, scanner.start(
                    '-n', '-o', path, '--list-down', '-p', '79-81', addresses[family])
        results = {key: (address, scanner.finish(process, path)) for key, (address, path, process) in started.items()}
    finally:
        netns.nft('')
    for (kind, family), (address, result) in results.items():
        expect_failure(result, ['cannot connect', 'A firewall on this computer rejects the connection'])
        no_states(result, address)


@tap.case('the firewall of our own computer rejects one target of two')
def check_own_firewall_partial():
    netns.nft('table inet test { chain output { type filter hook output priority 0;\n'
              'ip daddr 198.18.0.11 reject with icmpx type admin-prohibited\n}\n}')
    try:
        result = scanner.scan('-p', '79-81', '198.18.0.11', TARGETS['IPv4'])
    finally:
        netns.nft('')
    equal(result.status, 0, f'exit status ({result.stderr})')
    true('198.18.0.11 was not scanned. A firewall on this computer' in result.stderr, result.stderr)
    no_states(result, '198.18.0.11')
    equal(result.open_ports(TARGETS['IPv4']), [80], 'open ports of the other')


def hold_ports(first, last):
    """Takes local ports away: a bound socket's port is nobody else's."""
    holders = []
    for port in range(first, last + 1):
        holder = socket.socket()
        holder.bind(('0.0.0.0', port))
        holders.append(holder)
    return holders


def release(holders):
    for holder in holders:
        holder.close()


def set_local_ports(first, last):
    netns.sysctl('net.ipv4.ip_local_port_range', f'{first} {last}')


@tap.case('no local port is left')
def check_no_local_port():
    """EADDRNOTAVAIL, which newer GLib calls “refused”, is neither closed nor filtered."""
    set_local_ports(50000, 50009)
    holders = hold_ports(50000, 50009)
    try:
        result = scanner.scan('-p', '70-90', TARGETS['IPv4'])
    finally:
        release(holders)
    expect_failure(result)
    no_states(result, TARGETS['IPv4'])


@tap.case('few local ports are left')
def check_few_local_ports():
    """Every number of free local ports from 1 to 8: slower perhaps, but the truth."""
    closed = ('closed', 'conn-refused', None)
    wanted = {port: closed for port in range(60, 100)} | {80: ('open', 'syn-ack', None)}
    for free in range(1, 9):
        set_local_ports(50000, 50009)
        holders = hold_ports(50000, 50009 - free)
        try:
            result = scanner.scan_well('-p', '60-99', TARGETS['IPv4'])
        finally:
            release(holders)
        equal(result.ports(TARGETS['IPv4']), wanted, f'ports with {free} local ports')


@tap.case('few local ports and silent targets')
def check_few_local_ports_silent():
    """Silent connects hold their local ports; the others must wait, not fail."""
    with target:
        netns.nft('table inet test { chain input { type filter hook input priority 0;\n'
                  'ip daddr 198.18.0.2 tcp dport 1000-1039 drop\n}\n}')
    set_local_ports(50000, 50003)
    try:
        result = scanner.scan_well('-p', '80,1000-1039', '--timeout', '100', '--max-retries', '1', TARGETS['IPv4'])
    finally:
        with target:
            netns.nft('')
    silent = ('filtered', 'no-response', None)
    equal(result.ports(TARGETS['IPv4']), {80: ('open', 'syn-ack', None)} | {p: silent for p in range(1000, 1040)},
          'ports')


@tap.case('local ports come back before patience is over')
def check_recovery():
    """A machine that is out of ports for a second goes on where it was."""
    set_local_ports(50000, 50009)
    holders = hold_ports(50000, 50009)
    path = scanner.report_path()
    process = scanner.start('-n', '-o', path, '-p', '70-90', TARGETS['IPv4'])
    time.sleep(0.5)
    release(holders)
    result = scanner.finish(process, path)
    equal((result.status, result.stderr), (0, ''), 'exit status and what was said')
    equal(result.open_ports(TARGETS['IPv4']), [80], 'open ports')
    equal(len(result.ports(TARGETS['IPv4'])), 21, 'ports')


@tap.case('the scan reaches itself and says closed')
def check_self_connect():
    """A connect to 127.0.0.1 from the very port it goes to succeeds; nothing listens there."""
    closed = ('closed', 'conn-refused', None)
    for size in (1, 2, 3, 5, 8):
        set_local_ports(41000, 41000 + size - 1)
        for _ in range(4):
            result = scanner.scan_well('-p', f'41000-{41000 + size - 1}', '127.0.0.1')
            equal(result.ports('127.0.0.1'), {port: closed for port in range(41000, 41000 + size)},
                  f'ports, as many as local ports: {size}')


@tap.case('IPv6: the scan reaches itself and says closed')
def check_self_connect_ipv6():
    if 'IPv6' not in families:
        raise tap.Skip('no IPv6 here')
    closed = ('closed', 'conn-refused', None)
    set_local_ports(41000, 41003)
    for _ in range(5):
        result = scanner.scan_well('-p', '41000-41003', '::1')
        equal(result.ports('::1'), {port: closed for port in range(41000, 41004)}, 'ports')


@tap.case('listeners among the local ports are open')
def check_self_connect_listeners():
    set_local_ports(41000, 41009)
    for port in (41003, 41007):
        netns.serve('127.0.0.1', port, 1)
    for _ in range(10):
        result = scanner.scan_well('-p', '41000-41009', '127.0.0.1')
        equal(result.open_ports('127.0.0.1'), [41003, 41007], 'open ports')
        equal(len(result.ports('127.0.0.1')), 10, 'ports')


@tap.case('a full scan with few local ports')
def check_full_scan_few_local_ports():
    set_local_ports(41000, 41199)
    for port in (41050, 41150, 22):
        netns.serve('127.0.0.1', port)
    for _ in range(2):
        result = scanner.scan_well('-p-', '127.0.0.1')
        equal(result.open_ports('127.0.0.1'), [22, 41003, 41007, 41050, 41150], 'open ports')
        equal(len(result.ports('127.0.0.1')), 65535, 'ports')


@tap.case('the first question for a neighbour’s address is lost')
def check_lost_arp():
    """A machine beside us is not called down for one lost packet that all the first SYNs waited for."""
    with target:
        netns.nft('table arp test { counter asked {}\n chain input { type filter hook input priority 0;\n'
                  'arp operation request counter name asked drop\n}\n}')
    netns.run('ip', 'neighbour', 'flush', 'dev', 's0')
    path = scanner.report_path()
    process = scanner.start('-n', '-o', path, '-p', '79-81', TARGETS['IPv4'])
    with target:
        netns.wait_for(lambda: netns.counter('asked', 'arp') > 0, 'the question')
        netns.run('nft', 'flush', 'ruleset')
    result = scanner.finish(process, path)
    equal(result.host(TARGETS['IPv4'])['state'], 'up', 'the host')
    equal(result.open_ports(TARGETS['IPv4']), [80], 'open ports')


@tap.case('a neighbour that drops all we send, IPv4', 'IPv4')
@tap.case('a neighbour that drops all we send, IPv6', 'IPv6')
def check_silent_neighbour(family):
    """A machine beside us that tells its hardware address is not said to be down, only silent."""
    if family not in TARGETS:
        raise tap.Skip('there is no IPv6 here')
    with target:
        netns.nft('table inet test { chain input { type filter hook input priority 0;\nmeta l4proto tcp drop\n}\n}')
    try:
        result = scanner.scan_well('-p', '79-81', TARGETS[family])
    finally:
        with target:
            netns.run('nft', 'flush', 'ruleset')
    equal(result.host(TARGETS[family])['state'], 'unknown', 'the host')


@tap.case('the network goes down in the middle')
def check_network_down():
    """What was found before stays right, and nothing is made up about the rest."""
    set_local_ports(32768, 60999)
    path = scanner.report_path()
    process = scanner.start('-n', '-o', path, '-p', '1-20000', '--max-rate', '4000', TARGETS['IPv4'])
    with target:
        netns.nft('table inet test { counter seen {}\n chain input { type filter hook input priority 0;\n'
                  'tcp flags syn counter name seen\n}\n}')
        netns.wait_for(lambda: netns.counter('seen') > 1000, 'the scan to be under way')
    netns.run('ip', 'link', 'set', 's0', 'down')
    try:
        result = scanner.finish(process, path)
    finally:
        netns.run('ip', 'link', 'set', 's0', 'up')
    expect_failure(result)
    ports = result.ports(TARGETS['IPv4'])
    true(900 < len(ports) < 20000, f'{len(ports)} ports')
    equal({port: what for port, what in ports.items()
           if what[:2] != (('open', 'syn-ack') if port == 80 else ('closed', 'conn-refused'))}, {}, 'other ports')


def take_down(seconds):
    """The cable is out for a while."""
    netns.run('ip', 'link', 'set', 's0', 'down')
    time.sleep(seconds)
    netns.run('ip', 'link', 'set', 's0', 'up')


@tap.case('the network goes down for six seconds: --wait-network goes on, and all is right')
def check_wait_network():
    """Losing it: a cable that is plugged out for a moment ends a scan of hours, or makes ports filtered."""
    set_local_ports(32768, 60999)
    path = scanner.report_path()
    process = scanner.start('-n', '-o', path, '-p', '1-20000', '--max-rate', '4000', '--wait-network', TARGETS['IPv4'])
    with target:
        netns.nft('table inet test { counter seen {}\n chain input { type filter hook input priority 0;\n'
                  'tcp flags syn counter name seen\n}\n}')
        before = netns.counter('seen')
        netns.wait_for(lambda: netns.counter('seen') > before + 1000, 'the scan to be under way')
    take_down(6)
    result = scanner.finish(process, path)
    equal((result.status, len(result.stderr.splitlines())), (0, 1), f'exit status and lines of {result.stderr}')
    ports = result.ports(TARGETS['IPv4'])
    equal(len(ports), 20000, 'ports')
    equal({port: what for port, what in ports.items()
           if what[:2] != (('open', 'syn-ack') if port == 80 else ('closed', 'conn-refused'))}, {}, 'other ports')


tap.main()
