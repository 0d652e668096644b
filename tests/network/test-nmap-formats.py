#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The XML and the grepable output beside nmap's own, of the same listeners at the same time.

If one of these fails, whoever compares our results with nmap's (or replaces one by the other in what
reads them) sees changes that are none.

ndiff compares hosts, their names and states, ports, their states and services. The names of services
come from a list of each program's own: only ports are scanned here that both call the same or do not
know, or that are so many that they are only counted. Not compared: what the two say of rejections,
which is meant to differ, and times.
"""

import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'formats'))
import netns                                                    # noqa: E402
import readers                                                  # noqa: E402
import scanner                                                  # noqa: E402
import tap                                                      # noqa: E402
from tap import equal                                           # noqa: E402

netns.enter()
have_ipv6 = netns.have_ipv6()
netns.replace_file('/etc/hosts', '127.0.0.1 localhost\n127.0.0.3 three.example\n')
netns.replace_file('/etc/nsswitch.conf', 'hosts: files\n')
netns.replace_file('/etc/resolv.conf', '')
for port in (22, 80, 443, 3306, 61234):
    netns.serve('0.0.0.0', port)
    if have_ipv6:
        netns.serve('::', port)
netns.serve('127.0.0.2', 25)
# Not of those that the system hands out: answers come in, too.
netns.nft('table inet test { chain input { type filter hook input priority 0;\n'
          'tcp dport { 23, 110, 20000-20059 } drop\n}\n}')
folder = tempfile.TemporaryDirectory(prefix='roadstead-')


def scan_both(suffix, option, arguments):
    """The paths of nmap's report and ours."""
    readers.need('nmap')
    theirs, ours = (os.path.join(folder.name, name + suffix) for name in ('nmap', 'roadstead'))
    subprocess.run(['nmap', '-sT', '-Pn', *arguments, option, theirs], check=True, timeout=scanner.TIMEOUT,
                   capture_output=True)
    arguments = [argument for argument in arguments if argument != '-6']
    process = scanner.start('--skip-discovery', *arguments, '-o', ours)
    stdout, stderr = process.communicate(timeout=scanner.TIMEOUT)
    equal((process.returncode, stderr), (0, ''), 'exit status and what was said')
    return theirs, ours


def ports_of(path):
    """What of a host's ports is meant to be alike, word by word."""
    root = xml.etree.ElementTree.parse(path).getroot()
    return [(root.find('scaninfo').attrib,
             [(extra.attrib, [reason.attrib for reason in extra]) for extra in host.findall('ports/extraports')],
             [(port.attrib, port.find('state').attrib,
               None if port.find('service') is None else port.find('service').attrib)
              for port in host.findall('ports/port')]) for host in root.findall('host')]


def check_xml(*arguments):
    theirs, ours = scan_both('.xml', '-oX', arguments)
    equal(readers.ndiff(theirs, ours), '', 'ndiff')
    equal(ports_of(ours), ports_of(theirs), 'the elements')
    readers.validate(ours)


def lines_of(path):
    """All lines but the comments, which have times and commands."""
    with open(path, encoding='utf-8') as file:
        return [line for line in file.read().split('\n') if not line.startswith('#')]


def check_grepable(*arguments):
    theirs, ours = scan_both('.gnmap', '-oG', arguments)
    equal(lines_of(ours), lines_of(theirs), 'the lines')


def compare(description, *arguments):
    tap.case(f'XML: {description}', *arguments)(check_xml)
    tap.case(f'grepable: {description}', *arguments)(check_grepable)


compare('listeners and closed ports', '-n', '-p', '21,22,25,80,443,3306', '127.0.0.1')
compare('a port without a name', '-n', '-p', '22,61234,61235', '127.0.0.1')
compare('many closed ports', '-n', '-p', '1-22,24-109,111-1000,61234', '127.0.0.1')
compare('nothing but closed ports', '-n', '-p', '2000-2100', '127.0.0.1')
compare('filtered ports', '-n', '-p', '22,23,80,110', '127.0.0.1')
compare('two kinds of many', '-n', '-p', '22,2000-2100,20000-20059', '127.0.0.1')
compare('two hosts', '-n', '-p', '22,25,80', '127.0.0.1', '127.0.0.2')
compare('a network', '-n', '-p', '25,80', '127.0.0.0/29')
compare('--open', '-n', '--open', '-p', '22,25,80,2000-2100', '127.0.0.1', '127.0.0.2')
compare('--open where nothing is', '-n', '--open', '-p', '25', '127.0.0.1', '127.0.0.2')
if os.path.exists('/etc/hosts'):
    compare('names from the DNS', '-p', '22,80', '127.0.0.3')
    compare('a name that was typed', '-p', '22,80', 'localhost')
if have_ipv6:
    compare('IPv6', '-6', '-n', '-p', '22,25,80,2000-2100', '::1')

tap.main()
