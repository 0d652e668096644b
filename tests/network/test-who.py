#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is there: hardware addresses of our own networks, whose they are, and names that hosts tell by mDNS.

If one of these fails, a user looks for the wrong device, or does not notice that another one has taken an address.
"""

import os
import socket
import struct
import subprocess
import tempfile
import threading

import netns
import scanner
import tap
from tap import equal, true

netns.enter()

OWN, PI, PI6, PHONE, REMOTE, REMOTE6 = '10.77.0.1', '10.77.0.2', 'fd77::2', '10.77.0.3', '10.78.0.2', 'fd78::2'
PI_MAC, PHONE_MAC = 'B8:27:EB:01:02:03', '06:11:22:33:44:55'
VENDOR = 'Raspberry Pi Foundation'

folder = tempfile.mkdtemp(prefix='roadstead-')
have_ipv6 = netns.have_ipv6()


def with_ipv6(ipv4, ipv6):
    return [ipv4, ipv6] if have_ipv6 else [ipv4]


def set_mac(machine, name, mac):
    with machine:
        netns.run('ip', 'link', 'set', 'dev', name, 'address', mac)


def forget():
    """As if nobody had been asked for before."""
    netns.run('ip', 'neighbour', 'flush', 'all')


# A switch with a Raspberry Pi and a telephone, and behind the Pi another network.
pi, phone, remote = netns.Namespace(), netns.Namespace(), netns.Namespace()
netns.link(netns.here(), 'pi0', with_ipv6(f'{OWN}/24', 'fd77::1/64'), pi, 'eth0',
           with_ipv6(f'{PI}/24', f'{PI6}/64'))
netns.link(netns.here(), 'phone0', ['10.77.0.1/24'], phone, 'wlan0', [])
with phone:
    netns.run('ip', 'address', 'add', f'{PHONE}/24', 'dev', 'wlan0')
netns.run('ip', 'route', 'add', f'{PHONE}/32', 'dev', 'phone0')
with pi:
    netns.sysctl('net.ipv4.ip_forward', 1)
    if have_ipv6:
        netns.sysctl('net.ipv6.conf.all.forwarding', 1)
netns.run('ip', 'route', 'add', '10.78.0.0/24', 'via', PI)
if have_ipv6:
    netns.run('ip', 'route', 'add', 'fd78::/64', 'via', PI6)
netns.link(pi, 'eth1', with_ipv6('10.78.0.1/24', 'fd78::1/64'), remote, 'eth0',
           with_ipv6(f'{REMOTE}/24', f'{REMOTE6}/64'))
with remote:
    netns.run('ip', 'route', 'add', 'default', 'via', '10.78.0.1')
    if have_ipv6:
        netns.run('ip', '-6', 'route', 'add', 'default', 'via', 'fd78::1')
set_mac(pi, 'eth0', PI_MAC)
set_mac(phone, 'wlan0', PHONE_MAC)
for machine in (pi, phone, remote):
    with machine:
        netns.serve('0.0.0.0', 80)
forget()


# Nobody answers there, so that no address has a name in DNS.
netns.replace_file('/etc/resolv.conf', 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n')
netns.replace_file('/etc/nsswitch.conf', 'hosts: files dns\n')


class Responder(threading.Thread):
    """Tells a name by mDNS, or something else: what @answer makes of a question."""

    def __init__(self, address):
        super().__init__(daemon=True)
        self.questions = []
        self.answer = lambda packet: []
        self._socket = socket.socket(socket.AF_INET6 if ':' in address else socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((address, 5353))

    def run(self):
        while True:
            packet, client = self._socket.recvfrom(9000)
            self.questions.append(packet)
            for reply in self.answer(packet):
                self._socket.sendto(reply, client)


def pack(name):
    return b''.join(bytes([len(label)]) + label for label in name.split(b'.')) + b'\0'


def record(packet, data):
    """An answer to a question, with one record for it."""
    return (packet[:2] + struct.pack('!HHHHH', 0x8400, 1, 1, 0, 0) + packet[12:]
            + b'\xc0\x0c' + struct.pack('!HHIH', 12, 0x8001, 10, len(data)) + data)


def named(name):
    return lambda packet: [record(packet, pack(name))]


with pi:
    responders = {address: Responder(address) for address in with_ipv6(PI, PI6)}
for responder in responders.values():
    responder.start()


def scan_names(address, *arguments):
    """A scan with names; the host, what was printed, and how long it took without starting the program."""
    path = scanner.report_path()
    result = scanner.finish(scanner.start('-p', '80', '-o', path, *arguments, address), path)
    equal((result.status, result.stderr), (0, ''), 'exit status and what was said')
    return result.host(address), result.stdout, result.report['elapsed']


def hardware(result, address):
    host = result.host(address)
    return host.get('mac'), host.get('vendor')


@tap.case('the hardware address and its vendor')
def check_vendor():
    forget()
    result = scanner.scan_well('-p', '80', PI)
    equal(hardware(result, PI), (PI_MAC, VENDOR), 'hardware of the host')
    true(f'\nMAC Address: {PI_MAC} ({VENDOR})\n' in result.stdout, result.stdout)


@tap.case('the same in IPv6')
def check_ipv6():
    if not have_ipv6:
        raise tap.Skip('there is no IPv6 here')
    forget()
    equal(hardware(scanner.scan_well('-p', '80', PI6), PI6), (PI_MAC, VENDOR), 'hardware of the host')


@tap.case('a random address has no vendor')
def check_random():
    forget()
    result = scanner.scan_well('-p', '80', PHONE)
    equal(hardware(result, PHONE), (PHONE_MAC, None), 'hardware of the host')
    true(f'\nMAC Address: {PHONE_MAC} (random or virtual)\n' in result.stdout, result.stdout)


@tap.case('a whole network, with our own address, and one that nobody has')
def check_network():
    forget()
    result = scanner.scan_well('-p', '80', '--list-down', '10.77.0.0/29')
    equal({host['address']: host.get('mac') for host in result.report['hosts'] if host['state'] == 'up'},
          {OWN: None, PI: PI_MAC, PHONE: PHONE_MAC}, 'hosts that are up')
    equal([host['address'] for host in result.report['hosts'] if host['state'] == 'down' and 'mac' in host], [],
          'hosts that are down')


# Losing this: the router's address is taken for that of all hosts behind it.
@tap.case('never behind a router')
def check_router():
    for address in with_ipv6(REMOTE, REMOTE6):
        equal(hardware(scanner.scan_well('-p', '80', address), address), (None, None), address)


@tap.case('nmap\'s XML has it where nmap writes it')
def check_xml():
    result = subprocess.run([scanner.PROGRAM, '-n', '-p', '80', '-oX', '-', PI], capture_output=True, text=True,
                            check=True, timeout=scanner.TIMEOUT)
    true(f'<address addr="{PI}" addrtype="ipv4"/>\n'
         f'<address addr="{PI_MAC}" addrtype="mac" vendor="{VENDOR}"/>\n' in result.stdout, result.stdout)


@tap.case('another device at the same address is a difference')
def check_compare():
    paths = [os.path.join(folder, name) for name in ('before.json', 'after.json')]
    for path, mac in zip(paths, (PI_MAC, '00:1B:21:00:00:20')):
        set_mac(pi, 'eth0', mac)
        forget()
        subprocess.run([scanner.PROGRAM, '-n', '-q', '-p', '80', '-o', path, PI], check=True, timeout=scanner.TIMEOUT)
    set_mac(pi, 'eth0', PI_MAC)
    forget()
    result = subprocess.run([scanner.PROGRAM, 'compare', *paths], capture_output=True, text=True, check=False,
                            timeout=scanner.TIMEOUT)
    equal(result.returncode, 1, result.stderr)
    true(f'\n~ {PI}: up\n  ~ MAC address: {PI_MAC} ({VENDOR}) → 00:1B:21:00:00:20 (Intel Corporate)\n'
         in result.stdout, result.stdout)


@tap.case('a host without a name in DNS tells its own')
def check_name():
    for address, responder in responders.items():
        responder.answer = named(b'printer.local')
        host, text, _ = scan_names(address)
        equal(host['names'], [{'name': 'printer.local', 'type': 'mDNS'}], 'names')
        true(f'scan report for printer.local ({address})\n' in text, text)
        true('\nName by mDNS: printer.local\n' in text, text)
        question = responder.questions[-1]
        equal((question[2:12], question[-4:]), (b'\0\0\0\1\0\0\0\0\0\0', b'\0\x0c\0\1'), 'the question')
    true(pack(b'2.0.77.10.in-addr.arpa') in responders[PI].questions[-1], responders[PI].questions[-1])
    equal({address: len(responder.questions) for address, responder in responders.items()},
          dict.fromkeys(responders, 1), 'questions')


@tap.case('no questions without DNS')
def check_no_dns():
    del responders[PI].questions[:]
    host, _, _ = scan_names(PI, '-n')
    equal((host['names'], responders[PI].questions), ([], []), 'names and questions')


@tap.case('nobody behind a router is asked')
def check_far_name():
    with remote:
        far = Responder(REMOTE)
    far.answer = named(b'far.local')
    far.start()
    host, _, _ = scan_names(REMOTE)
    equal((host['names'], far.questions), ([], []), 'names and questions')


# Losing this: each host without mDNS costs a second.
@tap.case('a host that refuses the question is not waited for')
def check_refused():
    host, _, elapsed = scan_names(PHONE)
    equal(host['names'], [], 'names')
    true(elapsed < 0.9, f'it took {elapsed:.2f} s')


@tap.case('a silent host costs one second at most')
def check_silent():
    responders[PI].answer = lambda packet: []
    host, _, elapsed = scan_names(PI)
    equal(host['names'], [], 'names')
    true(0.9 < elapsed < 1.9, f'it took {elapsed:.2f} s')


HOSTILE = {
    'a loop of pointers': lambda packet: [record(packet, b'\xc0' + bytes([len(packet) + 12]))],
    '64 KiB': lambda packet: [record(packet, pack(b'a.local')) + bytes(65000)],
    'control characters': named(b'\x1b[2J.local'),
    'another question\'s number': lambda packet: [record(b'\0\0' + packet[2:], pack(b'a.local')),
                                                record(b'\1\1' + packet[2:], pack(b'a.local'))],
    'a name of somebody else': named(b'www.example.com'),
    'a flood of nonsense': lambda packet: [bytes(range(n)) for n in range(200)],
}


def check_hostile(answer):
    responders[PI].answer = answer
    host, _, elapsed = scan_names(PI)
    equal(host['names'], [], 'names')
    true(elapsed < 1.9, f'it took {elapsed:.2f} s')


for what, hostile in HOSTILE.items():
    tap.case(f'hostile: {what}', hostile)(check_hostile)


@tap.case('a wrong answer does not keep the right one out')
def check_wrong_first():
    responders[PI].answer = lambda packet: [b'', b'nonsense', record(b'\0\0' + packet[2:], pack(b'a.local')),
                                            record(packet, pack(b'printer.local'))]
    host, _, _ = scan_names(PI)
    equal(host['names'], [{'name': 'printer.local', 'type': 'mDNS'}], 'names')


if __name__ == '__main__':
    tap.main()
