#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Full scans of the own machine find what listens there and nothing else, every time.

If one of these fails, a user sees ports open that nobody listens on (a connect can reach itself), or
misses a service because the machine had few file descriptors.
"""

import random

import netns
import scanner
import tap
from tap import equal, true

netns.enter()

RUNS = 5
ALL_PORTS = 65535
CLOSED = ('closed', 'conn-refused', None)

seeded = random.Random(20260101)
have_ipv6 = netns.have_ipv6()

ipv4 = {seeded.randrange(1, 65536) for _ in range(16)} | {1, 40000, 65535}
ipv6 = {seeded.randrange(1, 65536) for _ in range(16)} | {1, 50000, 65535}
for index, number in enumerate(sorted(ipv4)):
    netns.serve('0.0.0.0', number, index % 4)      # backlogs of 0, 1, 2 and 3
if have_ipv6:
    for index, number in enumerate(sorted(ipv6)):
        netns.serve('::', number, index % 4)


# Local ports are what a scan can reach itself on: some thousands of them and all the listeners.
SOME = '32768-37767,' + ','.join(str(port) for port in sorted(ipv4 | ipv6))


def check(ports, n_ports, target, address, listeners, *arguments, preexec=None):
    result = scanner.scan_well('-p', ports, *arguments, target, preexec=preexec)
    equal(result.open_ports(address), sorted(listeners), 'open ports')
    ports = result.ports(address)
    equal(len(ports), n_ports, 'ports')
    equal({port: what for port, what in ports.items() if port not in listeners and what != CLOSED}, {},
          'ports that are neither open nor closed')
    equal((result.report['status'], len(result.report['hosts'])), ('finished', 1), 'status and hosts')


def check_full(*arguments, **options):
    check('-', ALL_PORTS, *arguments, **options)


def check_some(*arguments, **options):
    n_ports = len(set(range(32768, 37768)) | ipv4 | ipv6)
    check(SOME, n_ports, *arguments, **options)


for run in range(1, RUNS + 1):
    tap.case(f'127.0.0.1, run {run} of {RUNS}', '127.0.0.1', '127.0.0.1', ipv4)(check_full)
tap.case('127.0.0.2', '127.0.0.2', '127.0.0.2', ipv4)(check_some)
tap.case('localhost over IPv4', 'localhost', '127.0.0.1', ipv4, '-4')(check_some)
if have_ipv6:
    tap.case('::1', '::1', '::1', ipv6)(check_full)
    tap.case('localhost over IPv6', 'localhost', '::1', ipv6, '-6')(check_some)


@tap.case('many connects at once, so that further threads take part')
def check_many_at_once():
    check_some('127.0.0.1', '127.0.0.1', ipv4, '--max-parallelism', '3000')


@tap.case('one connect at a time')
def check_one_at_a_time():
    ports = f'{min(ipv4)},{max(ipv4)},2000-2999'
    result = scanner.scan_well('-p', ports, '--max-parallelism', '1', '127.0.0.1')
    equal(result.open_ports('127.0.0.1'), sorted(port for port in ipv4 if port in (1, 65535) or 2000 <= port < 3000),
          'open ports')


def check_few_files(limit, scan):
    """Whatever the limit is, the truth comes out; only slower."""
    scan('127.0.0.1', '127.0.0.1', ipv4, preexec=scanner.limit_files(limit))


for files, how in ((64, check_full), (32, check_some), (24, check_some)):
    tap.case(f'with {files} file descriptors', files, how)(check_few_files)


@tap.case('with a soft limit of 64 and a hard one of 4,096')
def check_soft_limit():
    check_some('127.0.0.1', '127.0.0.1', ipv4, preexec=scanner.limit_files(64, 4096))


@tap.case('two hosts at once with 64 file descriptors')
def check_two_hosts():
    result = scanner.scan_well('-p', SOME, '127.0.0.1', '127.0.0.3', preexec=scanner.limit_files(64))
    for address in ('127.0.0.1', '127.0.0.3'):
        equal(result.open_ports(address), sorted(ipv4), f'open ports of {address}')


@tap.case('numbers add up')
def check_summary():
    result = scanner.scan_well('-p', '1-1000', '127.0.0.1', '127.0.0.2')
    true(len(result.report['hosts']) == 2, 'two hosts')
    for host in result.report['hosts']:
        equal(len(scanner.ports_of(host)), 1000, f'ports of {host["address"]}')


tap.main()
