#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every state that a port can have, from real answers of real network stacks.

If one of these fails, a user reads that a port is closed which a firewall guards, that one is open
which is not, or that a router refused which did not: what a scanner is for.

   scanner  198.18.0.1 ── 198.18.0.254  router  198.18.1.254 ── 198.18.1.1  target
            fd00::1    ── fd00::fe              fd00:1::fe   ── fd00:1::1
"""

import netns
import scanner
import tap
from tap import equal, true

netns.enter()

FAMILIES = {
    'IPv4': {'scanner': '198.18.0.1', 'router': '198.18.0.254', 'target': '198.18.1.1', 'nobody': '198.18.0.77'},
    'IPv6': {'scanner': 'fd00::1', 'router': 'fd00::fe', 'target': 'fd00:1::1', 'nobody': 'fd00::77'},
}

RESET = 17     # a backlog that says more

OPEN = ('open', 'syn-ack', None)
NFPROTO = {'IPv4': 'meta nfproto ipv4', 'IPv6': 'meta nfproto ipv6'}

CLOSED = ('closed', 'conn-refused', None)
SILENT = ('filtered', 'no-response', None)

# What a firewall can answer, and what the report must then say.
REJECTIONS = {
    'IPv4': {
        'icmp type net-unreachable': 'net-unreach',
        'icmp type host-unreachable': 'host-unreach',
        'icmp type prot-unreachable': 'proto-unreach',
        'icmp type port-unreachable': 'port-unreach',
        'icmp type net-prohibited': 'net-prohibited',
        'icmp type host-prohibited': 'host-prohibited',
        'icmp type admin-prohibited': 'admin-prohibited',
    },
    'IPv6': {
        'icmpv6 type no-route': 'no-route',
        'icmpv6 type admin-prohibited': 'admin-prohibited',
        'icmpv6 type addr-unreachable': 'addr-unreach',
        'icmpv6 type port-unreachable': 'port-unreach',
        'icmpv6 type policy-fail': 'failed-policy',
        'icmpv6 type reject-route': 'reject-route',
    },
}

router = netns.Namespace()
target = netns.Namespace()
names = ['IPv4', 'IPv6'] if netns.have_ipv6() else ['IPv4']


def of(v4, v6):
    return [f'{v4}/24', f'{v6}/64'][:len(names)]


netns.link(netns.here(), 's0', of('198.18.0.1', 'fd00::1'), router, 'r0', of('198.18.0.254', 'fd00::fe'))
netns.link(router, 'r1', of('198.18.1.254', 'fd00:1::fe'), target, 't0', of('198.18.1.1', 'fd00:1::1'))
netns.run('ip', 'route', 'add', 'default', 'via', '198.18.0.254')
if 'IPv6' in names:
    netns.run('ip', '-6', 'route', 'add', 'default', 'via', 'fd00::fe')
with router:
    netns.sysctl('net.ipv4.ip_forward', 1)
    if 'IPv6' in names:
        netns.sysctl('net.ipv6.conf.all.forwarding', 1)
    netns.no_icmp_limit()
with target:
    netns.no_icmp_limit()
    netns.run('ip', 'route', 'add', 'default', 'via', '198.18.1.254')
    if 'IPv6' in names:
        netns.run('ip', '-6', 'route', 'add', 'default', 'via', 'fd00:1::fe')


for family in names:
    netns.wait_for_answer(FAMILIES[family]['target'])


class Plan:
    """Which port has which state, and the rules that make it so."""

    def __init__(self, family):
        self.family = family
        self.addresses = FAMILIES[family]
        self.expected = {}      # port -> (description, result)
        self.router_rules = []
        self.target_rules = []
        self.next_port = 7001

    def add(self, description, result, router_rule=None, target_rule=None, listen=None):
        port = self.next_port
        self.next_port += 1
        self.expected[port] = (description, result)
        if router_rule:
            self.router_rules.append(f'tcp dport {port} {router_rule}')
        if target_rule:
            self.target_rules.append(f'tcp dport {port} {target_rule}')
        if listen is not None:
            with target:
                netns.serve(self.addresses['target'], port, listen, listen == RESET)


def make_plan(family):
    plan = Plan(family)
    proto = NFPROTO[family]

    plan.add('a listener', OPEN, listen=16)
    plan.add('a listener with a backlog of 0', OPEN, listen=0)
    plan.add('a listener that resets at once', OPEN, listen=RESET)
    plan.add('a handshake whose last packet is answered with a RST', OPEN, listen=16,
             target_rule=f'{proto} tcp flags & (syn | ack) == ack reject with tcp reset')
    plan.add('nobody listens', CLOSED)
    plan.add('a firewall sends a RST', CLOSED, router_rule='reject with tcp reset')
    plan.add('the target’s firewall sends a RST', CLOSED, target_rule='reject with tcp reset', listen=16)
    plan.add('a router drops', SILENT, router_rule='counter name dropped drop' if family == 'IPv4'
             else 'counter name dropped6 drop', listen=16)
    plan.add('the target drops', SILENT, target_rule='drop')
    plan.lost = plan.next_port
    plan.add('the answers get lost', SILENT, listen=16)
    plan.expired = plan.next_port
    plan.add('time exceeded on the way', ('filtered', 'time-exceeded', plan.addresses['router']), listen=16)
    for rejection, reason in REJECTIONS[family].items():
        plan.add(f'a router: {rejection}', ('filtered', reason, plan.addresses['router']),
                 router_rule=f'{proto} reject with {rejection}')
        plan.add(f'the target: {rejection}', ('filtered', reason, plan.addresses['target']),
                 target_rule=f'{proto} reject with {rejection}', listen=16)
    return plan


plans = {family: make_plan(family) for family in names}


def chain(hook, rules):
    return f'chain {hook} {{ type filter hook {hook} priority 0;\n' + '\n'.join(rules) + '\n}\n'


def set_rules():
    before, forward, last = [], [], []
    for family, plan in plans.items():
        proto = NFPROTO[family]
        hops = 'ip ttl set 1' if family == 'IPv4' else 'ip6 hoplimit set 1'
        before.append(f'{proto} tcp dport {plan.expired} {hops}')
        forward += [f'{proto} {rule}' for rule in plan.router_rules]
        forward.append(f'{proto} tcp sport {plan.lost} drop')
        last += [f'{proto} {rule}' for rule in plan.target_rules]
    with router:
        netns.nft('table inet test {\n counter dropped {}\n counter dropped6 {}\n'
                  + chain('prerouting', before) + chain('forward', forward) + '}')
    with target:
        netns.nft('table inet test {\n' + chain('input', last) + '}')


set_rules()
results = {}


def result_of(family):
    """One scan of all the ports; made once."""
    if family not in results:
        plan = plans[family]
        results[family] = scanner.scan_well('--skip-discovery', '-p', f'7001-{plan.next_port - 1}', plan.addresses['target'])
    return results[family]


def check_port(family, port):
    description, wanted = plans[family].expected[port]
    equal(result_of(family).ports(plans[family].addresses['target']).get(port), wanted, f'port {port}')


def check_host(family):
    host = result_of(family).host(plans[family].addresses['target'])
    equal(host['state'], 'up', 'state of the host')
    true(0 < host['latency_ms'] < 1000, f'latency {host["latency_ms"]} ms')


for name in names:
    tap.case(f'{name}: a host that answers is up, with its latency', name)(check_host)
    for number, (text, _) in plans[name].expected.items():
        tap.case(f'{name}: {text}', name, number)(check_port)


def check_tries(family, arguments, wanted):
    """A silent port must be tried as often as was said, and not once more: each try has one SYN."""
    plan = plans[family]
    port = next(port for port, (text, _) in plan.expected.items() if text == 'a router drops')
    name = 'dropped' if family == 'IPv4' else 'dropped6'
    with router:
        before = netns.counter(name)
    result = scanner.scan_well('--skip-discovery', '-p', f'7001,{port}', *arguments, plan.addresses['target'])
    equal(result.ports(plan.addresses['target'])[port], SILENT, 'state')
    with router:
        equal(netns.counter(name) - before, wanted, 'SYNs that came to the router')


for name in names:
    tap.case(f'{name}: silent ports are tried again', name, (), 2)(check_tries)
    tap.case(f'{name}: --max-retries 0', name, ('--max-retries', '0', '--timeout', '300'), 1)(check_tries)
    tap.case(f'{name}: --max-retries 4', name, ('--max-retries', '4', '--timeout', '100'), 5)(check_tries)


def check_nobody(family):
    """An address that nobody has is a host that is down, not 1,000 filtered ports."""
    address = FAMILIES[family]['nobody']
    result = scanner.scan_well('-p', '1-300', address)
    host = result.host(address)
    equal((host['state'], host['reason']), ('down', 'no-response'), 'the host')
    equal(result.ports(address), {}, 'its ports')


def check_nobody_among_others(family):
    """Somebody's absence must not change what is found out about the others."""
    plan = plans[family]
    result = scanner.scan_well('--list-down', '-p', '7001-7005', FAMILIES[family]['nobody'], plan.addresses['target'])
    equal(result.host(FAMILIES[family]['nobody'])['state'], 'down', 'the host that is not there')
    equal(result.ports(plan.addresses['target']), {port: plan.expected[port][1] for port in range(7001, 7006)},
          'the ports of the other')


def check_router_says_host_unreachable(family):
    """The router does not reach a host behind it: that is the router's word, with its address."""
    address, reason = (('198.18.1.99', 'host-unreach') if family == 'IPv4' else ('fd00:1::99', 'addr-unreach'))
    result = scanner.scan_well('--skip-discovery', '-p', '80,443', '--timeout', '6000', address)
    wanted = ('filtered', reason, plans[family].addresses['router'])
    equal(result.ports(address), {80: wanted, 443: wanted}, 'ports')
    equal(result.host(address)['state'], 'unknown', 'the host: only a router spoke')


for name in names:
    tap.case(f'{name}: nobody has the address', name)(check_nobody)
    tap.case(f'{name}: nobody has one address of two', name)(check_nobody_among_others)
    tap.case(f'{name}: behind a router nobody has the address', name)(check_router_says_host_unreachable)


@tap.case('a silent host is told apart from one that is down')
def check_all_dropped():
    plan = plans['IPv4']
    port = next(port for port, (text, _) in plan.expected.items() if text == 'a router drops')
    result = scanner.scan_well('--skip-discovery', '-p', str(port), '--timeout', '200', plan.addresses['target'])
    equal(result.host(plan.addresses['target'])['state'], 'unknown', 'state of the host')
    equal(result.ports(plan.addresses['target']), {port: SILENT}, 'ports')


@tap.case('of thousands of rejected ports none is called closed')
def check_many():
    """Routers send few ICMP errors a second: what they keep to themselves is silence, nothing else."""
    address = FAMILIES['IPv4']['target']
    with router:
        netns.nft('table inet test {\n' + chain('forward', [
            f'ip daddr {address} tcp dport != 7001-7004 reject with icmpx type admin-prohibited']) + '}')
    try:
        result = scanner.scan_well('--skip-discovery', '-p', '5001-9000', '--max-retries', '1', '--timeout', '300', address)
    finally:
        set_rules()
    ports = result.ports(address)
    equal(result.open_ports(address), [7001, 7002, 7003, 7004], 'open ports')
    equal(len(ports), 4000, 'ports')
    rejected = ('filtered', 'admin-prohibited', FAMILIES['IPv4']['router'])
    equal({port: what for port, what in ports.items() if what not in (rejected, SILENT, OPEN)}, {}, 'other ends')
    true(sum(what == rejected for what in ports.values()) > 500, 'hardly any rejection was seen')


tap.main()
