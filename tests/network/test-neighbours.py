#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A large network of our own, most of whose addresses nobody has: all hosts are found.

The kernel looks for each address for 3 s and can look for 1,024 at a time, by default. If one of these
fails, hosts that answer are called down, because our own machine never sent them anything.
"""

import random

import netns
import scanner
import tap
from tap import equal

netns.enter()

N_UP = 40
NETWORKS = {
    'IPv4': ('10.77.0.0/21', '10.77.8.1/16', [f'10.77.{i // 256}.{i % 256}/16' for i in range(1, 2047)]),
    'IPv6': ('fd77::/117', 'fd77::1:1/64', [f'fd77::{i:x}/64' for i in range(1, 2047)]),
}
if not netns.have_ipv6():
    del NETWORKS['IPv6']

seeded = random.Random(7)
up = {family: seeded.sample(addresses, N_UP) for family, (_, _, addresses) in NETWORKS.items()}
target = netns.Namespace()
netns.link(netns.here(), 's0', [own for _, own, _ in NETWORKS.values()], target, 't0',
           [addresses[0] for addresses in up.values()])
with target:
    netns.run('ip', '-batch', '-', stdin=''.join(
        f'address add {address} dev t0{" nodad" if ":" in address else ""}\n'
        for addresses in up.values() for address in addresses[1:]))
    netns.serve('0.0.0.0', 80)
    if 'IPv6' in NETWORKS:
        netns.serve('::', 80)


def check(family, *arguments):
    if family not in NETWORKS:
        raise tap.Skip('there is no IPv6 here')
    network = NETWORKS[family][0]
    result = scanner.scan_well('-p', '80', *arguments, network)
    states = {host['address']: host['ports'] for host in result.report['hosts'] if host['state'] == 'up'}
    equal(sorted(states), sorted(address.partition('/')[0] for address in up[family]), 'hosts that are up')
    for address, ports in states.items():
        equal([(port['port'], port['state']) for port in ports], [(80, 'open')], address)


tap.case('an IPv4 network with more addresses than the kernel can look for at a time', 'IPv4')(check)
tap.case('the same in IPv6', 'IPv6')(check)
tap.case('without host discovery', 'IPv4', '--skip-discovery')(check)

if __name__ == '__main__':
    tap.main()
