#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-network.py: the window on a network with silent addresses.

Runs in a network namespace of its own. 10.99.0.1 is this computer; nobody is at the other addresses.
"""

import contextlib
import os
import re
import socket
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
STAGE = 'ROADSTEAD_WINDOW_TEST_STAGE'
sys.path.insert(0, HERE)
sys.path.insert(0, os.path.join(HERE, '..', 'network'))

import netns  # noqa: E402
import tap  # noqa: E402


def run(*command):
    subprocess.run(command, check=True)


def make_network():
    run('ip', 'link', 'set', 'lo', 'up')
    run('ip', 'link', 'add', 'net0', 'type', 'veth', 'peer', 'name', 'far0')
    run('ip', 'address', 'add', '10.99.0.1/16', 'dev', 'net0')
    run('ip', 'link', 'set', 'net0', 'up')
    run('ip', 'link', 'set', 'far0', 'up')
    run('ip', 'route', 'add', 'default', 'via', '10.99.0.2')


def make_names(folder):
    """many.example has three addresses, two of which answer."""
    path = os.path.join(folder, 'hosts')
    with open(path, 'w', encoding='utf-8') as file:
        file.write('127.0.0.1 localhost\n' + ''.join(f'{address} many.example\n' for address in
                                                     ('10.99.200.1', '10.99.200.2', '10.99.200.3')))
    for address in ('10.99.200.1', '10.99.200.2'):
        run('ip', 'address', 'add', address + '/32', 'dev', 'lo')
    run('mount', '--bind', path, '/etc/hosts')


def choose_ports(window, ports):
    window.press('Ports to scan')
    window.type_into('Port list', ports)
    window.key('Return')
    window.wait_for_focus('Ports to scan')


def scan(window, target, ports):
    choose_ports(window, ports)
    window.type_into('Target', target)
    window.press('_Scan')


def scan_long(window, target, ports):
    """As scan(), for a scan of seconds. On a busy machine a press can get lost while the window is being drawn for
    the first time."""
    from road_window import Atspi, Failure
    scan(window, target, ports)
    for _ in range(2):
        with contextlib.suppress(Failure):
            window.find(Atspi.Role.PUSH_BUTTON, '_Stop', timeout=8)
            return
        window.press('_Scan')


# Losing this: for half a minute the window counts ports and promises an end, while nobody is there.
@tap.case('first hosts are looked for, then their ports are scanned; the bar never goes backwards')
def phases():
    from road_window import Atspi, Window, wait_for
    with Window() as window:
        scan_long(window, '10.99.0.0/21', '1-60000')
        bar = window.find(Atspi.Role.PROGRESS_BAR, 'Scan progress')
        label = window.wait_for_text('Looking for hosts: ')
        fractions, texts = [0], []

        def watch():
            texts.append(label.get_name())
            fractions.append(Atspi.Value.get_current_value(bar))
            return texts[-1].startswith('Scanning ') or 'up · ' in texts[-1] and 'no open' in texts[-1]
        wait_for('the hosts to be found', watch, timeout=60)
        looking = [text for text in texts if text.startswith('Looking')]
        for text in looking:
            match = re.match(r'Looking for hosts: (\d+) of (\d+) probed · \d up', text)
            tap.true(match and int(match[1]) <= int(match[2]) <= 2048, f'{text!r}')
            tap.true(' left' not in text, f'no promise: {text!r}')
        tap.true(any('waiting for ' in text for text in looking), f'what it waits for: {looking!r}')
        seen = fractions[:len(looking)]
        tap.equal(seen, sorted(seen), 'the bar')
        window.wait_for_text('1 host up · 2047 not responding')


# Losing this: addresses that were not scanned yet seem not to have existed.
@tap.case('every address of a stopped scan is accounted for')
def accounts():
    from road_window import Window
    with Window() as window:
        scan_long(window, '10.99.0.0/16', '1-1000')
        window.wait_for_text('Looking for hosts')
        time.sleep(1)
        window.key('Escape')
        text = window.wait_for_text('Stopped · ').get_name()
        counts = [int(number) for number in re.findall(r'(\d+) (?:hosts? up|not responding|not scanned)', text)]
        tap.equal(sum(counts), 65536, text)


# Losing this: nobody is there to press Resume when the network is back.
@tap.case('without a network the scan pauses, and goes on by itself')
def offline():
    from road_window import Atspi, Window, find_all, wait_for
    with Window() as window:
        scan_long(window, '10.99.0.0/16', '1-1000')
        window.wait_for_text('Looking for hosts')
        try:
            run('ip', 'link', 'set', 'net0', 'down')
            window.find(Atspi.Role.ALERT, 'No network connection. The scan continues when')
            window.wait_for_text('Paused · ')
            tap.equal(len(find_all(window.frame, Atspi.Role.PUSH_BUTTON, '_Stop')), 1, 'Stop buttons')
            tap.equal(len(find_all(window.frame, Atspi.Role.PUSH_BUTTON, '_Resume')), 1, 'Resume buttons')
        finally:
            run('ip', 'link', 'set', 'net0', 'up')
            run('ip', 'route', 'replace', 'default', 'via', '10.99.0.2')
        window.find(Atspi.Role.PUSH_BUTTON, '_Pause')
        wait_for('the message to go', lambda: not window.exists(Atspi.Role.ALERT, 'No network'))
        # What the user has paused stays so.
        window.key('ctrl+p')
        window.wait_for_text('Paused · ')
        run('ip', 'route', 'delete', 'default')
        run('ip', 'route', 'replace', 'default', 'via', '10.99.0.2')
        time.sleep(1)
        window.wait_for_text('Paused · ', timeout=1)


# Losing this: what listens on the other addresses of a name is missed, and nobody says so.
@tap.case('a name with several addresses: the window says how many, and scans all of them')
def all_addresses():
    from road_window import Atspi, Window, wait_for
    if not os.path.exists('/etc/hosts'):
        raise tap.Skip('there is no /etc/hosts to put a name into')
    with Window() as window:
        scan(window, 'many.example', '9')
        window.wait_for_text('1 host up · ')
        window.find(Atspi.Role.ALERT, 'many.example has 3 addresses; 1 is scanned.')
        window.press('Scan _All Addresses')
        window.wait_for_text('2 hosts up · ')
        wait_for('the message to go', lambda: not window.exists(Atspi.Role.ALERT, 'many.example'))
        # While a scan runs it is stopped first.
        window.type_into('Target', 'many.example 10.99.0.0/20')
        window.press('_Scan')
        window.find(Atspi.Role.ALERT, 'many.example has 3 addresses')
        window.press('Scan _All Addresses')
        wait_for('the message to go', lambda: not window.exists(Atspi.Role.ALERT, 'many.example'))
        window.wait_for_text('Looking for hosts')
        time.sleep(1)
        window.key('Escape')
        window.wait_for_text('Stopped · ')
        # “localhost” has two, of the same computer.
        window.type_into('Target', 'localhost')
        window.press('_Scan')
        window.wait_for_text('1 host up · no open ports')
        tap.true(not window.exists(Atspi.Role.ALERT, 'localhost has'), 'nothing to choose from')


# Losing this: the window seems to hang, and the user cannot tell that names are to blame, nor stop.
@tap.case('names for which nobody answers: the window counts them, and stops at once')
def silent_names():
    from road_window import Atspi, Window
    if not os.path.exists('/etc/resolv.conf'):
        raise tap.Skip('there is no /etc/resolv.conf to name a server in')
    netns.replace_file('/etc/resolv.conf', 'nameserver 127.0.0.1\noptions timeout:30 attempts:2\n')
    netns.replace_file('/etc/nsswitch.conf', 'hosts: files dns\n')
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server, Window() as window:
        server.bind(('127.0.0.1', 53))
        scan(window, 'localhost ' + ' '.join(f'silent-{number}.example' for number in range(20)), '9')
        window.wait_for_text('Looking up names: 1 of 21')
        time.sleep(1)
        window.key('Escape')
        window.find(Atspi.Role.PUSH_BUTTON, '_Scan', timeout=20)
        # There are no results to be shown, so it is the start page: This _Computer is there to be scanned.
        window.key('alt+c')
        window.wait_for_text('1 host up · no open ports')


def main():
    stage = os.environ.get(STAGE)
    if stage is None:
        if subprocess.run(['unshare', '-rnm', 'true'], check=False, capture_output=True).returncode != 0:
            print('1..0 # SKIP no network namespaces')
            return
        os.environ[STAGE] = 'network'
        os.execvp('unshare', ['unshare', '-rnm', sys.executable, *sys.argv])
    if stage == 'network':
        os.environ[STAGE] = 'display'
        make_network()
        with tempfile.TemporaryDirectory() as folder:
            if os.path.exists('/etc/hosts'):
                make_names(folder)
            sys.exit(subprocess.run([os.path.join(HERE, 'run-window-test'), sys.executable, *sys.argv],
                                    check=False).returncode)
    tap.main()


if __name__ == '__main__':
    main()
