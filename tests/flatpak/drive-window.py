#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""drive-window.py HOME COMMAND...: starts the window in its sandbox, scans the host's loopback, and ends it.

The processes of the sandbox are nobody's children, so the window is known by its name.
"""

import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'window'))
from road_window import Atspi, children, find_first, wait_for  # noqa: E402


def find_application():
    return next((application for application in children(Atspi.get_desktop(0))
                 if application.get_child_count() > 0 and 'oadstead' in (application.get_name() or '')), None)


def press(application, name):
    button = wait_for(f'the button {name}', lambda: find_first(application, Atspi.Role.PUSH_BUTTON, name))
    button.do_action(0)


def main(home, *command):
    process = subprocess.Popen([*command, '127.0.0.1'], env={**os.environ, 'HOME': home})
    application = wait_for('the window', find_application, 120)
    press(application, 'Scan')
    folder = os.path.join(home, '.var', 'app', command[-1], '.local', 'state', 'roadstead', 'scans')
    wait_for('the recent scan', lambda: [name for name in os.listdir(folder) if name.endswith('.json')], 120)
    subprocess.run(['flatpak', 'kill', command[-1]], check=False)
    process.wait()


main(*sys.argv[1:])
