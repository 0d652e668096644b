#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens around a scan: the question before it, the notification after it, and what is remembered.

Runs in a network namespace of its own, which nothing leaves.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
STAGE = 'ROADSTEAD_WINDOW_TEST_STAGE'
sys.path.insert(0, HERE)
sys.path.insert(0, os.path.join(HERE, '..', 'network'))

import tap  # noqa: E402

CLOSED = 9      # discard: nobody listens there on loopback
SETTINGS = 'io/github/roadstead/Roadstead'
PUBLIC = '203.0.0.0/16'
QUESTION = 'Scan 65280 public addresses?'    # without a locale, no comma

NOTIFICATIONS = """<node><interface name='org.freedesktop.Notifications'>
<method name='GetCapabilities'><arg type='as' direction='out'/></method>
<method name='GetServerInformation'><arg type='s' direction='out'/><arg type='s' direction='out'/>
<arg type='s' direction='out'/><arg type='s' direction='out'/></method>
<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/>
<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='as' direction='in'/>
<arg type='a{sv}' direction='in'/><arg type='i' direction='in'/><arg type='u' direction='out'/></method>
<method name='CloseNotification'><arg type='u' direction='in'/></method>
<signal name='ActionInvoked'><arg type='u'/><arg type='s'/></signal></interface></node>"""


class Desktop:
    """The notifications of a desktop."""

    def __init__(self):
        from gi.repository import Gio
        self.shown, self.closed = [], []
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        interface = Gio.DBusNodeInfo.new_for_xml(NOTIFICATIONS).interfaces[0]
        self.bus.register_object('/org/freedesktop/Notifications', interface, self._on_call)
        Gio.bus_own_name_on_connection(self.bus, 'org.freedesktop.Notifications', Gio.BusNameOwnerFlags.NONE)

    def _on_call(self, _connection, _sender, _path, _interface, method, parameters, invocation):
        from gi.repository import GLib
        answer = None
        if method == 'Notify':
            _, _, _, summary, body, actions, _, _ = parameters.unpack()
            self.shown.append((summary, body, dict(zip(actions[1::2], actions[::2]))))
            answer = GLib.Variant('(u)', (len(self.shown),))
        elif method == 'CloseNotification':
            self.closed.append(parameters.unpack()[0])
        elif method == 'GetCapabilities':
            answer = GLib.Variant('(as)', (['actions', 'body'],))
        elif method == 'GetServerInformation':
            answer = GLib.Variant('(ssss)', ('test', 'test', '1', '1.2'))
        invocation.return_value(answer)

    def wait_for(self, what, condition):
        from gi.repository import GLib
        from road_window import wait_for

        def check():
            while GLib.MainContext.default().iteration(False):
                pass
            return condition()
        return wait_for(what, check, 60)

    def invoke(self, action):
        from gi.repository import GLib
        self.bus.emit_signal(None, '/org/freedesktop/Notifications', 'org.freedesktop.Notifications',
                             'ActionInvoked', GLib.Variant('(us)', (len(self.shown), action)))


@contextlib.contextmanager
def home():
    """A home of its own, with settings that outlive the program."""
    with tempfile.TemporaryDirectory(prefix='roadstead-') as folder:
        yield folder, {'XDG_DATA_HOME': os.path.join(folder, 'data'),
                       'XDG_STATE_HOME': os.path.join(folder, 'state'),
                       'XDG_CONFIG_HOME': os.path.join(folder, 'config'), 'GSETTINGS_BACKEND': 'keyfile'}


def write_profile(folder, environment, **fields):
    """A profile that is the default one."""
    profiles = os.path.join(folder, 'data', 'roadstead', 'profiles')
    os.makedirs(profiles, exist_ok=True)
    with open(os.path.join(profiles, 'slow.json'), 'w', encoding='utf-8') as file:
        json.dump({'format': 'roadstead-profile', 'version': 1, **fields}, file)
    settings = os.path.join(environment['XDG_CONFIG_HOME'], 'glib-2.0', 'settings')
    os.makedirs(settings)
    with open(os.path.join(settings, 'keyfile'), 'w', encoding='utf-8') as file:
        file.write(f"[{SETTINGS}]\ndefault-profile='slow.json'\n")


def keep_scan(folder, targets):
    """A scan from some days ago, as Roadstead keeps it."""
    scans = os.path.join(folder, 'state', 'roadstead', 'scans')
    os.makedirs(scans, mode=0o700, exist_ok=True)
    time = '2026-11-20T10:01:00.000000+00:00'
    with open(os.path.join(scans, '2026-11-20T10-01-00Z-00000000.json'), 'w', encoding='utf-8') as file:
        json.dump({'format': 'roadstead-report', 'version': 1, 'targets': targets, 'started': time,
                   'finished': time, 'elapsed': 1.5, 'status': 'finished', 'hosts': [
                       {'address': '127.0.0.1', 'state': 'up', 'reason': 'syn-ack',
                        'unlisted': [{'state': 'closed', 'reason': 'conn-refused', 'count': 700, 'ports': '1-700'}]}]},
                  file)


def choose_ports(window, ports):
    window.press('Ports to scan')
    window.type_into('Port list', ports)
    window.key('Return')
    window.wait_for_focus('Ports to scan')


def chosen(window):
    """What the button beside the target says."""
    return window.find(name='Ports to scan', root=window.frame).get_description()


def scan_and_close(window):
    from road_window import Atspi
    window.type_into('Target', '127.0.0.1')
    window.press('_Scan')
    # The summary is also in the list of recent scans.
    window.wait_for_rows('the host', lambda rows: rows and '127.0.0.1' in rows[0])
    window.find(Atspi.Role.PUSH_BUTTON, '_Scan', window.frame)
    window.key('ctrl+w')
    window.wait_for_end()


def stop(window):
    """Presses Stop until the scan has stopped, as right after the start that is ignored."""
    from road_window import Atspi, find_first, wait_for

    def is_stopped():
        button = find_first(window.frame, Atspi.Role.PUSH_BUTTON, '_Stop')
        if button is not None:
            Atspi.Action.do_action(button, 0)
        return find_first(window.frame, Atspi.Role.PUSH_BUTTON, '_Scan') is not None
    wait_for('the scan to stop', is_stopped)


def minimize(window):
    """The user turns to something else."""
    from road_window import wait_for
    frame = window._ask_x('getactivewindow')
    subprocess.run(['xdotool', 'windowminimize', frame], check=True)
    wait_for('another window to have the focus', lambda: window._ask_x('getactivewindow') != frame)
    return frame


# Losing this: who waits for a long scan has to look again and again whether it is done; or is told about
# short ones, and about one that is in front of them.
@tap.case('a long scan that ends out of sight is notified of; its button compares with the last one')
def notification():
    from road_window import Atspi, Window
    desktop = Desktop()
    with home() as (folder, environment):
        write_profile(folder, environment, name='Slow', ports='1-700', discovery=False, max_rate=60)
        keep_scan(folder, '127.0.0.1')
        with Window(environment=environment) as window:
            window.type_into('Target', '127.0.0.1')
            window.press('_Scan')
            window.find(Atspi.Role.PUSH_BUTTON, '_Stop')
            minimize(window)
            desktop.wait_for('a notification', lambda: desktop.shown)
            summary, body, actions = desktop.shown[0]
            tap.equal((summary, body), ('Scan of 127.0.0.1 finished', '1 host, 0 open ports'), 'it')
            tap.true('Compare with Last Scan' in actions, f'the actions: {actions}')

            desktop.invoke(actions['Compare with Last Scan'])

            window.wait_for_text('Everything that both scans covered is unchanged.')

            window.press('_Scan', window.frame)
            window.find(Atspi.Role.PUSH_BUTTON, '_Stop')
            frame = minimize(window)
            desktop.wait_for('another notification', lambda: len(desktop.shown) == 2)
            # GLib forgets a notification that is withdrawn before the desktop's answer has come, and nothing shows that.
            time.sleep(1)
            subprocess.run(['xdotool', 'windowactivate', frame], check=True)
            desktop.wait_for('the notification to go', lambda: desktop.closed)

            choose_ports(window, str(CLOSED))
            window.press('_Scan', window.frame)
            window.wait_for_text('1 host up · ')
            tap.equal(len(desktop.shown), 2, 'notifications, as the last scan was short')


# Losing this: a typo scans a provider's whole network, and nobody has been asked; or everybody who scans
# their own network is asked each time.
@tap.case('many public addresses are asked about once; private ones never')
def reminder():
    from road_window import Atspi, Window, find_first
    with home() as (_, environment), Window(environment=environment) as window:
        window.type_into('Target', '10.0.0.0/16')
        window.press('_Scan')
        window.find(Atspi.Role.PUSH_BUTTON, '_Stop')
        tap.true(not window.exists(Atspi.Role.LABEL, 'public addresses?'), 'no question about private ones')
        stop(window)

        for answer in ('_Cancel', '_Scan'):
            window.type_into('Target', PUBLIC)
            window.press('_Scan', window.frame)
            window.wait_for_text(QUESTION)
            window.wait_for_text(f'{PUBLIC} is not a private network. Scan only networks you own or have '
                                 'permission to test.')
            dialog = find_first(window.root, Atspi.Role.DIALOG) or find_first(window.root, Atspi.Role.ALERT)
            window.press(answer, dialog)
            window.wait_for_windows(1)
        window.find(Atspi.Role.PUSH_BUTTON, '_Stop')
        stop(window)

        window.press('_Scan', window.frame)
        window.find(Atspi.Role.PUSH_BUTTON, '_Stop')
        tap.true(not window.exists(Atspi.Role.LABEL, 'public addresses?'), 'no second question')


# Losing this: on a narrow screen the button that scans is out of it.
@tap.case('the question fits in a narrow window')
def narrow_reminder():
    from road_window import Atspi, Window, width_of
    with home() as (_, environment), Window(environment=environment) as window:
        window.resize(360, 600)
        window.type_into('Target', PUBLIC)
        window.key('ctrl+l', 'Return')
        dialog = window.find(Atspi.Role.DIALOG)
        window.find(Atspi.Role.LABEL, QUESTION, dialog)
        tap.true(width_of(dialog) <= width_of(window.frame),
                 f'{width_of(dialog)} px in a window of {width_of(window.frame)} px')
        window.press('_Cancel', dialog)


# Losing this: “nas:80”, as it stands in every log, is an error that the user has to work out alone.
@tap.case('host:80 offers to scan that port alone, with the keyboard too')
def port_only():
    from road_window import Atspi, Window, listeners, text_of, wait_for
    with listeners(1) as ports, Window() as window:
        port = ports[0]
        target = window.type_into('Target', f'127.0.0.1:{port}')
        window.press('_Scan')
        window.find(Atspi.Role.PUSH_BUTTON, f'Scan _Port {port} Only')
        window.key('Down')
        window.wait_for_focus(f'Scan _Port {port} Only')
        window.key('Return')
        window.wait_for_text('1 host up · 1 open port')
        tap.equal(text_of(target), '127.0.0.1', 'the target')
        window.press('Ports to scan')
        wait_for('the ports', lambda: text_of(window.entry('Port list')) == str(port))
        window.key('Escape')
        window.type_into('Target', '127.0.0.1:http')
        window.press('_Scan')
        window.wait_for_text('“:http” is not allowed here')
        tap.true(not window.exists(Atspi.Role.PUSH_BUTTON, 'Scan _Port'), 'no offer without a number')


# Losing this: the same ports have to be chosen in each new window.
@tap.case('a new window starts with the profile or the ports of the last scan')
def last_choice():
    from road_window import Window, wait_for
    with home() as (_, environment):
        with Window(environment=environment) as window:
            window.press('Ports to scan')
            window.wait_for_focus('Common ports')
            window.key('Down')
            wait_for('the next profile', lambda: chosen(window) == 'All ports')
            window.key('Escape')
            scan_and_close(window)
        with Window(environment=environment) as window:
            wait_for('the profile', lambda: chosen(window) == 'All ports')
            choose_ports(window, f'{CLOSED},{CLOSED + 1}')
            scan_and_close(window)
        with Window(environment=environment) as window:
            wait_for('the ports', lambda: chosen(window) == f'{CLOSED},{CLOSED + 1}')


def make_network():
    """All but this computer is silent."""
    for command in ('link set lo up', 'link add net0 type veth peer name far0', 'link set net0 arp off up',
                    'link set far0 up', 'address add 10.255.0.1/32 dev net0', 'route add default dev net0'):
        subprocess.run(['ip', *command.split()], check=True)


def main():
    stage = os.environ.get(STAGE)
    if stage is None:
        if subprocess.run(['unshare', '-rn', 'true'], check=False, capture_output=True).returncode != 0:
            print('1..0 # SKIP no network namespaces')
            return
        os.environ[STAGE] = 'network'
        os.execvp('unshare', ['unshare', '-rn', sys.executable, *sys.argv])
    if stage == 'network':
        os.environ[STAGE] = 'display'
        make_network()
        sys.exit(subprocess.run([os.path.join(HERE, 'run-window-test'), sys.executable, *sys.argv],
                                check=False).returncode)
    tap.main()


if __name__ == '__main__':
    main()
