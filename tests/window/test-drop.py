#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files are dropped on the windows with the mouse."""

import contextlib
import json
import os
import subprocess
import tempfile

from road_window import Window, tap, wait_for

HERE = os.path.dirname(os.path.abspath(__file__))
REPORT = os.path.join(HERE, '..', 'unit', 'data', 'nmap-versions')
DRAG_SOURCE = os.path.join(HERE, 'drag-source.py')


def xdotool(*arguments):
    return subprocess.run(['xdotool', *map(str, arguments)], check=True, capture_output=True, text=True).stdout.split()


def windows(*search):
    return subprocess.run(['xdotool', 'search', '--onlyvisible', *search], capture_output=True, text=True,
                          check=False).stdout.split()


def place(window, x, y):
    xdotool('windowmove', '--sync', window, x, y)
    return window


@contextlib.contextmanager
def drag_source(path):
    """A window from which a file can be dragged, at the right edge of the screen."""
    process = subprocess.Popen(['/usr/bin/python3', DRAG_SOURCE, path], stderr=subprocess.DEVNULL)
    try:
        window = wait_for('the drag source', lambda: windows('--name', 'Drag source'))[0]
        yield place(window, 1000, 100)
    finally:
        process.terminate()
        process.wait()


def drag(source, target):
    """Drags from the middle of a window to that of another, in steps and as slowly as by hand: newer GTK drops nothing
    where the target has not answered yet."""
    xdotool('mousemove', '--window', source, 100, 100, 'mousedown', 1, 'sleep', 0.1)
    for step in range(5, 60, 5):
        xdotool('mousemove', '--window', source, 100 - step, 100 + step, 'sleep', 0.05)
    for x in (300, 290, 280, 270, 260):
        xdotool('mousemove', '--window', target, x, 250, 'sleep', 0.2)
    xdotool('mouseup', 1)


# Losing this: a report that is dropped on the window does nothing.
@tap.case('a report that is dropped on the window is opened')
def report():
    with Window() as window, drag_source(os.path.abspath(REPORT)) as source:
        target = place(wait_for('the window', lambda: windows('--class', 'roadstead'))[0], 0, 0)
        drag(source, target)
        window.wait_for_rows('the ports', lambda rows: any('2222' in row for row in rows))


# Losing this: a colleague's profile that is dropped on the list of profiles does nothing.
@tap.case('a profile that is dropped on the list of profiles is imported')
def profile():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'dropped.json')
        with open(path, 'w', encoding='utf-8') as file:
            json.dump({'format': 'roadstead-profile', 'version': 1, 'name': 'Dropped', 'ports': '22'}, file)
        with Window(environment={'XDG_DATA_HOME': folder}) as window:
            window.key('ctrl+shift+p')
            profiles = window.dialog('Profiles')
            with drag_source(path) as source:
                target = place(wait_for('the list', lambda: windows('--name', '^Profiles$'))[0], 0, 0)
                drag(source, target)
                window.find(name='Menu for Dropped', root=profiles)


if __name__ == '__main__':
    tap.main()
