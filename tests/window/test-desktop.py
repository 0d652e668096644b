#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desktop does with the program: starts it over D-Bus, and finds the desktop file of a window."""

import configparser
import os
import pathlib
import shutil
import subprocess

from road_window import PROGRAM, Atspi, Window, children, tap, wait_for

DATA = pathlib.Path(os.environ['GSETTINGS_SCHEMA_DIR'])
DESKTOP_FILE = next(DATA.glob('*.desktop'))
APP_ID = DESKTOP_FILE.stem
PATH = '/' + APP_ID.replace('.', '/')
SERVICES = pathlib.Path(os.environ['XDG_RUNTIME_DIR']).parent / 'services'


def entries(path):
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read(path, encoding='utf-8')
    return parser


def call(name, path, method, *arguments):
    done = subprocess.run(['gdbus', 'call', '--session', '--dest', name, '--object-path', path, '--method', method,
                           *arguments], capture_output=True, text=True, check=False)
    tap.equal((done.returncode, done.stderr), (0, ''), method)


def ask_application(method, *arguments):
    call(APP_ID, PATH, 'org.freedesktop.Application.' + method, *arguments)


def windows():
    """The windows of the program in the accessibility tree."""
    return [window.get_name() for application in children(Atspi.get_desktop(0))
            if application.get_name() in ('roadstead', 'Roadstead', APP_ID) for window in children(application)]


# Losing this: the session, which starts programs by their name on the bus, starts nothing when one chooses the icon,
# the action New Window, or a notification.
@tap.case('the bus starts the program: Activate, New Window, and a file')
def activated():
    service = entries(DATA / f'{APP_ID}.service')['D-BUS Service']
    tap.equal(service['Name'], APP_ID, 'the name on the bus')
    tap.true(service['Exec'].endswith('/bin/roadstead --gapplication-service'), service['Exec'])
    (SERVICES / f'{APP_ID}.service').write_text(
        f'[D-BUS Service]\nName={APP_ID}\nExec={PROGRAM} --gapplication-service\n', encoding='utf-8')
    call('org.freedesktop.DBus', '/', 'org.freedesktop.DBus.ReloadConfig')

    ask_application('Activate', '{}')
    wait_for('a window', lambda: len(windows()) == 1)
    ask_application('ActivateAction', 'new-window', '[]', '{}')
    wait_for('a second one', lambda: len(windows()) == 2)
    ask_application('ActivateAction', 'quit', '[]', '{}')
    wait_for('no window', lambda: not windows())


# Losing this: what the desktop file says is not what the program does.
@tap.case('the desktop file says so, and that there is New Window')
def desktop_file():
    parser = entries(DESKTOP_FILE)
    tap.equal(parser['Desktop Entry']['DBusActivatable'], 'true', 'whether the bus starts it')
    tap.equal(parser['Desktop Entry']['Actions'], 'new-window;', 'the actions')
    tap.equal(parser['Desktop Action new-window']['Exec'], 'roadstead --new-window', 'what the action runs')
    with Window() as window:
        subprocess.run([PROGRAM, '--new-window'], check=True)
        window.wait_for_windows(2)


# Losing this: docks of X11 show a second icon without a picture for the window.
@tap.case('windows have the class that the desktop file names')
def window_class():
    if shutil.which('xprop') is None:
        raise tap.Skip('xprop is not installed')
    wanted = entries(DESKTOP_FILE)['Desktop Entry']['StartupWMClass']
    with Window() as window:
        window.wait_for_windows(1)
        number = window._ask_x('search', '--onlyvisible', '--class', 'roadstead')
        answer = subprocess.run(['xprop', '-id', number, 'WM_CLASS'], capture_output=True, text=True, check=True)
        tap.true(answer.stdout.strip().endswith(f'"{wanted}"'), answer.stdout)


tap.main()
