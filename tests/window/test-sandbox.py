#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window in what looks like a Flatpak's sandbox, in a session without portals.

If one of these fails, Open and Save do nothing at all and say nothing, or a file that the user looks at does not
exist.
"""

import os
import subprocess
import tempfile

from road_window import PROGRAM, Atspi, Window, tap, wait_for
import sandbox

SESSION = os.path.dirname(os.environ['XDG_RUNTIME_DIR'])
HERE = os.path.dirname(os.path.abspath(__file__))       # lsan.supp is there
NO_PORTAL = 'there is none. Install xdg-desktop-portal'
folder = tempfile.TemporaryDirectory(prefix='roadstead-')

attempt = subprocess.run(['unshare', '-rm', 'true'], capture_output=True, text=True, check=False)
if attempt.returncode != 0:
    tap.skip_all(f'namespaces are not allowed here: {attempt.stderr.strip()}')


class Sandboxed(Window):
    """GTK does not tell X the number of a process in a sandbox."""

    def _wait_for_keyboard(self):
        wait_for('the keyboard', lambda: self._active_window() == self._ask_x('getwindowfocus'))


def window(*arguments):
    shared = [SESSION, '/tmp/.X11-unix', os.environ['GSETTINGS_SCHEMA_DIR'], os.path.dirname(PROGRAM), HERE]
    words = sandbox.command(folder.name, shared, PROGRAM, *arguments)
    return Sandboxed(*words[1:], program=words[0])


def check_told(opened):
    opened.find(Atspi.Role.ALERT, NO_PORTAL)
    opened.wait_for_windows(1)


@tap.case('Open… says that there is no portal')
def open_file():
    with window() as opened:
        opened.key('ctrl+o')
        check_told(opened)


@tap.case('so does Compare…')
def compare():
    with window() as opened:
        opened.key('ctrl+d')
        check_told(opened)


@tap.case('so does Save As…')
def save():
    with window('127.0.0.1') as opened:
        opened.press('Scan')
        opened.wait_for_rows('the host', lambda rows: any('127.0.0.1' in row for row in rows))
        opened.key('ctrl+s')
        check_told(opened)


@tap.case('and the profiles window, about importing')
def profiles():
    with window() as opened:
        opened.key('ctrl+shift+p')
        dialog = opened.dialog('Profiles')
        opened.press('Import', dialog)
        opened.find(Atspi.Role.ALERT, NO_PORTAL, dialog)


@tap.case('a file that the sandbox hides can be chosen instead, says the window')
def hidden():
    with window('/srv/scan.json') as opened:
        opened.find(Atspi.Role.ALERT, 'The Flatpak sandbox has no file “scan.json”. Choose it with Open…')


tap.main()
