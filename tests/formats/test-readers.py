#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What other programs read in the XML, the CSV, the grepable output and the page of made-up reports.

If one of these fails, somebody who works with our results in another program sees wrong ones, none at
all, or what whoever was scanned wants to be seen.
"""

import csv
import html.parser
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, '..', 'network')]
import readers                                                  # noqa: E402
import tap                                                      # noqa: E402
from tap import equal, true                                     # noqa: E402

N_REPORTS = 25
N_SLOW_REPORTS = 5      # for programs that take long to start

folder = tempfile.TemporaryDirectory(prefix='roadstead-')


class Report:
    """A report: its files, and what the JSON says is in it."""

    def __init__(self, seed):
        self.folder = os.path.join(folder.name, str(seed))
        os.mkdir(self.folder)
        subprocess.run([sys.argv[1], str(seed), self.folder], check=True, stdout=subprocess.DEVNULL)
        with open(self.path('json'), encoding='utf-8') as file:
            self.json = json.load(file)
        self.open_only = self.json['profile']['open_only']
        self.hosts = [Host(host, self.open_only) for host in self.json['hosts']]
        if self.open_only:
            self.hosts = [host for host in self.hosts if host.ports]

    def path(self, suffix):
        return os.path.join(self.folder, f'report.{suffix}')


class Host:
    def __init__(self, host, open_only):
        self.json = host
        self.address = host['address']
        self.names = [name['name'] for name in host['names']]
        self.ports = [port for port in host['ports'] if not open_only or port['state'] == 'open']
        self.counts = {}
        for group in host['unlisted']:
            self.count(group['state'], group['count'])
        for port in host['ports']:
            if port not in self.ports:
                self.count(port['state'], 1)

    def count(self, state, number):
        self.counts[state] = self.counts.get(state, 0) + number


def visible(text):
    """What XML cannot hold is written in digits."""
    return re.sub('[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]',
                  lambda match: ''.join(f'\\{byte:03}' for byte in match[0].encode()), text)


def escaped(text):
    """As it stands in text for people: DNS's way to write what cannot be printed."""
    def escape(character):
        if character == '\\':
            return '\\\\'
        if character.isprintable() or character == '\u3000':
            return character
        return ''.join(f'\\{byte:03}' for byte in character.encode())
    return ''.join(escape(character) for character in text)


REPORTS = [Report(seed) for seed in range(1, N_REPORTS + 1)]


def for_each(description, reports=REPORTS):
    def add(function):
        def check():
            for report in reports:
                try:
                    function(report)
                except tap.Failed as error:
                    raise tap.Failed(f'report {os.path.basename(report.folder)}: {error}') from None
        tap.case(description)(check)
    return add


@for_each('the reports have something in them')
def check_content(report):
    true(report.json['format'] == 'roadstead-report', 'not a report')
    if report is REPORTS[0]:
        for what in ('ports', 'names', 'unlisted'):
            true(any(host.json[what] for each in REPORTS for host in each.hosts), f'no host has {what}')


@for_each("XML is valid against nmap's document type")
def check_valid(report):
    readers.validate(report.path('xml'))


@for_each('XML holds hosts, names and ports as a strict parser reads them')
def check_parsed(report):
    root = xml.etree.ElementTree.parse(report.path('xml')).getroot()
    hosts = root.findall('host')
    equal([host.find('address').get('addr') for host in hosts], [host.address for host in report.hosts], 'hosts')
    equal(root.find('runstats/finished').get('exit'),
          'success' if report.json['status'] == 'finished' else 'error', 'the exit status')
    for got, host in zip(hosts, report.hosts):
        equal([name.get('name') for name in got.findall('hostnames/hostname')],
              [visible(name) for name in host.names], 'names')
        equal([(int(port.get('portid')), port.find('state').get('state'), port.find('state').get('reason'),
                port.find('state').get('reason_ip')) for port in got.findall('ports/port')],
              [(port['port'], port['state'], port['reason'], port.get('reason_from')) for port in host.ports],
              'ports')
        equal({extra.get('state'): int(extra.get('count')) for extra in got.findall('ports/extraports')},
              host.counts, 'ports that are only counted')
        for extra in got.findall('ports/extraports'):
            equal(sum(int(reason.get('count')) for reason in extra), int(extra.get('count')), 'reasons')


@for_each('ndiff reads it and finds no difference to itself', REPORTS[:N_SLOW_REPORTS])
def check_ndiff(report):
    equal(readers.ndiff(report.path('xml'), report.path('xml')), '', 'differences')


@for_each('libnmap reads the same', REPORTS[:N_SLOW_REPORTS])
def check_libnmap(report):
    got = readers.libnmap(report.path('xml'))
    equal(got['version'], visible(report.json['scanner']['version']), 'the version')
    equal([(host['address'], host['status']) for host in got['hosts']],
          [(host.address, host.json['state']) for host in report.hosts], 'hosts')
    for host, wanted in zip(got['hosts'], report.hosts):
        equal(host['names'], [visible(name) for name in wanted.names], 'names')
        equal(sorted((port[0], port[1]) for port in host['ports']),
              [(port['port'], port['state']) for port in wanted.ports], 'ports')


@for_each('Nmap::Parser reads the same', REPORTS[:N_SLOW_REPORTS])
def check_nmap_parser(report):
    hosts = {host['address']: host for host in readers.nmap_parser(report.path('xml'))['hosts']}
    equal(sorted(hosts), sorted(host.address for host in report.hosts), 'hosts')
    for wanted in report.hosts:
        host = hosts[wanted.address]
        equal(host['status'], wanted.json['state'], 'the state')
        equal(host['names'], [visible(name) for name in wanted.names], 'names')
        if wanted.json['state'] == 'up':    # it looks at no other
            equal(sorted(map(tuple, host['ports'])), [(port['port'], port['state']) for port in wanted.ports],
                  'ports')


@for_each("nmap's style sheet makes a page of it", REPORTS[:N_SLOW_REPORTS])
def check_style(report):
    page = readers.style(report.path('xml'))
    true('</html>' in page, 'no page')
    for host in report.hosts:
        true(host.address in page, f'{host.address} is missing')


@for_each('CSV has a row for each port as a strict parser reads it')
def check_csv(report):
    with open(report.path('csv'), encoding='utf-8', newline='') as file:
        rows = list(csv.reader(file, strict=True))
    columns, rows = rows[0], [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    equal(len(columns), len(set(columns)), 'columns')
    equal([(row['address'], int(row['port']), row['state'], row['reason'], row['reason_from'])
           for row in rows],
          [(host.address, port['port'], port['state'], port['reason'], port.get('reason_from', ''))
           for host in report.hosts for port in host.ports], 'rows')
    for row in rows:
        for value in row.values():
            true(not value.startswith(tuple('=+-@\t\r')), f'a formula: {value}')


@for_each('CSV holds the versions')
def check_versions(report):
    with open(report.path('csv'), encoding='utf-8', newline='') as file:
        got = [row['version'].replace('\\059', ';') for row in csv.DictReader(file, strict=True)]
    wanted = [escaped(port.get('version', '')) for host in report.hosts for port in host.ports]
    equal([value[1:] if value[:1] == "'" and other[:1] != "'" else value
           for value, other in zip(got, wanted)], wanted, 'versions')


@for_each('grepable output has a line for each host and all its ports')
def check_grepable(report):
    hosts = [host for host in report.hosts if host.json['ports'] or host.json['unlisted']]
    with open(report.path('gnmap'), encoding='utf-8', newline='\n') as file:
        lines = [line for line in file.read().split('\n') if '\tPorts: ' in line and line.startswith('Host: ')]
    equal(len(lines), len(hosts), 'lines')
    for line, host in zip(lines, hosts):
        fields = dict(field.split(': ', 1) for field in line.split('\t'))
        equal(fields['Host'].split(' ')[0], host.address, 'the address')
        # A version can hold a comma, as it can in nmap's, but none of them a slash.
        equal([(int(number), state) for number, state in re.findall(r'(?:^|, )(\d+)/([a-z|]+)/tcp//', fields['Ports'])],
              [(port['port'], port['state']) for port in host.ports], 'ports')
        if 'Ignored State' in fields:
            state, count = re.fullmatch(r'(\S+) \((\d+)\)', fields['Ignored State']).groups()
            equal({state: int(count)}, host.counts, 'ports that are only counted')
        else:
            true(len(host.counts) != 1, 'ports that are only counted')      # nmap's has no room for two


class Page(html.parser.HTMLParser):
    """The page as a browser reads it: its tags, with their attributes, and the text of its cells and headings."""

    TAGS = {'a', 'body', 'code', 'h1', 'h2', 'h3', 'head', 'html', 'li', 'main', 'meta', 'p', 'pre', 'section', 'span',
            'strong', 'style', 'table', 'tbody', 'td', 'th', 'thead', 'title', 'tr', 'ul'}
    ATTRIBUTES = {'charset', 'class', 'colspan', 'content', 'href', 'http-equiv', 'id', 'lang', 'name', 'scope'}

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.headings, self.rows, self.links, self.ids, self.stack = [], [], [], [], []
        self.feed(text)
        self.close()
        equal(self.stack, [], 'elements without an end')

    def handle_starttag(self, tag, attributes):
        true(tag in self.TAGS, f'an element {tag}')
        true(all(name in self.ATTRIBUTES for name, _ in attributes), f'attributes {attributes}')
        attributes = dict(attributes)
        if tag == 'a':
            self.links.append(attributes['href'])
        if 'id' in attributes:
            self.ids.append(attributes['id'])
        if tag != 'meta':
            self.stack.append(tag)
        if tag == 'h3':
            self.headings.append('')
            self.rows.append([])
        elif tag == 'tr' and self.headings:
            self.rows[-1].append([])
        elif tag == 'td' and self.headings:
            self.rows[-1][-1].append('')

    def handle_endtag(self, tag):
        equal(self.stack.pop(), tag, 'the element that ends')

    def handle_data(self, data):
        if 'h3' in self.stack:
            self.headings[-1] += data
        elif 'td' in self.stack and self.headings and self.rows[-1]:
            self.rows[-1][-1][-1] += data


@for_each('the page is valid HTML')
def check_html(report):
    readers.check_html(report.path('html'))


@for_each('the page has nothing in it but what we write, and each listed port')
def check_page(report):
    with open(report.path('html'), encoding='utf-8', newline='\n') as file:
        page = Page(file.read())
    hosts = [host for host in report.hosts if f'({host.address})' in ''.join(page.headings)
             or host.address in page.headings]
    equal(len(page.headings), len(hosts), 'sections')
    for host in report.hosts:
        true(host in hosts or (host.json['state'] != 'up' and not host.ports), f'{host.address} has no section')
    true(all(link[0] == '#' and link[1:] in page.ids for link in page.links), f'links {page.links}')
    equal(len(page.ids), len(set(page.ids)), 'ids')
    for host, heading, rows in zip(hosts, page.headings, page.rows):
        name = escaped(host.names[0]) if host.names else None
        equal(heading, f'{name} ({host.address})' if name else host.address, 'the heading')
        got = [(row[0], row[1], row[-2]) for row in rows if len(row) >= 5]
        equal(got, [(f"{port['port']}/tcp", port['state'],
                     port['reason'] + (f" from {port['reason_from']}" if 'reason_from' in port else ''))
                    for port in host.ports], 'ports')


tap.main()
