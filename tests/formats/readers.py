# SPDX-License-Identifier: GPL-3.0-or-later
"""The programs of others that read nmap's XML, each as a function of a file's path."""

import json
import os
import shutil
import subprocess
import tempfile

import tap

TIMEOUT = 60
DTD = '/usr/share/nmap/nmap.dtd'
STYLE_SHEET = '/usr/share/nmap/nmap.xsl'
PYTHON = '/usr/bin/python3'     # the one that Debian's packages are for

LIBNMAP = '''
import json, sys
from libnmap.parser import NmapParser
report = NmapParser.parse_fromfile(sys.argv[1])
print(json.dumps({'version': report.version, 'up': report.hosts_up, 'total': report.hosts_total,
                  'hosts': [{'address': host.address, 'status': host.status, 'names': host.hostnames,
                             'ports': [[service.port, service.state] for service in host.services]}
                            for host in report.hosts]}))
'''

NMAP_PARSER = '''
use strict; use Nmap::Parser; use JSON::PP;
my $parser = Nmap::Parser->new; $parser->parsefile($ARGV[0]);
my @hosts;
for my $host ($parser->all_hosts()) {
    push @hosts, { address => $host->addr, status => $host->status, names => [$host->all_hostnames()],
                   ports => [map { [int($_), $host->tcp_port_state($_)] } $host->tcp_ports()] };
}
print JSON::PP->new->ascii->encode({ args => $parser->get_session()->scan_args(), hosts => \\@hosts });
'''


def run(*command, statuses=(0,)):
    result = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, errors='replace',
                            env={**os.environ, 'LC_ALL': 'C.UTF-8'})
    tap.true(result.returncode in statuses, f'{command}: exit status {result.returncode}: {result.stderr}')
    return result


def need(program, path=None):
    if shutil.which(program) is None:
        raise tap.Skip(f'{program} is not installed')
    if path is not None and not os.path.exists(path):
        raise tap.Skip(f'{path} is not there')


def need_libnmap():
    need(PYTHON)
    if subprocess.run([PYTHON, '-c', 'import libnmap'], capture_output=True).returncode != 0:
        raise tap.Skip('python3-libnmap is not installed')


def need_nmap_parser():
    need('perl')
    if subprocess.run(['perl', '-MNmap::Parser', '-e', '1'], capture_output=True).returncode != 0:
        raise tap.Skip('libnmap-parser-perl is not installed')


def validate(path):
    """Valid against nmap's document type, which allows no scanner but nmap."""
    need('xmllint', DTD)
    with open(path, encoding='utf-8', newline='') as file:
        text = file.read()
    begin = text.index('scanner="') + len('scanner="')
    end = text.index('"', begin)
    with tempfile.NamedTemporaryFile('w', suffix='.xml', encoding='utf-8', newline='') as copy:
        copy.write(text[:begin] + 'nmap' + text[end:])
        copy.flush()
        run('xmllint', '--noout', '--huge', '--nonet', '--dtdvalid', DTD, copy.name)


def ndiff(first, second):
    """What differs, as text; empty if nothing."""
    need('ndiff')
    result = run('ndiff', first, second, statuses=(0, 1))
    return result.stdout if result.returncode == 1 else ''


def libnmap(path):
    need_libnmap()
    return json.loads(run(PYTHON, '-c', LIBNMAP, path).stdout)


def nmap_parser(path):
    need_nmap_parser()
    return json.loads(run('perl', '-e', NMAP_PARSER, path).stdout)


def check_html(path):
    """Valid HTML 5 to the best-known checker, without a warning."""
    need('tidy')
    run('tidy', '-errors', '-quiet', '-utf8', '--show-warnings', 'yes', '--drop-empty-elements', 'no', path)


def style(path):
    """The page that nmap's style sheet makes."""
    need('xsltproc', STYLE_SHEET)
    return run('xsltproc', '--nonet', STYLE_SHEET, path).stdout
