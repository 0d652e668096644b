#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names: of addresses (never in the way of the scan) and of targets.

If one of these fails, a scan of a network whose name server is slow seems to hang, or a user reads of
one address what was found at another.
"""

import contextlib
import os
import re
import signal
import socket
import struct
import subprocess
import threading
import time

import netns
import scanner
import tap
from tap import equal, true

netns.enter()

ANSWERED, UNANSWERED = '198.18.0.10', '198.18.0.11'
NAMES = {('many.example', 1): ['198.18.0.10', '198.18.0.11', '198.18.0.12'],
         ('many.example', 28): ['fd00::10'],
         ('one.example', 1): ['198.18.0.11']}
POINTERS = {'10.0.18.198.in-addr.arpa': 'ten.example'}
# Their server answers when 1 s has passed.
SLOW = [f'slow-{number}.example' for number in range(80)]
NAMES |= {(name, 1): [f'127.1.0.{number + 1}'] for number, name in enumerate(SLOW)}
DEAD = [f'dead-{number}.example' for number in range(100)]
SILENT = {'11.0.18.198.in-addr.arpa', *DEAD}
RESOLVER = 'nameserver 127.0.0.1\noptions timeout:30 attempts:1\n'
questions = []


def pack_name(name):
    return b''.join(bytes([len(label)]) + label.encode() for label in name.split('.')) + b'\0'


def answer(packet):
    """The answer to a question, or None for no answer at all."""
    labels, position = [], 12
    while packet[position]:
        labels.append(packet[position + 1:position + 1 + packet[position]].decode().lower())
        position += 1 + packet[position]
    name, kind = '.'.join(labels), struct.unpack('!H', packet[position + 1:position + 3])[0]
    question = packet[12:position + 5]
    questions.append((name, kind))
    if name in SILENT:
        return None

    if kind == 12 and name in POINTERS:
        data = [pack_name(POINTERS[name])]
    else:
        data = [socket.inet_pton(socket.AF_INET if kind == 1 else socket.AF_INET6, address)
                for address in NAMES.get((name, kind), [])]
    known = bool(data) or any(name == other for other, _ in NAMES)
    header = packet[:2] + struct.pack('!HHHHH', 0x8180 if known else 0x8183, 1, len(data), 0, 0)
    records = b''.join(b'\xc0\x0c' + struct.pack('!HHIH', kind, 1, 60, len(item)) + item for item in data)
    return header + question + records


def serve_names():
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(('127.0.0.1', 53))

    def loop():
        while True:
            packet, client = server.recvfrom(512)
            reply = answer(packet)
            if reply is not None:
                delay = 1 if b'slow-' in packet else 0
                threading.Timer(delay, server.sendto, (reply, client)).start()

    threading.Thread(target=loop, daemon=True).start()


for address in ('198.18.0.10', '198.18.0.11', '198.18.0.12'):
    netns.run('ip', 'address', 'add', f'{address}/32', 'dev', 'lo')
if netns.have_ipv6():
    netns.run('ip', 'address', 'add', 'fd00::10/128', 'dev', 'lo', 'nodad')
netns.replace_file('/etc/resolv.conf', RESOLVER)
netns.replace_file('/etc/nsswitch.conf', 'hosts: files dns\n')
netns.serve('0.0.0.0', 80)
serve_names()


def scan(*arguments):
    """A scan with DNS; how long it took, too."""
    path = scanner.report_path()
    begin = time.monotonic()
    result = scanner.finish(scanner.start('-o', path, *arguments), path)
    equal((result.status, result.stderr), (0, ''), 'exit status and what was said')
    return result, time.monotonic() - begin


@tap.case('a name server that does not answer is not waited for')
def check_silent():
    """The scan ends soon, with the name that was found."""
    result, elapsed = scan('-p', '79,80', ANSWERED, UNANSWERED)
    true(elapsed < 8, f'it took {elapsed:.1f} s')
    equal(result.host(ANSWERED)['names'], [{'name': 'ten.example', 'type': 'PTR'}], 'names of the first')
    equal(result.host(UNANSWERED)['names'], [], 'names of the second')
    true('11.0.18.198.in-addr.arpa' in [name for name, _ in questions], 'the second was not asked for')
    true('Nmap scan report for ten.example (198.18.0.10)' in result.stdout
         or 'scan report for ten.example (198.18.0.10)' in result.stdout, result.stdout)


@tap.case('a name that is there at once is waited for')
def check_quick():
    for _ in range(5):
        result, _ = scan('-p', '80', ANSWERED)
        equal(result.host(ANSWERED)['names'], [{'name': 'ten.example', 'type': 'PTR'}], 'names')


# Losing it: the program seems to hang, for minutes.
@tap.case('80 names, of which a server tells each after 1 s')
def check_slow():
    """They are asked for in parallel, and a terminal says what is waited for."""
    master, slave = os.openpty()
    path = scanner.report_path()
    begin = time.monotonic()
    with subprocess.Popen([scanner.PROGRAM, '-n', '-4', '-p', '80', '-oX', '/dev/null', '-o', path, *SLOW],
                          stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=slave) as process:
        os.close(slave)
        said = b''
        with open(master, 'rb', buffering=0) as terminal, contextlib.suppress(OSError):     # which ends with it
            while more := terminal.read(4096):
                said += more
    elapsed = time.monotonic() - begin
    equal(process.returncode, 0, f'exit status ({said})')
    hosts = scanner.read_report(path)['hosts']
    equal(sorted(name['name'] for host in hosts for name in host['names']), sorted(SLOW), 'names')
    true(re.search('Looking up names: [1-9][0-9]? of 80\\W', said.decode()), said)
    print(f'# {elapsed:.1f} s')
    true(elapsed < len(SLOW) / 2, f'{elapsed:.1f} s: the names are looked up one by one')


# Losing it: nobody knows why nothing happens, and Ctrl-C seems to do nothing, either.
@tap.case('100 names for which nobody answers')
def check_dead():
    """A terminal says how many were not answered, and the program ends at once when it is interrupted."""
    netns.replace_file('/etc/resolv.conf', 'nameserver 127.0.0.1\noptions timeout:3 attempts:1\n')
    master, slave = os.openpty()
    try:
        with subprocess.Popen([scanner.PROGRAM, '-n', '-4', '-p', '80', '-o', '/dev/null', '--format', 'text',
                               'one.example', *DEAD],
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=slave) as process:
            os.close(slave)
            said = b''
            with open(master, 'rb', buffering=0) as terminal:
                while not re.search(b'of 101, [1-9][0-9]* not answered', said):
                    said += terminal.read(4096)
                process.send_signal(signal.SIGINT)
                equal(process.wait(30), 130, f'exit status ({said})')
    finally:
        netns.replace_file('/etc/resolv.conf', RESOLVER)


@tap.case('-n asks nothing')
def check_no_dns():
    del questions[:]
    result = scanner.scan_well('-p', '80', ANSWERED)
    equal((result.host(ANSWERED)['names'], questions), ([], []), 'names and questions')


@tap.case('a name is looked up even if a router spoke before the host')
def check_late_answer():
    """The first ports are rejected by somebody else and the host answers much later."""
    netns.nft('table inet test { chain input { type filter hook input priority 0;\n'
              'ip daddr 198.18.0.10 tcp dport 1000-1002 drop\n}\n}')
    try:
        result, _ = scan('-p', '80,1000-1002', '--max-rate', '2', '--timeout', '50', '--max-retries', '0', ANSWERED)
    finally:
        netns.nft('')
    equal(result.host(ANSWERED)['names'], [{'name': 'ten.example', 'type': 'PTR'}], 'names')


@tap.case('a name with several addresses')
def check_many():
    """The first is scanned, and the user is told of the others."""
    result, _ = scan('-p', '80', '-4', 'many.example')
    hosts = result.report['hosts']
    equal(len(hosts), 1, 'hosts')
    equal(hosts[0]['names'][0], {'name': 'many.example', 'type': 'user'}, 'name')
    wanted = {'198.18.0.10', '198.18.0.11', '198.18.0.12', 'fd00::10'}
    equal({hosts[0]['address'], *hosts[0]['other_addresses']}, wanted, 'all addresses')
    equal(len(hosts[0]['other_addresses']), 3, 'other addresses')
    true('Other addresses for many.example (not scanned): ' in result.stdout, result.stdout)


@tap.case('--resolve-all: all addresses of a name')
def check_all():
    result, _ = scan('-p', '80', '--resolve-all', '-4', 'many.example', 'one.example')
    hosts = result.report['hosts']
    equal({host['address'] for host in hosts}, {'198.18.0.10', '198.18.0.11', '198.18.0.12'}, 'hosts')
    for host in hosts:
        names = [name['name'] for name in host['names'] if name['type'] == 'user']
        equal(names, ['many.example', 'one.example'] if host['address'] == '198.18.0.11' else ['many.example'], 'names')
        equal(host['other_addresses'], ['fd00::10'], 'other addresses')
    true('Roadstead done: 3 IP addresses (3 hosts up)' in result.stdout, result.stdout)
    if netns.have_ipv6():
        result, _ = scan('-p', '80', '--resolve-all', 'many.example')
        equal(len(result.report['hosts']), 4, 'hosts of both families')


@tap.case('a name of two families')
def check_family():
    if not netns.have_ipv6():
        raise tap.Skip('no IPv6 here')
    result, _ = scan('-p', '80', '-6', 'many.example')
    equal([host['address'] for host in result.report['hosts']], ['fd00::10'], 'hosts')


@tap.case('a name is asked for once')
def check_once():
    del questions[:]
    result, _ = scan('-n', '-p', '80', '-4', 'one.example', 'ONE.example', 'one.example')
    equal([host['address'] for host in result.report['hosts']], ['198.18.0.11'], 'hosts')
    equal(questions.count(('one.example', 1)), 1, 'questions')


tap.main()
