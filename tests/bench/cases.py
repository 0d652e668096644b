# SPDX-License-Identifier: GPL-3.0-or-later
"""The cases of the benchmark: which network, what is scanned, and what is to be reached."""

import dataclasses

HOST = '198.18.0.1'


SPARSE_PORTS = '22,80,443,445,3389'
SPARSE = {'up': 0.05, 'ports': SPARSE_PORTS, 'states': {'open': 0.3}, 'rtt_ms': [20, 80], 'jitter_ms': 1}


@dataclasses.dataclass
class Case:
    """One case.

    about: the network in words
    config: the simulated network; None is a real one, see bench.py
    targets, ports: what is scanned, as lists with commas
    nmap_seconds: what nmap 7.93 needed on two cores when the cases were laid down
    reach: the ratio of our time to nmap's that is to be reached
    discovery: whether hosts are looked for before their ports are scanned
    options: more options of roadstead-cli
    nmap_targets: where all of it would take nmap too long: the part that it scans
    nmap_scale: by how much the whole is larger than that part
    max_bytes: the memory that is not to be exceeded
    connects_alone: where the processor is what limits: how many connects connect-only.c has under way at
        once to show what GSocketClient needs by itself
    """
    about: str
    config: dict | None
    targets: str
    ports: str
    nmap_seconds: float
    reach: float
    discovery: bool = False
    options: tuple = ()
    nmap_targets: str = ''
    nmap_scale: int = 1
    max_bytes: int = 0
    connects_alone: int = 0


# Jitter is about 2 % of the round trip on average, now and then much more: only with such jitter does
# nmap need the times given here. Of the lost packets one half are SYNs, the other half answers.
CASES = {
    'textbook': Case(
        'one host, 1,000 ports of which 4 filtered and 12 open, 100 ms',
        {'seed': 1, 'hosts': {'ports': '1-1000', 'states': {'open': 12, 'filtered': 4},
                              'rtt_ms': [100, 100], 'jitter_ms': 2}},
        HOST, '1-1000', 13, 0.12),
    'all-ports': Case(
        'one host, all 65,535 ports of which 20 open, 20 ms',
        {'seed': 2, 'hosts': {'states': {'open': 20}, 'rtt_ms': [20, 20], 'jitter_ms': 0.5}},
        HOST, '1-65535', 6.0, 0.40, connects_alone=1000),
    'firewall': Case(
        'one host, 1,000 ports of which 22, 80 and 443 open and 997 filtered, 50 ms',
        {'seed': 3, 'hosts': {'ports': '1-1000', 'fixed': {'22,80,443': 'open'}, 'states': {'filtered': 997},
                              'rtt_ms': [50, 50], 'jitter_ms': 1}},
        HOST, '1-1000', 4.9, 0.30),
    'home': Case(
        'a /24, 100 ports (5 % open, 1 % filtered), 30 % of the hosts up, 10 to 50 ms, discovery',
        {'seed': 4, 'hosts': {'up': 0.3, 'ports': '1-100', 'states': {'open': 0.05, 'filtered': 0.01},
                              'rtt_ms': [10, 50], 'jitter_ms': 0.5}},
        '198.18.0.0/24', '1-100', 4.3, 0.40, discovery=True),
    'lossy': Case(
        'one host, 10,000 ports of which 20 open and 5 filtered, 40 ms, 3 % loss',
        {'seed': 5, 'hosts': {'ports': '1-10000', 'states': {'open': 20, 'filtered': 5}, 'rtt_ms': [40, 40],
                              'jitter_ms': 1, 'loss_out': 0.015, 'loss_back': 0.015}},
        HOST, '1-10000', 25, 0.15),
    'limited': Case(
        'one host, 10,000 ports of which 20 open, 30 ms, of the SYNs 1,000 a second pass (100 at once) and '
        'the others vanish; 10 s is the limit',
        {'seed': 6, 'hosts': {'ports': '1-10000', 'states': {'open': 20}, 'rtt_ms': [30, 30], 'jitter_ms': 1},
         'syn_limit': {'rate': 1000, 'burst': 100}},
        HOST, '1-10000', 12, 1.0),
    'sparse': Case(
        'a /22, 5 ports (30 % open), 5 % of the hosts up, 20 to 80 ms, discovery',
        {'seed': 7, 'hosts': SPARSE},
        '198.18.0.0/22', SPARSE_PORTS, 6.5, 0.30, discovery=True),
    'far': Case(
        'one host, 1,000 ports of which 300 filtered, 21 rejected by a router (3 with each code) and 9 open, '
        '350 ms',
        {'seed': 8, 'hosts': {'ports': '1-1000', 'rtt_ms': [350, 350], 'jitter_ms': 7, 'rejected_by': 'router',
                              'states': {'open': 9, 'filtered': 300, 'net-unreach': 3, 'host-unreach': 3,
                                         'proto-unreach': 3, 'port-unreach': 3, 'net-prohibited': 3,
                                         'host-prohibited': 3, 'admin-prohibited': 3}}},
        HOST, '1-1000', 40, 0.12),
    'neighbour': Case(
        'another network namespace over veth (a real kernel, nothing simulated), all 65,535 ports refused',
        None, '192.0.2.2', '1-65535', 1.06, 1.0, connects_alone=500),
    'wide': Case(
        'a /16 as in “sparse”, no discovery, 10,000 connects at once; nmap scans a /22, of which its time for '
        'all is computed',
        {'seed': 9, 'hosts': SPARSE},
        '198.18.0.0/16', SPARSE_PORTS, 21 * 60, 0.05, options=('--max-parallelism', '10000'),
        nmap_targets='198.18.0.0/22', nmap_scale=64, max_bytes=150_000_000),
}

# A curve: so many hosts with 1,000 ports each.
CURVE_HOSTS = (1, 10, 100, 1000)
CURVE_PORTS = '1-1000'
CURVE = {'seed': 10, 'hosts': {'ports': CURVE_PORTS, 'states': {'open': 0.01}, 'rtt_ms': [10, 20], 'jitter_ms': 1}}
