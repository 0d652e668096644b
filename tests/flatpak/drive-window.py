#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""drive-window.py STEP HOME COMMAND... APPLICATION: starts the window in its sandbox, does the STEP, and ends it.

The processes of the sandbox are nobody's children, so the window is known by its name.
"""

import glob
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'window'))
import portals  # noqa: E402
from road_window import Atspi, Window, children, tap, wait_for  # noqa: E402

STEP, HOME, *COMMAND = sys.argv[1:]
APPLICATION = COMMAND[-1]
OUTSIDE = os.path.join(HOME, 'outside')
KEPT = os.path.join(HOME, '.var', 'app', APPLICATION)
INNER = 'ROADSTEAD_DRIVE_WINDOW_INNER'  # set in the mount namespace that the portals get
HOST = '192.0.2.7'      # of a report, not to be scanned
REPORT = {'format': 'roadstead-report', 'version': 1, 'targets': HOST, 'started': '2026-11-20T10:01:00.000000+00:00',
          'finished': '2026-11-20T10:01:00.000000+00:00', 'elapsed': 1.5, 'status': 'finished', 'hosts': [
              {'address': HOST, 'state': 'up', 'reason': 'syn-ack',
               'ports': [{'port': 22, 'state': 'open', 'reason': 'syn-ack'}]}]}


class Sandboxed(Window):
    start_timeout = 120     # a sandbox is made first

    def __init__(self, *arguments, options=()):
        words = [*COMMAND[:-1], *options, APPLICATION, *arguments]
        super().__init__(*words[1:], program=words[0], environment={'HOME': HOME})

    def _find_application(self):
        return next((application for application in children(Atspi.get_desktop(0))
                     if application.get_child_count() > 0 and 'oadstead' in (application.get_name() or '')), None)

    def _wait_for_keyboard(self):
        """GTK does not tell X the number of a process in a sandbox."""
        wait_for('the keyboard', lambda: self._active_window() == self._ask_x('getwindowfocus'))

    def close(self):
        subprocess.run(['flatpak', 'kill', APPLICATION], check=False)
        self.process.wait()

    def wait_for_host(self, address):
        self.wait_for_rows(address, lambda rows: any(address in cell for row in rows for cell in row))

    def is_active(self):
        return self.frame.get_state_set().contains(Atspi.StateType.ACTIVE)


def scan():
    with Sandboxed('127.0.0.1') as window:
        window.press('_Scan')
        folder = os.path.join(KEPT, '.local', 'state', 'roadstead', 'scans')
        wait_for('the recent scan', lambda: glob.glob(f'{folder}/*.json'), 120)


def save(desktop):
    desktop.file = os.path.join(OUTSIDE, 'saved.json')
    with Sandboxed('127.0.0.1') as window:
        window.press('_Scan')
        window.find(Atspi.Role.PUSH_BUTTON, '_Scan', window.frame)
        window.wait_for_host('127.0.0.1')
        window.key('ctrl+s')
        desktop.wait_for('the report on the host', lambda: os.path.exists(desktop.file))
    method, application, options = desktop.asked[0]
    tap.equal((len(desktop.asked), method, application), (1, 'SaveFile', APPLICATION), 'what was asked')
    tap.true(options['current_name'].endswith('.json'), options['current_name'])
    with open(desktop.file, encoding='utf-8') as file:
        tap.equal(json.load(file)['format'], 'roadstead-report', 'the format of what was saved')
    tap.equal(os.listdir(OUTSIDE), ['saved.json'], 'files left on the host')


def notify(desktop):
    """Shorter scans are nobody told of, so this one makes few connections a second."""
    profiles = os.path.join(KEPT, 'data', 'roadstead', 'profiles')
    settings = os.path.join(KEPT, 'config', 'glib-2.0', 'settings')
    for folder in (profiles, settings):
        os.makedirs(folder, exist_ok=True)
    with open(os.path.join(profiles, 'slow.json'), 'w', encoding='utf-8') as file:
        json.dump({'format': 'roadstead-profile', 'version': 1, 'name': 'Slow', 'ports': '1-700', 'discovery': False,
                   'max_rate': 60}, file)
    with open(os.path.join(settings, 'keyfile'), 'w', encoding='utf-8') as file:
        file.write(f"[{APPLICATION.replace('.', '/')}]\ndefault-profile='slow.json'\n")
    with Sandboxed('127.0.0.1', options=['--env=GSETTINGS_BACKEND=keyfile']) as window:
        window.press('_Scan')
        window.find(Atspi.Role.PUSH_BUTTON, '_Stop')
        frame = window._ask_x('getactivewindow')
        subprocess.run(['xdotool', 'windowminimize', frame], check=True)
        desktop.wait_for('a notification', lambda: desktop.notifications)
        tap.equal(desktop.notifications[0][:2], (APPLICATION, 'Scan of 127.0.0.1 finished'), 'it')
        desktop.click(desktop.notifications[0])
        desktop.wait_for('the window in front again', lambda: window._ask_x('getactivewindow') == frame)


def forward(_desktop):
    path = os.path.join(OUTSIDE, 'forwarded.json')
    with open(path, 'w', encoding='utf-8') as file:
        json.dump(REPORT, file)
    with Sandboxed('@@', path, '@@', options=['--file-forwarding']) as window:
        window.wait_for_host(HOST)


def main():
    steps = {'save': save, 'notify': notify, 'forward': forward}
    if STEP == 'scan':
        scan()
    elif os.environ.pop(INNER, None) is None:
        os.execvpe('unshare', ['unshare', '--mount', sys.executable, *sys.argv], {**os.environ, INNER: 'yes'})
    else:
        portals.share_runtime_folder()
        with tempfile.TemporaryDirectory(prefix='roadstead-') as folder, portals.running(folder) as desktop:
            steps[STEP](desktop)


main()
