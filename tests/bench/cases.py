# SPDX-License-Identifier: GPL-3.0-or-later
"""The cases of the benchmark: which network, what is scanned, and what is to be reached."""

import dataclasses

HOST = '198.18.0.1'


SPARSE_PORTS = '22,80,443,445,3389'
SPARSE = {'up': 0.05, 'ports': SPARSE_PORTS, 'states': {'open': 0.3}, 'rtt_ms': [20, 80], 'jitter_ms': 1}
CROWD_PORTS = '1-101'
CROWD = {'up': 0.31, 'ports': CROWD_PORTS, 'states': {'open': 0.05, 'filtered': 0.01}, 'rtt_ms': [20, 60], 'jitter_ms': 1}
CAMPUS_PORTS = '22,80,443'
CAMPUS = {'up': 0.2, 'ports': CAMPUS_PORTS, 'states': {'open': 0.3}, 'rtt_ms': [30, 90], 'jitter_ms': 1,
          'loss_out': 0.005, 'loss_back': 0.005}
SEEDS = (1, 2, 3, 4, 5)


@dataclasses.dataclass
class Case:
    """One case.

    about: the network in words
    config: the simulated network; None is a real one, see bench.py
    targets, ports: what is scanned, as lists with commas
    nmap_seconds: what nmap 7.93 needed on two cores when the cases were laid down
    reach: the ratio of our time to nmap's that is to be reached
    max_seconds: instead of that: the time that is to be reached; nmap, which would take too long, does not run
    seeds: those of the network: each run takes the next, for luck is not to decide; else always that of config
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
    reach: float = 0
    max_seconds: float = 0
    seeds: tuple = ()
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
        HOST, '1-1000', 13, 0.09),
    'all-ports': Case(
        'one host, all 65,535 ports of which 20 open, 20 ms',
        {'seed': 2, 'hosts': {'states': {'open': 20}, 'rtt_ms': [20, 20], 'jitter_ms': 0.5}},
        HOST, '1-65535', 6.0, 0.25, connects_alone=1000),
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
        None, '192.0.2.2', '1-65535', 1.06, 0.85, connects_alone=500),
    'wide': Case(
        'a /16 as in “sparse”, no discovery, 10,000 connects at once; nmap scans a /22, of which its time for '
        'all is computed',
        {'seed': 9, 'hosts': SPARSE},
        '198.18.0.0/16', SPARSE_PORTS, 21 * 60, 0.012, options=('--max-parallelism', '10000'),
        nmap_targets='198.18.0.0/22', nmap_scale=64, max_bytes=150_000_000),
    'crowd-800': Case(
        'a /24, 101 ports (5 % open, 1 % filtered), 31 % of the hosts up, 20 to 60 ms, discovery; of the SYNs '
        '800 a second pass (100 at once)',
        {'hosts': CROWD, 'syn_limit': {'rate': 800, 'burst': 100}},
        '198.18.0.0/24', CROWD_PORTS, 16, 0.8, seeds=SEEDS, discovery=True),
    'crowd-200': Case(
        'the same, but 200 a second',
        {'hosts': CROWD, 'syn_limit': {'rate': 200, 'burst': 100}},
        '198.18.0.0/24', CROWD_PORTS, 36, 1.0, seeds=SEEDS, discovery=True),
    'campus': Case(
        'a /21, 3 ports (30 % open), 20 % of the hosts up, 30 to 90 ms, 1 % loss, discovery; of the SYNs 1,500 a '
        'second pass (100 at once)',
        {'hosts': CAMPUS, 'syn_limit': {'rate': 1500, 'burst': 100}},
        '198.18.0.0/21', CAMPUS_PORTS, 20, 0.6, seeds=SEEDS, discovery=True),
    'sparse-loss': Case(
        'a /22, 5 ports (30 % open), 5 % of the hosts up, 20 to 80 ms, 5 % loss, discovery',
        {'hosts': {**SPARSE, 'loss_out': 0.025, 'loss_back': 0.025}},
        '198.18.0.0/22', SPARSE_PORTS, 8.3, 0.5, seeds=SEEDS, discovery=True),
    'crowd-rst': Case(
        'a /24, 101 ports (5 % open, 1 % filtered), 60 % of the hosts up, 20 to 60 ms, discovery; each host sends '
        '50 RSTs a second (10 at once)',
        {'hosts': {**CROWD, 'up': 0.6, 'rst_limit': {'rate': 50, 'burst': 10}}},
        '198.18.0.0/24', CROWD_PORTS, 25, 1.0, seeds=SEEDS, discovery=True),
    'huge': Case(
        'a /16, one port (30 % open), 5 % of the hosts up, 20 to 80 ms, 0.5 % loss, discovery; nmap would take '
        'about an hour',
        {'hosts': {**SPARSE, 'ports': '443', 'loss_out': 0.0025, 'loss_back': 0.0025}},
        '198.18.0.0/16', '443', 3600, max_seconds=60, seeds=SEEDS, discovery=True),
}

# A curve: so many hosts with 1,000 ports each.
CURVE_HOSTS = (1, 10, 100, 1000)
CURVE_PORTS = '1-1000'
CURVE = {'seed': 10, 'hosts': {'ports': CURVE_PORTS, 'states': {'open': 0.01}, 'rtt_ms': [10, 20], 'jitter_ms': 1}}
