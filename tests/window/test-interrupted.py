#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scans that end with the program: killed, or told to end by the session."""

import json
import os
import shutil
import signal

from road_window import Atspi, Window, listeners, tap, text_of, wait_for

STATE = os.path.join(os.environ['XDG_STATE_HOME'], 'roadstead')
JOURNALS = os.path.join(STATE, 'journals')
SCANS = os.path.join(STATE, 'scans')
TARGET = '127.0.0.1-8'


def names(folder):
    return sorted(os.listdir(folder)) if os.path.isdir(folder) else []


def clear():
    shutil.rmtree(STATE, ignore_errors=True)


def begin(window):
    """Starts a scan that takes some seconds, and waits until it has a journal."""
    window.press('Ports to scan')
    window.type_into('Port list', '1-60999')
    window.key('Return')
    window.type_into('Target', TARGET)
    window.press('_Scan')
    wait_for('a journal', lambda: names(JOURNALS) and os.path.getsize(
        os.path.join(JOURNALS, names(JOURNALS)[0])) > 10000)


def end(window, number):
    window.process.send_signal(number)
    wait_for('the program to end', lambda: window.process.poll() is not None)


# Losing this: a crash or an empty battery costs all that was found.
@tap.case('killed: the next start offers to go on')
def killed():
    clear()
    with listeners(1) as ports, Window() as window:
        begin(window)
        end(window, signal.SIGKILL)
        with Window() as second:
            second.wait_for_text(f'The scan of {TARGET} (')
            second.press('Con_tinue Scan')
            second.wait_for_text('8 hosts up · ', timeout=120)
            tap.equal(text_of(second.entry('Target')), TARGET, 'target')
            wait_for('the scan among the recent ones', lambda: len(names(SCANS)) == 1)
            wait_for('the journal to go', lambda: names(JOURNALS) == [])
            with open(os.path.join(SCANS, names(SCANS)[0]), encoding='utf-8') as file:
                report = json.load(file)
            tap.equal(report['status'], 'finished', 'status')
            tap.equal(sum(report['summary']['ports'].values()), 8 * 60999, 'ports')
            tap.true(all(any(port['port'] == ports[0] and port['state'] == 'open' for port in host['ports'])
                         for host in report['hosts'] if host['address'] == '127.0.0.1'), 'the open port')


# Losing this: who does not want to go on is asked at every start.
@tap.case('killed: the offer can be discarded')
def discarded():
    clear()
    with Window() as window:
        begin(window)
        end(window, signal.SIGKILL)
        with Window() as second:
            second.wait_for_text('was interrupted.')
            second.press('_Discard')
            wait_for('the journal to go', lambda: names(JOURNALS) == [])
            wait_for('the offer to go', lambda: not second.exists(Atspi.Role.LABEL, 'was interrupted.'))


# Losing this: who logs out while a scan runs loses it.
def told_to_end(number):
    clear()
    with Window() as window:
        begin(window)
        end(window, number)
        tap.equal(window.process.returncode, 0, 'exit status')
        tap.equal(len(names(SCANS)), 1, 'recent scans')
        tap.equal(names(JOURNALS), [], 'journals')
        with open(os.path.join(SCANS, names(SCANS)[0]), encoding='utf-8') as file:
            tap.equal(json.load(file)['status'], 'stopped', 'status')


tap.case('SIGTERM: the scan is kept', signal.SIGTERM)(told_to_end)
tap.case('SIGHUP: the scan is kept', signal.SIGHUP)(told_to_end)


if __name__ == '__main__':
    tap.main()
