#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""make-report.py {json|nmap|masscan} HOSTS PORTS > FILE

Writes a report of so many hosts with so many open ports each, as Roadstead, nmap or masscan would:
large files to try the opening of them with. open-report tells what that takes.
"""

import random
import sys

VERSIONS = ['OpenSSH 9.2p1 Debian 2+deb12u3', 'Apache httpd 2.4.57', 'nginx 1.22.1', None]


def address(index):
    return f'10.{index >> 16 & 255}.{index >> 8 & 255}.{index & 255}'


def write_json(write, n_hosts, ports):
    write('{\n"format": "roadstead-report",\n"version": 1,\n"targets": "10.0.0.0/8",\n'
          '"status": "finished",\n"hosts": [')
    for host in range(n_hosts):
        listed = ', '.join(
            f'{{"port": {port}, "state": "open", "reason": "syn-ack", "latency_ms": '
            f'{(host + port) % 9000 / 100 + 0.01:.2f}}}' for port in ports)
        write(',\n' if host else '\n')
        write(f'{{"address": "{address(host)}", "names": [], "state": "up", "reason": "syn-ack", '
              f'"ports": [{listed}], "unlisted": []}}')
    write('\n]\n}\n')


def write_nmap(write, n_hosts, ports):
    write('<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE nmaprun>\n'
          '<nmaprun scanner="nmap" args="nmap 10.0.0.0/8" start="1700000000" version="7.93" '
          'xmloutputversion="1.05">\n')
    for host in range(n_hosts):
        write(f'<host starttime="1700000000"><status state="up" reason="syn-ack" reason_ttl="0"/>\n'
              f'<address addr="{address(host)}" addrtype="ipv4"/>\n<hostnames>\n</hostnames>\n<ports>')
        for port in ports:
            version = VERSIONS[port % len(VERSIONS)]
            product = f'product="{version}" method="probed"' if version else 'method="table"'
            write(f'<port protocol="tcp" portid="{port}"><state state="open" reason="syn-ack" '
                  f'reason_ttl="64"/><service name="http" {product} conf="10"/></port>\n')
        write('</ports>\n<times srtt="1000" rttvar="500" to="100000"/>\n</host>\n')
    write('<runstats><finished time="1700000100" elapsed="100" exit="success"/>'
          f'<hosts up="{n_hosts}" down="0" total="{n_hosts}"/>\n</runstats>\n</nmaprun>\n')


def write_masscan(write, n_hosts, ports):
    write('<?xml version="1.0"?>\n<!-- masscan v1.0 scan -->\n<nmaprun scanner="masscan" '
          'start="1700000000" version="1.0-BETA"  xmloutputversion="1.03">\n'
          '<scaninfo type="syn" protocol="tcp" />\n')
    results = [(host, port) for host in range(n_hosts) for port in ports]
    random.Random(1).shuffle(results)
    for host, port in results:
        write(f'<host endtime="1700000001"><address addr="{address(host)}" addrtype="ipv4"/><ports>'
              f'<port protocol="tcp" portid="{port}"><state state="open" reason="syn-ack" '
              'reason_ttl="52"/></port></ports></host>\n')
    write('</nmaprun>\n')


WRITERS = {'json': write_json, 'nmap': write_nmap, 'masscan': write_masscan}


def main(arguments):
    if len(arguments) != 3 or arguments[0] not in WRITERS:
        sys.exit(__doc__)
    kind, n_hosts, n_ports = arguments
    WRITERS[kind](sys.stdout.write, int(n_hosts), range(1, 2 * int(n_ports), 2))


if __name__ == '__main__':
    main(sys.argv[1:])
