# SPDX-License-Identifier: GPL-3.0-or-later
"""The cases of the benchmark: which network, what is scanned, and what is to be reached."""

import dataclasses

HOST = '198.18.0.1'


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


CASES = {
    'textbook': Case(
        'one host, 1,000 ports of which 4 filtered and 12 open, 100 ms with 5 ms of jitter',
        {'seed': 1, 'hosts': {'ports': '1-1000', 'states': {'open': 12, 'filtered': 4},
                              'rtt_ms': [100, 100], 'jitter_ms': 5}},
        HOST, '1-1000', 13, 0.12),
    'all-ports': Case(
        'one host, all 65,535 ports of which 20 open, 20 ms with 2 ms of jitter',
        {'seed': 2, 'hosts': {'states': {'open': 20}, 'rtt_ms': [20, 20], 'jitter_ms': 2}},
        HOST, '1-65535', 6.0, 0.40),
    'firewall': Case(
        'one host, 1,000 ports of which 997 filtered and 3 open, 50 ms with 2 ms of jitter',
        {'seed': 3, 'hosts': {'ports': '1-1000', 'states': {'filtered': 997, 'open': 3},
                              'rtt_ms': [50, 50], 'jitter_ms': 2}},
        HOST, '1-1000', 4.9, 0.30),
    'home': Case(
        'a /24, 100 ports (5 % open, 1 % filtered), 30 % of the hosts up, 10 to 50 ms with 2 ms of '
        'jitter, discovery',
        {'seed': 4, 'hosts': {'up': 0.3, 'ports': '1-100', 'states': {'open': 0.05, 'filtered': 0.01},
                              'rtt_ms': [10, 50], 'jitter_ms': 2}},
        '198.18.0.0/24', '1-100', 4.3, 0.40, discovery=True),
    'lossy': Case(
        'one host, 10,000 ports of which 20 open and 5 filtered, 40 ms with 4 ms of jitter, 3 % of the '
        'SYNs and 3 % of the answers lost',
        {'seed': 5, 'hosts': {'ports': '1-10000', 'states': {'open': 20, 'filtered': 5},
                              'rtt_ms': [40, 40], 'jitter_ms': 4, 'loss_out': 0.03, 'loss_back': 0.03}},
        HOST, '1-10000', 25, 0.15),
    'limited': Case(
        'one host, 10,000 ports of which 20 open, 30 ms with 2 ms of jitter, of the SYNs 1,000 a second '
        '(100 at once) pass and the others vanish; 10 s is the limit',
        {'seed': 6, 'hosts': {'ports': '1-10000', 'states': {'open': 20}, 'rtt_ms': [30, 30], 'jitter_ms': 2},
         'syn_limit': {'rate': 1000, 'burst': 100}},
        HOST, '1-10000', 12, 1.0),
    'sparse': Case(
        'a /22, 5 ports (30 % open, 10 % filtered), 5 % of the hosts up, 20 to 80 ms with 2 ms of jitter, '
        'discovery',
        {'seed': 7, 'hosts': {'up': 0.05, 'ports': '22,80,443,445,3389',
                              'states': {'open': 0.3, 'filtered': 0.1}, 'rtt_ms': [20, 80], 'jitter_ms': 2}},
        '198.18.0.0/22', '22,80,443,445,3389', 6.5, 0.30, discovery=True),
    'far': Case(
        'one host, 1,000 ports of which 300 filtered, 21 rejected by a router (3 with each code) and 9 open, '
        '350 ms with 10 ms of jitter',
        {'seed': 8, 'hosts': {'ports': '1-1000', 'rtt_ms': [350, 350], 'jitter_ms': 10, 'rejected_by': 'router',
                              'states': {'open': 9, 'filtered': 300, 'net-unreach': 3, 'host-unreach': 3,
                                         'proto-unreach': 3, 'port-unreach': 3, 'net-prohibited': 3,
                                         'host-prohibited': 3, 'admin-prohibited': 3}}},
        HOST, '1-1000', 40, 0.12),
    'neighbour': Case(
        'another network namespace over veth (a real kernel, nothing simulated), all 65,535 ports refused',
        None, '192.0.2.2', '1-65535', 1.06, 1.0),
    'wide': Case(
        'a /16, 5 ports (30 % open, 10 % filtered), 5 % of the hosts up, 20 to 80 ms with 2 ms of jitter, '
        'no discovery, 10,000 connects at once; nmap scans a /22, of which its time for all is computed',
        {'seed': 9, 'hosts': {'up': 0.05, 'ports': '22,80,443,445,3389',
                              'states': {'open': 0.3, 'filtered': 0.1}, 'rtt_ms': [20, 80], 'jitter_ms': 2}},
        '198.18.0.0/16', '22,80,443,445,3389', 21 * 60, 0.05, options=('--max-parallelism', '10000'),
        nmap_targets='198.18.0.0/22', nmap_scale=64, max_bytes=150_000_000),
}

# A curve: so many hosts with 1,000 ports each.
CURVE_HOSTS = (1, 10, 100, 1000)
CURVE_PORTS = '1-1000'
CURVE = {'seed': 10, 'hosts': {'ports': CURVE_PORTS, 'states': {'open': 0.01}, 'rtt_ms': [10, 20], 'jitter_ms': 1}}
