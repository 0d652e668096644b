#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The text report beside nmap's own, of the same listeners at the same time.

If one of these fails, eyes and scripts that are used to nmap misread the report, or cannot.

Not compared: the first line and the closing one's name, times, and names of services, of which each
program has its own list. What the two say of rejections is meant to differ: nmap knows no sender.
"""

import os
import re
import shutil
import subprocess

import netns
import scanner
import tap
from tap import equal

netns.enter()
if shutil.which('nmap') is None:
    tap.skip_all('nmap is not installed')

target = netns.Namespace()
have_ipv6 = netns.have_ipv6()
netns.link(netns.here(), 's0', ['198.18.0.1/24', 'fd00::1/64'][:1 + have_ipv6],
           target, 't0', ['198.18.0.2/24', '198.18.0.3/24', 'fd00::2/64'][:2 + have_ipv6])
netns.replace_file('/etc/hosts', '198.18.0.2 two.example\n198.18.0.3 two.example\n')
netns.replace_file('/etc/nsswitch.conf', 'hosts: files\n')
with target:
    netns.no_icmp_limit()
    for port in (22, 80, 443, 8080, 61234):
        netns.serve('0.0.0.0', port)
        if have_ipv6:
            netns.serve('::', port)
    netns.nft('table inet test { chain input { type filter hook input priority 0;\n'
              'tcp dport { 25, 139, 445 } drop\n'
              'tcp dport 135-137 reject with icmpx type admin-prohibited\n'
              'ip daddr 198.18.0.3 tcp dport 1000-1059 drop\n}\n}')


# What nmap only says at times: the hardware address if it may look at packets, the device after other questions.
NOT_ALWAYS = ('Starting ', 'Some closed ports may be reported as filtered', 'MAC Address: ', 'Device type: ')


def normalise(text):
    """The lines that must be alike; a service is only a column."""
    lines = []
    for line in text.splitlines():
        if not line or line.startswith(NOT_ALWAYS):
            continue
        line = re.sub(r'^(Nmap|Roadstead) (?=scan report|done)', '', line)
        line = re.sub(r'^(Nmap|Roadstead) done', 'done', line)
        line = re.sub(r'\((\d+\.\d+|\d+)s latency\)', '(T latency)', line)
        line = re.sub(r'(scanned in) .*', r'\1 T', line)
        line = re.sub(r'received \S+ \(T', 'received R (T', line)     # nmap was not to look whether it is up
        lines.append(line)
    return lines


def split_table(lines):
    """Each line as it is, but of the table only what is not a service name."""
    result = []
    for line in lines:
        row = re.match(r'(\d+/tcp +\S+ +)(\S+)( +\S+.*)?$', line)
        if row:
            result.append((row[1].split(), (row[3] or '').split()))
        elif line.startswith('PORT '):
            result.append(line.split())
        else:
            result.append(line)
    return result


def check(nmap_arguments, arguments):
    theirs = subprocess.run(['nmap', '-sT', '-n', '-Pn', *nmap_arguments], capture_output=True, text=True,
                            timeout=scanner.TIMEOUT)
    ours = scanner.scan_well(*arguments)
    equal(split_table(normalise(ours.stdout)), split_table(normalise(theirs.stdout)), 'the text')


def compare(description, *arguments, nmap=()):
    tap.case(description, [*nmap, *arguments], arguments)(check)


compare('few ports, closed ones listed', '-p', '22,23,80,443', '198.18.0.2')
compare('one port', '-p', '80', '198.18.0.2')
compare('nothing open', '-p', '1,2,3', '198.18.0.2')
compare('26 closed ports are a count', '-p', '1-26', '198.18.0.2')
compare('25 and fewer are listed', '-p', '2-21', '198.18.0.2')
compare('many closed ports', '-p', '1-24,26-134,140-444,446-1000', '198.18.0.2')
compare('all ports of the own machine', '-p', '1-65535', '127.0.0.1')
compare('filtered ports, silent and rejected', '-p', '22,25,135-137,139,445', '198.18.0.2')
compare('filtered ports with their reasons', '-p', '22,25,139,445', '--reason', '198.18.0.2')
compare('many ports with their reasons', '-p', '22,1000-1100', '--reason', '198.18.0.2')
compare('many filtered ports', '-p', '22,1000-1059', '198.18.0.3')
compare('two kinds of many', '-p', '22,1000-1059,2000-2100', '198.18.0.3')
compare('--open', '-p', '20-23,79-81,61234', '--open', '198.18.0.2')
compare('--open with a count', '-p', '1-134', '--open', '198.18.0.2')
compare('two hosts', '-p', '22,80,81', '198.18.0.2', '198.18.0.3')
compare('the same with --reason', '-p', '22,80,81', '--reason', '198.18.0.2', '198.18.0.3')
compare('--open where nothing is', '-p', '1,2', '--open', '198.18.0.2')
if os.path.exists('/etc/hosts'):
    compare('a name with two addresses', '-p', '22,80,81', 'two.example')
else:
    @tap.case('a name with two addresses')
    def check_two_addresses():
        raise tap.Skip('there is no /etc/hosts to put a name into')

if have_ipv6:
    compare('IPv6', '-p', '22,23,80', 'fd00::2', nmap=('-6',))
    compare('IPv6 with reasons', '-p', '22,23,25', '--reason', 'fd00::2', nmap=('-6',))


def check_columns(address, ports):
    """The table itself, letter by letter, where both know the same service names."""
    def table(text):
        return [line for line in text.splitlines() if line.startswith('PORT') or '/tcp' in line]

    theirs = subprocess.run(['nmap', '-sT', '-n', '-Pn', '--reason', '-p', ports, address], capture_output=True,
                            text=True, timeout=scanner.TIMEOUT).stdout
    ours = scanner.scan_well('--reason', '-p', ports, address).stdout
    equal(table(ours), table(theirs), 'the table')


tap.case('widths of columns', '198.18.0.2', '22,80,443')(check_columns)
tap.case('widths of columns with long states', '198.18.0.2', '22,25,80')(check_columns)

tap.main()
