#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-window.py LIBRARY SOURCE-ROOT [DIRECTION [PICTURES]]: the window in a language that nobody speaks, written in
one direction or in both.

Each text that is shown is between marks, and each page can be as narrow as a telephone. With PICTURES, a
folder, what is checked is also drawn there.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, '..', 'window'), os.path.join(HERE, '..', 'network')]
import locales  # noqa: E402
import pseudo  # noqa: E402
from road_window import Atspi, Failure, Window, tap, wait_for, walk, width_of  # noqa: E402

LIBRARY, ROOT = map(os.path.abspath, sys.argv[1:3])
DIRECTION = sys.argv[3] if len(sys.argv) > 3 else None
PICTURES = sys.argv[4] if len(sys.argv) > 4 else None
NARROW = 360

FOLDER = os.path.join(os.environ['XDG_STATE_HOME'], 'roadstead', 'scans')
TIME = '2026-11-%02dT10:01:00.000000+00:00'

# What comes from reports or from the network, or is the same in all languages: numbers, addresses, names of hosts,
# services and programs, marks, and what GTK calls widgets without a name.
DATA = re.compile(r'[\W\d_]*|[\d.:a-f/%,–\- ]*|Gtk\w+|(nas|desk)\.lan|(ssh|http|https|mysql|OpenSSH 9\.2)\b.*|localhost'
                  r'|Roadstead|[\d.]+|SYN(-ACK)?|RST|ACK|((Shift|Ctrl|Alt)\+)*(F?\d+|\w|\?)|.*\.json')
# GTK's own texts, which it translates itself.
OF_GTK = {'(None)', 'Close', 'Minimize', 'Maximize', 'Clear', 'Cancel', 'Search', 'Menu', 'Back', 'Unselected',
          'Ctrl', 'Shift', 'Alt', 'Delete', 'Escape', 'Space', 'Enter', 'Return', 'Left', 'Right', 'Up', 'Down',
          'Home', 'End', 'Page Up', 'Page Down', 'Backspace', 'Shortcuts', 'Search Shortcuts', 'Search Results', 'No Results Found', 'Try a different search'}
SHOWN = (Atspi.Role.LABEL, Atspi.Role.PUSH_BUTTON, Atspi.Role.TOGGLE_BUTTON, Atspi.Role.CHECK_BOX,
         Atspi.Role.RADIO_BUTTON, Atspi.Role.MENU_ITEM)


def report(day, ports):
    return {
        'format': 'roadstead-report', 'version': 1, 'targets': '192.0.2.0/24', 'status': 'finished',
        'started': TIME % day, 'finished': TIME % day, 'elapsed': 83.5,
        'hosts': [
            {'address': '192.0.2.20', 'names': [{'name': 'nas.lan', 'type': 'user'}], 'state': 'up',
             'reason': 'syn-ack', 'latency_ms': 1.25,
             'ports': [{'port': port, 'state': state, 'latency_ms': 1.5,
                        'reason': {'open': 'syn-ack', 'closed': 'conn-refused', 'filtered': 'no-response'}[state],
                        **({'service': 'ssh', 'version': 'OpenSSH 9.2'} if port == 22 else {})}
                       for port, state in ports.items()]},
            {'address': '192.0.2.31', 'state': 'up', 'reason': 'conn-refused', 'ports': []}],
        'summary': {'n_targets': 256, 'n_up': 2, 'n_down': 254},
    }


def write(path, content):
    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    with open(path, 'w', encoding='utf-8') as file:
        json.dump(content, file)
    return path


OLD = report(20, {22: 'open', 80: 'open', 443: 'closed', 3306: 'filtered'})
NEW = report(21, {22: 'open', 80: 'closed', 443: 'open', 3306: 'filtered'})

base = tempfile.mkdtemp(prefix='roadstead-')
locales.make_locale(base, 'en_US')
with open(os.path.join(ROOT, 'po', 'POTFILES'), encoding='utf-8') as potfiles:
    template = pseudo.extract(ROOT, [line for line in potfiles.read().split('\n') if line and line[0] != '#'])
ENVIRONMENTS = {}
for name, rtl in (('left-to-right', False), ('right-to-left', True)):
    catalogues = os.path.join(base, name)
    locales.add_catalogue(pseudo.make(template, rtl), catalogues, 'xx', 'roadstead')
    locales.add_catalogue(pseudo.make_gtk(rtl), catalogues, 'xx', 'gtk40')
    ENVIRONMENTS[name] = locales.environment(LIBRARY, base, catalogues, 'en_US', 'xx')


class Foreign(Window):
    """A window that speaks the language."""

    def __init__(self, direction, *arguments):
        self.direction = direction
        self.faults = []
        super().__init__(*arguments, environment=ENVIRONMENTS[direction])

    def __exit__(self, failure, *rest):
        super().__exit__(failure, *rest)
        if self.faults:
            raise Failure('\n'.join(self.faults))

    def resize(self, width, height):
        """Tells when the window does not become so narrow, and goes on."""
        try:
            super().resize(width, height)
        except Failure:
            self.faults.append(f'the window does not become {width} px wide')

    def title(self, text):
        return pseudo.translate(text, self.direction == 'right-to-left')

    def draw(self, name):
        if PICTURES is None:
            return
        os.makedirs(PICTURES, exist_ok=True)
        time.sleep(0.8)
        subprocess.run(['import', '-window', 'root', os.path.join(PICTURES, f'{name}-{self.direction}.png')], check=True)

    def untranslated(self):
        found = set()
        for node in walk(self.root):
            name = node.get_name() or ''
            if node.get_role() in SHOWN and pseudo.BEGIN not in name and name not in OF_GTK and not DATA.fullmatch(name):
                found.add(f'{node.get_role_name()} {name!r}')
        return found

    def check(self, name):
        """Each text that is shown now is translated. It may just be changing."""
        self.draw(name)
        seen = set()

        def is_clean():
            seen.clear()
            seen.update(self.untranslated())
            return not seen
        try:
            wait_for('translations', is_clean, timeout=5)
        except Failure:
            self.faults.append(f'{name}: not translated: {sorted(seen)}')

    def check_narrow(self, name, height=640):
        """Nothing makes the window wider, and nothing is beside it."""
        self.resize(NARROW, height)
        self.draw(name + '-narrow')
        try:
            wait_for('the width', lambda: width_of(self.frame) <= NARROW, timeout=5)
        except Failure:
            self.faults.append(f'{name}: the window is {width_of(self.frame)} px wide, not {NARROW} px')
        self.resize(960, 640)


def each_direction(description):
    def add(function):
        for direction in [DIRECTION] if DIRECTION else ENVIRONMENTS:
            tap.case(f'{description}, {direction}')(lambda direction=direction: function(direction))
        return function
    return add


def forget():
    subprocess.run(['rm', '-rf', FOLDER], check=True)


@each_direction('the first page')
def start(direction):
    forget()
    with Foreign(direction) as window:
        window.wait_for_text('Which ports are open?')
        window.check('start')
        window.check_narrow('start')
        window.key('F10')
        window.check('menu')
        window.key('Escape')
        window.type_into('Target', '192.0.2.1-300')
        window.key('ctrl+l', 'Return')
        window.check('fault')
        window.press('Ports to scan')
        window.check('ports')
        window.key('Escape')
    write(os.path.join(FOLDER, '2026-11-20T10-01-00Z-00000000.json'), OLD)
    with Foreign(direction) as window:
        window.wait_for_text('Recent Scans')
        window.check('start-recent')
        window.check_narrow('start-recent')


@each_direction('results, details and the map')
def results(direction):
    forget()
    path = write(os.path.join(base, 'new.json'), NEW)
    with Foreign(direction, path) as window:
        window.wait_for_rows('the ports', lambda rows: len(rows) > 3)
        window.check('results')
        window.check_narrow('results')
        window.key('F9')
        window.check('scan-details')
        window.check_narrow('scan-details')
        for port in ('22', '443', '3306'):
            window.click(find_port(window, port))
            window.check('port-details-' + port)
            window.check_narrow('port-details-' + port)
        window.click(window.find(Atspi.Role.LABEL, 'nas.lan', window.results()))
        window.check('host-details')
        window.check_narrow('host-details')
        window.key('F9')
        window.press('Map')
        window.check('map')
        window.check_narrow('map')


def find_port(window, port):
    return wait_for(f'port {port}', lambda: next(
        node for row in window.row_nodes() for node in walk(row)
        if node.get_role() == Atspi.Role.LABEL and node.get_name() == port))


@each_direction('a running scan and its end')
def scan(direction):
    forget()
    with Foreign(direction) as window:
        window.type_into('Target', '127.0.0.1-64')
        window.press('Ports to scan')
        window.type_into('Port list', '1-60000')
        window.key('Return')
        window.wait_for_focus('Ports to scan')
        window.key('ctrl+l')
        window.wait_for_focus('Target')
        window.key('Return')
        window.press('Pause')
        window.wait_for_text('Paused')
        window.check('paused')
        window.press('Stop')
        window.wait_for_text('Stopped')
        window.check('stopped')


@each_direction('a comparison')
def compare(direction):
    forget()
    write(os.path.join(FOLDER, '2026-11-20T10-01-00Z-00000000.json'), OLD)
    path = write(os.path.join(base, 'new.json'), NEW)
    with Foreign(direction, path) as window:
        window.wait_for_rows('the ports', lambda rows: len(rows) > 3)
        window.open_dialog('ctrl+d')
        window.check('earlier')
        window.key('Return')
        window.wait_for_windows(1)
        window.wait_for_text('Since ')
        window.check('comparison')


@each_direction('dialogs')
def dialogs(direction):
    forget()
    write(os.path.join(FOLDER, '2026-11-20T10-01-00Z-00000000.json'), OLD)
    with Foreign(direction) as window:
        window.open_dialog('ctrl+h')
        window.check('recent')
        window.key('Escape')
        window.wait_for_windows(1)
        window.open_dialog('ctrl+shift+p')
        window.check('profiles')
        window.key('ctrl+n')
        window.dialog(window.title('New Profile'))
        window.check('profile')
    with Foreign(direction) as window:
        window.key('ctrl+question')
        window.wait_for_text('Start scan')
        window.check('shortcuts')


if __name__ == '__main__':
    sys.argv[1:] = []
    tap.main()
