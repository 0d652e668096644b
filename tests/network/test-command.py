#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What roadstead-cli promises: options, exit status, what it says and when, files.

If one of these fails, a script that relies on the command takes a failed scan for a good one, a
report is lost that was hours in the making, or more is sent to a network than was allowed.

   scanner  198.18.0.1 ── 198.18.0.2  target, whose ports 1000 to 2999 drop everything
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time

import netns
import scanner
import tap
from tap import equal, true

netns.enter()

TARGET = '198.18.0.2'
SYN_SENT = '02'         # in /proc/net/tcp

target = netns.Namespace()
netns.link(netns.here(), 's0', ['198.18.0.1/24'], target, 't0', [f'{TARGET}/24'])
netns.replace_file('/etc/resolv.conf', '')
netns.replace_file('/etc/hosts', '127.0.0.1 localhost\n::1 localhost\n127.0.0.5 one.test two.test\n')
with target:
    netns.serve(TARGET, 80)
    netns.nft('table inet test { counter syns {}\n chain input { type filter hook input priority 0;\n'
              'tcp flags & (syn | ack) == syn counter name syns\n tcp dport 1000-2999 drop\n}\n}')

folder = tempfile.mkdtemp(prefix='roadstead-')


def path(name):
    return os.path.join(folder, name)


os.environ['XDG_DATA_HOME'] = path('data')


def run(*arguments, stdin=None, cwd=None):
    return subprocess.run([scanner.PROGRAM, *arguments], input=stdin, capture_output=True, text=True,
                          timeout=scanner.TIMEOUT, cwd=cwd)


def syns():
    with target:
        return netns.counter('syns')


def read(name):
    with open(path(name), encoding='utf-8') as file:
        return file.read()


# Usage.

WRONG = [
    # arguments, what is said, and the text with a caret below the fault (or None)
    (['-p', '22,x', TARGET], ['--ports'], ('22,x', 4)),
    (['-p', '70000', TARGET], ['--ports'], ('70000', 1)),
    (['--exclude-ports', '1-', '-p', '5-3', TARGET], ['--ports'], ('5-3', None)),
    (['10.0.0.300'], [], ('10.0.0.300', None)),
    ([f'http://{TARGET}:65536/'], ['“65536” is not a port'], (f'http://{TARGET}:65536/', 19)),
    (['--exclude', '10.0.0.0/33', TARGET], ['--exclude'], ('10.0.0.0/33', None)),
    ([], ['No target'], None),
    (['--bogus', TARGET], ['--bogus'], None),
    (['-4', '-6', TARGET], ['-4 and -6'], None),
    (['-p', '1', '--top-ports', '5', TARGET], ['--top-ports'], None),
    (['-sn', '-p', '80', TARGET], ['-sn'], None),
    (['-p', 'none', '--skip-discovery', TARGET], ['Without ports'], None),
    (['--host-timeout', 'soon', TARGET], ['--host-timeout', '30s'], None),
    (['--top-ports', '0', TARGET], ['--top-ports'], None),
    (['--max-rate', '-1', TARGET], ['--max-rate'], None),
    (['--timeout', 'soon', TARGET], ['soon'], None),
    (['-o', 'report', TARGET], ['report', '.json', '.gnmap'], None),
    (['--format', 'yaml', TARGET], ['yaml', 'json', 'grepable'], None),
    (['-oX', '-', '-oG', '-', TARGET], ['standard output'], None),
    (['-o', '-', '-o', '-', '--format', 'json', TARGET], ['standard output'], None),
    (['-p', '80', '-p', '81', TARGET], ['Only one -p/--ports', 'commas'], None),
    (['-T', 'fast', '-T', 'polite', TARGET], ['Only one -T/--timing'], None),
    (['-oXreport.xml', TARGET], ['“-oX report.xml”', '“-o Xreport.xml”'], None),
    (['-iLlist'], ['“-iL list”'], None),
    (['-sVC', TARGET], ['-sVC: operating systems', '--identify ask'], None),
    (['--identify', 'guess', TARGET], ['“guess”', 'nothing, listen or ask'], None),
    (['-p', '9\033]0;x\a', TARGET], ['--ports', '“9\\027]0;x\\007”'], ('9\\027]0;x\\007', 1)),
    (['-p', '80,\033[2J,x', TARGET], [], ('80,\\027[2J,x', 4)),
    (['-T', '\033[2J', TARGET], ['--timing: “\\027[2J”'], None),
    (['--\033[2J', TARGET], ['\\027[2J'], None),
]


def check_wrong(arguments, words, fault):
    before = syns()
    result = run(*arguments)
    equal((result.returncode, result.stdout), (1, ''), f'exit status and stdout ({result.stderr})')
    true(result.stderr.startswith('roadstead-cli: '), f'who speaks: {result.stderr}')
    true('\033' not in result.stderr, f'a command for the terminal: {result.stderr!r}')
    for word in words:
        true(word in result.stderr, f'“{word}” is not in “{result.stderr}”')
    lines = result.stderr.splitlines()
    if fault is None:
        equal(len(lines), 1, 'lines')
    else:
        text, column = fault
        equal((len(lines), lines[1]), (3, '  ' + text), 'lines, and the text at fault')
        equal(lines[2].strip(), '^', 'the caret')
        true(lines[2].index('^') < 2 + len(text), 'the caret is below the text')
        if column is not None:
            equal(lines[2].index('^') - 1, column, 'column of the caret')
    equal(syns(), before, 'SYNs sent')


for arguments_, words_, fault_ in WRONG:
    tap.case('wrong usage: ' + (repr(' '.join(arguments_))[1:-1] or 'nothing'), arguments_, words_, fault_)(check_wrong)


@tap.case('--version and --help')
def check_version():
    result = run('--version')
    equal((result.returncode, result.stderr), (0, ''), 'exit status and stderr')
    true(result.stdout.startswith('roadstead-cli '), result.stdout)
    result = run('--help')
    equal(result.returncode, 0, 'exit status')
    for option in ('--ports', '--top-ports', '--exclude', '--exclude-file', '--exclude-ports', '--input-file', '--output',
                   '--format', '--no-dns', '--skip-discovery', '--max-parallelism', '--max-rate', '--timeout', '--max-retries',
                   '--open', '--profile', '--list-profiles', '--reason', '--ipv4', '--ipv6', '--quiet', '--version'):
        true(option in result.stdout, f'{option} is not in the help')


# Targets and ports.

def ports_of_text(text):
    return [line.split()[0] for line in text.splitlines() if '/tcp' in line]


def write_profile(file_name, **fields):
    profiles = path('data/roadstead/profiles')
    os.makedirs(profiles, exist_ok=True)
    file_name = os.path.join(profiles, file_name)
    with open(file_name, 'w', encoding='utf-8') as file:
        json.dump({'format': 'roadstead-profile', 'version': 1, **fields}, file, indent=1)
    return file_name


# Losing this: a script scans other ports than its profile says, or what stands beside it is ignored.
@tap.case('--profile: built in, of the user, a file; options override it')
def check_profile():
    file_name = write_profile('office.json', name='Büro 1', ports='80,81', exclude_ports='81', targets=TARGET,
                              reverse_dns=False, future={'any': 'thing'})
    write_profile('broken.json', ports='80,99999')
    for arguments in (['--profile', 'Büro 1'], ['--profile=büro 1'], ['--profile', file_name],
                      ['--profile', file_name, '-p', '80-82', '--exclude-ports', '81-82'],
                      ['--profile', 'all', '-n', '-p80', TARGET]):
        result = run(*arguments)
        equal((result.returncode, result.stderr), (0, ''), f'exit status and stderr of {arguments}')
        equal(ports_of_text(result.stdout), ['80/tcp'], f'ports of {arguments}')
        true(f'report for {TARGET}' in result.stdout, f'target of {arguments}')

    other = run('--profile', 'Büro 1', '127.0.0.1')
    true('report for 127.0.0.1' in other.stdout and TARGET not in other.stdout, 'targets come before the profile’s')
    equal(run('--profile', 'web', '-o', path('web.json'), '-n', '-T', 'fast', TARGET).returncode, 0, 'exit status')
    profile = json.loads(read('web.json'))['profile']
    equal((profile['name'], profile['timing'], profile['reverse_dns']), ('Web servers', 'fast', False), 'the profile')


# Losing this: a mistyped name scans something, or does not say what would be right.
@tap.case('--profile: what is not there or broken is said, and nothing is scanned')
def check_wrong_profile():
    before = syns()
    broken = path('data/roadstead/profiles/broken.json')
    for name, status, words in (('wbe', 1, ['“wbe”', 'Did you mean “web”?', 'broken.json']),
                                ('zzzzzz', 1, ['“zzzzzz”', 'quick, common, all', 'Büro 1']),
                                (broken, 2, ['broken.json”, line 4', '99999']),
                                (path('none.json'), 2, ['none.json'])):
        result = run('--profile', name, TARGET)
        equal((result.returncode, result.stdout), (status, ''), f'exit status and stdout for {name}')
        for word in words:
            true(word in result.stderr, f'{word} is not in {result.stderr}')
    equal(syns(), before, 'SYNs sent')


@tap.case('--list-profiles')
def check_list_profiles():
    result = run('--list-profiles')
    equal(result.returncode, 0, 'exit status')
    first = [line.split('  ')[0] for line in result.stdout.splitlines()]
    equal((first[:3], first[-1]), (['quick', 'common', 'all'], 'Büro 1'), 'the names')
    equal(len(result.stderr.splitlines()), 1, 'lines on stderr')
    true('broken.json' in result.stderr, f'the broken file is named: {result.stderr}')


@tap.case('a value may be attached: -p80')
def check_attached():
    for arguments in (['-p80'], ['-p', '80'], ['--ports=80']):
        equal(ports_of_text(run('-n', *arguments, TARGET).stdout), ['80/tcp'], f'ports of {arguments}')


@tap.case('targets from a file with comments')
def check_input_file():
    with open(path('targets'), 'w', encoding='utf-8') as file:
        file.write(f'# the lab\n{TARGET}   # web\n\n 127.0.0.1, 127.0.0.2\n')
    result = scanner.scan_well('-p', '80', '-i', path('targets'))
    equal(sorted(host['address'] for host in result.report['hosts']), ['127.0.0.1', '127.0.0.2', TARGET], 'hosts')


@tap.case('targets from standard input')
def check_stdin():
    result = scanner.scan_well('-p', '80', '-i', '-', stdin=f'{TARGET} # web\n#127.0.0.1\n')
    equal([host['address'] for host in result.report['hosts']], [TARGET], 'hosts')


@tap.case('a fault in a target file is told with its line')
def check_input_fault():
    with open(path('bad'), 'w', encoding='utf-8') as file:
        file.write(f'{TARGET}\n10.0.0.999\n')
    result = run('-p', '80', '-i', path('bad'))
    equal(result.returncode, 1, 'exit status')
    true('bad' in result.stderr and 'line 2' in result.stderr, result.stderr)


@tap.case('a target file that is not there')
def check_input_missing():
    result = run('-p', '80', '-i', path('nothing'))
    equal((result.returncode, result.stdout, len(result.stderr.splitlines())), (2, '', 1), 'status, stdout, lines')
    true('nothing' in result.stderr, result.stderr)


# Losing this: targets behind a broken place in a file are left out without a word.
@tap.case('a target file with a NUL byte')
def check_input_nul():
    with open(path('nul'), 'wb') as file:
        file.write(f'{TARGET}\n127.0.0.1\0\n127.0.0.2\n'.encode())
    for option in ('-i', '--exclude-file'):
        result = run('-p', '80', option, path('nul'), '127.0.0.3')
        equal((result.returncode, result.stdout), (1, ''), f'exit status and stdout ({result.stderr})')
        true(f'{path("nul")}: line 2, column 10: ' in result.stderr, result.stderr)


@tap.case('--exclude-file')
def check_exclude_file():
    for name, text in (('keep-off', '# printers\n127.0.0.2 127.0.0.3\n\n'), ('others', '127.0.0.5-6 # more\n')):
        with open(path(name), 'w', encoding='utf-8') as file:
            file.write(text)
    result = scanner.scan_well('--skip-discovery', '-p', '80', '--exclude-file', path('keep-off'), '--exclude',
                               '127.0.0.1', '--exclude-file', path('others'), '127.0.0.1-7')
    equal(sorted(host['address'] for host in result.report['hosts']), ['127.0.0.4', '127.0.0.7'], 'hosts')
    before = syns()
    with open(path('bad'), 'w', encoding='utf-8') as file:
        file.write('127.0.0.1\n10.0.0.999\n')
    for name, status, word in (('bad', 1, 'line 2, column 8'), ('nothing', 2, 'No such file')):
        result = run('-p', '80', '--exclude-file', path(name), TARGET)
        equal((result.returncode, result.stdout), (status, ''), f'exit status and stdout ({result.stderr})')
        true(path(name) in result.stderr and word in result.stderr, result.stderr)
    equal(syns(), before, 'SYNs sent')


# Losing this: what must not be scanned is scanned because something else was left out, too.
@tap.case('exclusions add up, also with those of a profile')
def check_exclude_often():
    lab = write_profile('lab.json', name='Lab', exclude_targets='127.0.0.1', exclude_ports='79', ports='79-83')
    result = scanner.scan_well('--skip-discovery', '--profile', lab, '--exclude', '127.0.0.2', '--exclude', '127.0.0.3',
                               '--exclude-ports', '80', '--exclude-ports', '82-', '127.0.0.1-4')
    equal([host['address'] for host in result.report['hosts']], ['127.0.0.4'], 'hosts')
    equal(sorted(result.ports('127.0.0.4')), [81], 'ports')
    equal(result.report['profile']['exclude_ports'], '79,80,82-', 'the profile’s ports')


# Losing this: cron's jobs cannot scan what has a name in another language than English.
@tap.case('arguments without a locale')
def check_c_locale():
    environment = {**os.environ, 'LC_ALL': 'C', 'LANGUAGE': ''}

    def run_c(*arguments):
        done = subprocess.run([scanner.PROGRAM, '-n', '-q', '-p', '80', *arguments], capture_output=True,
                              timeout=scanner.TIMEOUT, env=environment)
        return done.returncode, done.stderr.decode()

    write_profile('office.json', name='Büro 1', ports='80', targets=TARGET)
    equal(run_c('--profile', 'Büro 1', '-o', path('Bericht für C.json')), (0, ''), 'status and stderr')
    true(os.path.exists(path('Bericht für C.json')), 'the name of the file')
    status, stderr = run_c('bücher.invalid')
    equal(status, 2, f'exit status ({stderr})')
    true('Could not resolve “bücher.invalid”' in stderr, stderr)
    for arguments in ([b'b\xfccher'], ['--exclude', b'b\xfccher', TARGET], ['--profile', b'b\xfccher', TARGET],
                      ['--format', b'b\xfccher', TARGET]):
        status, stderr = run_c(*arguments)
        equal(status, 1, f'exit status ({stderr})')
        true('b\\252ccher' in stderr or 'b\\252cher' in stderr, f'{arguments} is not named: {stderr}')


@tap.case('what nmap’s users type')
def check_nmap_spellings():
    with open(path('targets'), 'w', encoding='utf-8') as file:
        file.write(TARGET)
    result = run('-sT', '-Pn', '-n', '-T4', '-p80', '-oX', path('as-nmap.xml'), '-iL', path('targets'))
    equal((result.returncode, result.stderr, ports_of_text(result.stdout)), (0, '', ['80/tcp']), 'what came of it')
    true('state="open"' in read('as-nmap.xml'), read('as-nmap.xml'))


@tap.case('--exclude and --exclude-ports')
def check_exclude():
    before = syns()
    result = scanner.scan_well('--skip-discovery', '-p', '79-82', '--exclude-ports', '81-', '--exclude', '127.0.0.2 127.0.0.4',
                               '127.0.0.1-4', TARGET)
    equal(sorted(host['address'] for host in result.report['hosts']), ['127.0.0.1', '127.0.0.3', TARGET], 'hosts')
    equal(sorted(result.ports(TARGET)), [79, 80], 'ports')
    equal(syns() - before, 2, 'SYNs sent')


# Losing this: whoever types a URL reads that nothing is open, of a port that was never tried.
@tap.case('the ports of URLs are scanned, too')
def check_url_ports():
    url = f'http://{TARGET}:81/login'
    for arguments, ports in ((['-p', '80', url], [80, 81]), (['-p', '80', url, '--exclude-ports', '81'], [80]),
                             (['-p', '80-82', f'https://{TARGET}:82', TARGET], [80, 81, 82])):
        result = scanner.scan_well('--skip-discovery', '-oX', path('url.xml'), *arguments)
        equal(sorted(result.ports(TARGET)), ports, f'ports with {arguments}')
        true(f'numservices="{len(ports)}"' in read('url.xml'), read('url.xml'))
    equal(scanner.scan_well('-p', '80', url).report['profile']['ports'], '80,81', 'the profile’s ports')


@tap.case('two names for one address')
def check_two_names():
    names = [{'name': 'one.test', 'type': 'user'}, {'name': 'two.test', 'type': 'user'}]
    for targets in (['one.test', 'two.test'], ['127.0.0.5', 'one.test', '127.0.0.4/31', 'two.test', 'ONE.test']):
        result = run('-n', '-p', '9', *targets, '-o', path('n.json'), '-o', path('n.xml'), '-o', path('n.csv'),
                     '-o', path('n.gnmap'), '-o', '-')
        equal(result.returncode, 0, result.stderr)
        report = json.loads(read('n.json'))
        hosts = [host for host in report['hosts'] if host['address'] == '127.0.0.5']
        equal([host['names'] for host in hosts], [names], 'names')
        equal(report['summary']['n_targets'], len(report['hosts']), 'targets')
        true('\nOther names for 127.0.0.5: two.test\n' in result.stdout, result.stdout)
        true(f'done: {len(report["hosts"])} IP address' in result.stdout, result.stdout)
        for name in ('one.test', 'two.test'):
            true(f'<hostname name="{name}" type="user"/>' in read('n.xml'), read('n.xml'))
        n = len(report['hosts'])
        true(f'<hosts up="{n}" down="0" total="{n}"/>' in read('n.xml'), read('n.xml'))
        true('127.0.0.5,one.test two.test,' in read('n.csv'), read('n.csv'))
        true('# 127.0.0.5: Also given as two.test\n' in read('n.gnmap'), read('n.gnmap'))


@tap.case('what is excluded is not counted as scanned')
def check_exclude_counts():
    result = run('-n', '-p', '9', '127.0.0.1/30', '--exclude', '127.0.0.1 10.0.0.0/8', '-o', path('x.json'),
                 '-o', path('x.xml'), '-o', '-')
    true('done: 3 IP addresses (3 hosts up) scanned' in result.stdout, result.stdout)
    true('<hosts up="3" down="0" total="3"/>' in read('x.xml'), read('x.xml'))
    summary = json.loads(read('x.json'))['summary']
    equal((summary['n_targets'], summary['n_excluded']), (3, 1), 'targets and excluded')


@tap.case('everything is excluded')
def check_exclude_all():
    before = syns()
    for arguments in (['-p', '80', '--exclude', TARGET], ['-p', '80', '--exclude-ports', '80']):
        result = run(*arguments, TARGET)
        equal((result.returncode, len(result.stderr.splitlines())), (2, 1), f'status and lines ({result.stderr})')
    equal(syns(), before, 'SYNs sent')


# Losing this: a host that nobody may touch is scanned because a name server was slow.
@tap.case('an exclusion that cannot be resolved')
def check_exclude_unresolvable():
    before = syns()
    lab = write_profile('lab.json', name='Lab', exclude_targets='127.0.0.9 nobody.invalid')
    for arguments in (['--exclude', 'nobody.invalid'], ['--exclude', '127.0.0.9 nobody.invalid'], ['--profile', lab]):
        result = run('-n', '-q', '-p', '80', *arguments, TARGET)
        equal((result.returncode, len(result.stderr.splitlines())), (2, 1), f'status and lines ({result.stderr})')
        true('Nothing is scanned' in result.stderr and '“nobody.invalid”' in result.stderr, result.stderr)
    equal(syns(), before, 'SYNs sent')


@tap.case('-4 and -6 with a name')
def check_family():
    for option, address in (('-4', '127.0.0.1'), ('-6', '::1')):
        if option == '-6' and not netns.have_ipv6():
            continue
        result = scanner.scan_well('-p', '9', option, 'localhost')
        equal([host['address'] for host in result.report['hosts']], [address], f'hosts with {option}')
        equal(result.report['hosts'][0]['names'], [{'name': 'localhost', 'type': 'user'}], 'names')


@tap.case('a name that does not exist is told, the rest is scanned')
def check_unresolvable():
    result = scanner.scan('-p', '80', 'nobody.invalid', TARGET)
    equal((result.status, len(result.stderr.splitlines())), (0, 1), f'status and lines ({result.stderr})')
    true('nobody.invalid' in result.stderr, result.stderr)
    equal(result.open_ports(TARGET), [80], 'open ports')


@tap.case('nothing but a name that does not exist')
def check_only_unresolvable():
    result = run('-p', '80', 'nobody.invalid')
    equal((result.returncode, len(result.stderr.splitlines())), (2, 1), f'status and lines ({result.stderr})')
    true('nobody.invalid' in result.stderr, result.stderr)


# Outputs.

@tap.case('several outputs at once')
def check_outputs():
    result = run('-n', '-p', '79,80', '-o', path('a.json'), '-o', path('b.txt'), '-o', path('c.json'), TARGET)
    equal((result.returncode, result.stderr), (0, ''), 'exit status and stderr')
    equal(json.loads(read('a.json')), json.loads(read('c.json')), 'the JSON files')
    equal(read('b.txt'), result.stdout, 'the text file and stdout')
    equal(ports_of_text(result.stdout), ['79/tcp', '80/tcp'], 'ports')


@tap.case('JSON on stdout')
def check_json_stdout():
    for arguments in (['-o', '-', '--format', 'json'], ['--format', 'json']):
        result = run('-n', '-p', '80', *arguments, TARGET)
        equal((result.returncode, result.stderr), (0, ''), 'exit status and stderr')
        report = json.loads(result.stdout)
        equal((report['format'], report['status']), ('roadstead-report', 'finished'), f'with {arguments}')


@tap.case('-q prints nothing')
def check_quiet():
    result = run('-n', '-q', '-p', '80', '-o', path('quiet.json'), TARGET)
    equal((result.returncode, result.stdout, result.stderr), (0, '', ''), 'status, stdout, stderr')
    equal(json.loads(read('quiet.json'))['status'], 'finished', 'the report')


@tap.case('no progress where stderr is no terminal')
def check_no_progress():
    equal(run('-n', '-p', '1000-1020', '--timeout', '300', TARGET).stderr, '', 'stderr')


@tap.case('--open and --reason')
def check_open_reason():
    result = run('-n', '-p', '79,80', '--open', '--reason', TARGET)
    equal(ports_of_text(result.stdout), ['80/tcp'], 'ports')
    true('REASON' in result.stdout and 'syn-ack' in result.stdout, result.stdout)


@tap.case('an output that cannot be written is told before anything is sent')
def check_unwritable():
    before = syns()
    for output in ('/proc/none/report.json', path('no-folder/report.txt'), f'{folder}/.json/x.json'):
        result = run('-n', '-p', '80', '-o', path('good.json'), '-o', output, TARGET)
        equal((result.returncode, result.stdout, len(result.stderr.splitlines())), (2, '', 1),
              f'status, stdout, lines ({result.stderr})')
        true(output in result.stderr, result.stderr)
    equal(syns(), before, 'SYNs sent')
    true(not os.path.exists(path('good.json')), 'another output was begun')


@tap.case('a full disk')
def check_full_disk():
    if not os.path.exists('/dev/full'):
        raise tap.Skip('no /dev/full')
    with open('/dev/full', 'w', encoding='utf-8') as full:
        done = subprocess.run([scanner.PROGRAM, '-n', '-p', '80', TARGET], stdout=full, stderr=subprocess.PIPE,
                              text=True, timeout=scanner.TIMEOUT)
    equal((done.returncode, len(done.stderr.splitlines())), (2, 2), f'status and lines ({done.stderr})')
    true('--resume' in done.stderr, done.stderr)


@tap.case('an existing report stays whole until the new one is')
def check_atomic():
    with open(path('old.json'), 'w', encoding='utf-8') as file:
        file.write('what was there before')
    report = path('old.json')
    process = scanner.start('-n', '-q', '-p', '1000-1100', '--timeout', '400', '-o', report, TARGET)
    before = syns()
    netns.wait_for(lambda: syns() > before, 'the scan to be under way')
    equal(read('old.json'), 'what was there before', 'the file while the scan runs')
    process.communicate(timeout=scanner.TIMEOUT)
    equal(json.loads(read('old.json'))['status'], 'finished', 'the file afterwards')
    equal([name for name in os.listdir(folder) if name.startswith(('old', '.')) and name != 'old.json'], [],
          'files left behind')


# Interrupted.

def check_interrupt(number):
    """What was found until then is written, and says that it is not all."""
    report = scanner.report_path()
    process = scanner.start('-n', '-o', report, '-p', '80,81,1000-2999', TARGET)
    before = syns()
    netns.wait_for(lambda: syns() > before + 400, 'the scan to be under way')
    process.send_signal(number)
    begin = time.monotonic()
    result = scanner.finish(process, report)
    true(time.monotonic() - begin < 10, 'it took long to stop')
    equal(result.status, 130, 'exit status')
    true('--resume' in result.stderr and result.stderr.count('\n') == 1, result.stderr)
    equal(result.report['status'], 'stopped', 'status in the report')
    ports = result.ports(TARGET)
    true(ports.get(80) in (None, ('open', 'syn-ack', None)), f'port 80: {ports.get(80)}')
    true(len(ports) < 2002, 'all ports')
    true('Not finished' in result.stdout, result.stdout)


tap.case('Ctrl-C', signal.SIGINT)(check_interrupt)
tap.case('SIGTERM', signal.SIGTERM)(check_interrupt)


@tap.case('Ctrl-C while names are looked up')
def check_interrupt_resolving():
    silent = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    silent.bind(('127.0.0.1', 53))
    silent.settimeout(scanner.TIMEOUT)
    netns.replace_file('/etc/resolv.conf', 'nameserver 127.0.0.1\n')
    report = scanner.report_path()
    process = scanner.start('-o', report, '-p', '80', 'slow.example')
    silent.recv(512)
    process.send_signal(signal.SIGINT)
    begin = time.monotonic()
    result = scanner.finish(process, report)
    silent.close()
    netns.replace_file('/etc/resolv.conf', '')
    true(time.monotonic() - begin < 3, 'it took long to stop')
    equal((result.status, result.report['status'], result.report['hosts']), (130, 'stopped', []), 'what is left')


# Merging.

@tap.case('two reports become one')
def check_merge():
    for name, ports, text in (('one.json', '1-100', 'one'), ('two.json', '90-200', 'two')):
        equal(run('-q', '-n', '-p', ports, '-o', path(name), '127.0.0.1').returncode, 0, text)
    done = run('merge', '-q', path('one.json'), path('two.json'), '-o', path('all.json'))
    equal((done.returncode, done.stderr), (0, ''), 'exit status and stderr')
    merged = json.loads(read('all.json'))
    equal((merged['summary']['ports']['closed'], merged['summary']['n_targets'], merged['profile']['ports']),
          (200, 1, '90-200,1-100'), 'the merged report')


def check_shards(n_shards, n_ports, *options):
    """Losing it: machines that share a scan leave ports out, or scan some twice."""
    names, seen = [], []
    for number in range(1, n_shards + 1):
        name = f'shard-{number}.json'
        names.append(path(name))
        done = run('-q', '-n', '-p', f'1-{n_ports}', '--shard', f'{number}/{n_shards}', *options, '-o', path(name), '127.0.0.1-3')
        equal((done.returncode, done.stderr), (0, ''), 'exit status and stderr')
        for host in json.loads(read(name))['hosts']:
            seen += [(host['address'], port) for port in scanner.ports_of(host)]
    equal((len(seen), len(set(seen))), (3 * n_ports, 3 * n_ports), 'results, and different ones')
    done = run('merge', '-q', *names[:-1], '-o', path('part.json'))
    true(f'shared by {n_shards} machines' in done.stderr, done.stderr)
    equal(run('merge', '-q', *names, '-o', path('whole.json')).stderr, '', 'stderr')
    whole = json.loads(read('whole.json'))
    equal((whole['summary']['n_targets'], whole['summary']['hosts']['up'], whole['summary']['ports']['closed']),
          (3, 3, 3 * n_ports), 'the merged report')
    equal('shard' in whole['profile'], False, 'a shard in the merged report')


tap.case('two shards', 2, 50)(check_shards)
tap.case('seven shards, without discovery', 7, 50, '--skip-discovery')(check_shards)
tap.case('more shards than ports of a host', 8, 5, '--seed', '7')(check_shards)


@tap.case('what cannot be merged')
def check_merge_faults():
    for arguments, status, text in ((['merge'], 1, 'No report'), (['merge', path('none.json')], 2, path('none.json')),
                                    (['merge', '-', '-'], 1, 'standard input'),
                                    (['--shard', '3/2', '127.0.0.1'], 1, '3/64')):
        done = run(*arguments)
        equal(done.returncode, status, f'exit status of {arguments}')
        true(text in done.stderr and done.stderr.count('\n') == 1, done.stderr)


# Pace.

@tap.case('--max-rate is kept')
def check_max_rate():
    before = syns()
    begin = time.monotonic()
    scanner.scan_well('--skip-discovery', '-p', '3001-3300', '--max-rate', '200', TARGET)
    elapsed = time.monotonic() - begin
    equal(syns() - before, 300, 'SYNs')
    # The first second may have a burst of 20 ms more; starting and writing take time on top.
    true(elapsed > 1.4, f'300 connects at 200/s took {elapsed:.2f} s')
    true(elapsed < 15, f'300 connects at 200/s took {elapsed:.2f} s')


@tap.case('--max-parallelism is kept')
def check_max_parallelism():
    report = scanner.report_path()
    process = scanner.start('-n', '-o', report, '-p', '1000-1099', '--max-parallelism', '7', '--timeout', '100',
                            '--max-retries', '0', TARGET)
    seen = []
    while process.poll() is None:
        with open('/proc/net/tcp', encoding='ascii') as table:
            seen.append(sum(line.split()[3] == SYN_SENT for line in table))
        time.sleep(0.005)
    result = scanner.finish(process, report)
    equal(len(result.ports(TARGET)), 100, 'ports')
    # The table is no snapshot: a connect that ends while it is read can be in it beside its successor.
    equal(max(set(seen) - {0}, key=seen.count), 7, 'connects at once')
    true(result.report['elapsed'] >= 1.5, f'15 times 100 ms took {result.report["elapsed"]} s')


@tap.case('--timeout and --max-retries bound the time')
def check_timeout():
    result = scanner.scan_well('-p', '1000', '--timeout', '150', '--max-retries', '1', TARGET)
    true(0.3 <= result.report['elapsed'] < 3, f'two tries of 150 ms took {result.report["elapsed"]} s')


@tap.case('more retries than anybody needs')
def check_many_retries():
    before = syns()
    scanner.scan_well('--skip-discovery', '-p', '1000', '--timeout', '1', '--max-retries', '12', TARGET)
    equal(syns() - before, 13, 'SYNs')


# Which hosts are there.

@tap.case('hosts alone, without ports')
def check_hosts_alone():
    """Whoever asks for hosts gets them, and no table of ports, and the scan ends."""
    for option in (('-sn',), ('-p', 'none')):
        result = scanner.scan_well(*option, TARGET, '127.0.0.0/29')
        host = result.host(TARGET)
        equal((host['state'], host['ports'], host['unlisted']), ('up', [], []), f'what {option} finds')
        true('PORT' not in result.stdout, result.stdout)


@tap.case('excluded ports are not asked to find hosts')
def check_excluded_ports():
    """A port that must not be touched is not touched, although it would tell that the host is up."""
    with target:
        listener = socket.socket()
    with listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((TARGET, 443))
        listener.listen()
        listener.settimeout(0.3)
        scanner.scan_well('-p', '1-100', '--exclude-ports', '443,445', TARGET)
        try:
            listener.accept()[0].close()
        except TimeoutError:
            return
    raise tap.Failed('port 443 was connected to')


@tap.case('the port that is asked for finds the host')
def check_asked_port_discovers():
    """A firewall that lets one port pass hides the host from all others, but not from who knows the port."""
    with target:
        netns.nft('''table inet test {
          chain in {
            type filter hook input priority 0
            tcp dport != 8006 tcp flags syn drop
          }
        }''')
        netns.serve(TARGET, 8006)
    try:
        result = scanner.scan_well('-p', '8006', TARGET)
        equal(result.ports(TARGET), {8006: ('open', 'syn-ack', None)}, 'ports')
    finally:
        with target:
            netns.nft('')


@tap.case('a host that takes too long is given up')
def check_host_timeout():
    """One slow host does not hold a scan up for longer than the user allows, and what was found is kept."""
    started = time.monotonic()
    result = scanner.scan_well('-p', '1-3000', '--max-rate', '300', '--host-timeout', '1s', TARGET)
    true(0.9 < time.monotonic() - started < 8, f'{time.monotonic() - started:.1f} s')
    true('due to host timeout' in result.stdout, result.stdout)
    true(0 < len(result.ports(TARGET)) < 3000, f'{len(result.ports(TARGET))} ports were scanned')


# What it needs.

@tap.case('messages of GLib are there for who asks for them')
def check_debug_messages():
    asked = subprocess.run([scanner.PROGRAM, '-p', '80', TARGET], capture_output=True, text=True,
                           timeout=scanner.TIMEOUT, env={**os.environ, 'G_MESSAGES_DEBUG': 'all'})
    true('GSocketClient' in asked.stdout + asked.stderr, 'nothing of GSocketClient')
    true('GSocketClient' not in run('-p', '80', TARGET).stderr, 'debug messages that nobody asked for')


@tap.case('needs neither GTK nor a display')
def check_no_gtk():
    if shutil.which('ldd') is None:
        raise tap.Skip('ldd is not installed')
    libraries = netns.run('ldd', scanner.PROGRAM)
    for name in ('libgtk', 'libgdk', 'libX11', 'libwayland', 'libcairo', 'libpango'):
        true(name not in libraries, f'{name} in\n{libraries}')


tap.main()
