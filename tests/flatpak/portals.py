# SPDX-License-Identifier: GPL-3.0-or-later
"""The portals of a desktop: xdg-desktop-portal's own programs, and what stands in for the desktop's part of them.

A sandbox looks for documents below /run/user, so this wants a mount namespace of its own: see drive-window.py.
"""

import contextlib
import os
import re
import subprocess
import time

from gi.repository import Gio, GLib

PROGRAMS = [os.path.join('/usr/libexec', name) for name in (
    'xdg-permission-store', 'xdg-document-portal', 'xdg-desktop-portal')]
BUS_NAMES = ('org.freedesktop.impl.portal.PermissionStore', 'org.freedesktop.portal.Documents',
             'org.freedesktop.portal.Desktop')
BACKEND = 'org.freedesktop.impl.portal.desktop.roadstead'
# Interface: its methods with the types of what goes in and comes out.
INTERFACES = {
    'FileChooser': {'OpenFile': ('osssa{sv}', 'ua{sv}'), 'SaveFile': ('osssa{sv}', 'ua{sv}')},
    'Notification': {'AddNotification': ('ssa{sv}', ''), 'RemoveNotification': ('ss', '')},
    # GTK watches whether the session ends.
    'Inhibit': {'Inhibit': ('ossua{sv}', ''), 'CreateMonitor': ('ooss', 'u')},
}
PREFIX = 'org.freedesktop.impl.portal.'
PORTAL = f"""[portal]
DBusName={BACKEND}
Interfaces={';'.join(PREFIX + name for name in INTERFACES)}
UseIn=roadstead
"""
TIMEOUT = 60


def describe(name, methods):
    """An interface as Gio wants it."""
    def arguments(types, way):
        return ''.join(f"<arg type='{kind}' direction='{way}'/>" for kind in re.findall(r'a{sv}|.', types))
    text = ''.join(f"<method name='{method}'>{arguments(given, 'in')}{arguments(returned, 'out')}</method>"
                   for method, (given, returned) in methods.items())
    return Gio.DBusNodeInfo.new_for_xml(f"<node><interface name='{PREFIX}{name}'>{text}</interface></node>").interfaces[0]


class Desktop:
    """What a desktop does for the portals: it chooses the file that the test wants, and keeps the notifications."""

    def __init__(self, folder):
        self.file = None            # that will be chosen
        self.asked = []             # (method, application, options) of each dialog
        self.notifications = []     # (application, title, body, default action, its target)
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        for name, methods in INTERFACES.items():
            self.bus.register_object('/org/freedesktop/portal/desktop', describe(name, methods), self._on_call)
        Gio.bus_own_name_on_connection(self.bus, BACKEND, Gio.BusNameOwnerFlags.NONE)
        with open(os.path.join(folder, 'roadstead.portal'), 'w', encoding='utf-8') as file:
            file.write(PORTAL)
        self.environment = {**os.environ, 'XDG_DESKTOP_PORTAL_DIR': folder, 'XDG_CURRENT_DESKTOP': 'roadstead'}

    def _on_call(self, _connection, _sender, _path, _interface, method, parameters, invocation):
        answer = None
        if method in ('OpenFile', 'SaveFile'):
            _, application, _, _, options = parameters.unpack()
            self.asked.append((method, application, options))
            uris = GLib.Variant('as', [Gio.File.new_for_path(self.file).get_uri()])
            answer = GLib.Variant('(ua{sv})', (0, {'uris': uris}))
        elif method == 'AddNotification':
            application, _, what = parameters.unpack()
            self.notifications.append((application, *(
                what.get(key) for key in ('title', 'body', 'default-action', 'default-action-target'))))
        elif method == 'CreateMonitor':
            answer = GLib.Variant('(u)', (0,))
        invocation.return_value(answer)

    def wait_for(self, what, condition):
        """Like road_window.wait_for(), but answers the portals meanwhile."""
        end = time.monotonic() + TIMEOUT
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError(f'waited {TIMEOUT} s for: {what}; asked was {self.asked}, '
                                   f'shown were {self.notifications}')
            if not GLib.MainContext.default().iteration(False):
                time.sleep(0.02)

    def has_owner(self, name):
        return self.bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                                  'NameHasOwner', GLib.Variant('(s)', (name,)), None, Gio.DBusCallFlags.NONE, -1,
                                  None).unpack()[0]

    def click(self, notification):
        """What a desktop does when somebody clicks on one."""
        application, _, _, action, target = notification
        wrapped = GLib.Variant('(sava{sv})', (action.removeprefix('app.'), [GLib.Variant('u', target)], {}))
        self.bus.call_sync(application, '/' + application.replace('.', '/'), 'org.freedesktop.Application',
                           'ActivateAction', wrapped, None, Gio.DBusCallFlags.NONE, -1, None)


def share_runtime_folder():
    """Makes XDG_RUNTIME_DIR the folder below /run/user, in this mount namespace."""
    path = f'/run/user/{os.getuid()}'
    os.makedirs(path, mode=0o700, exist_ok=True)
    subprocess.run(['mount', '--bind', os.environ['XDG_RUNTIME_DIR'], path], check=True)
    os.environ['XDG_RUNTIME_DIR'] = path


@contextlib.contextmanager
def running(folder):
    """The portals and their Desktop; @folder gets what tells them of it."""
    desktop = Desktop(folder)
    processes = []
    try:
        for program, name in zip(PROGRAMS, BUS_NAMES):
            processes.append(subprocess.Popen([program], env=desktop.environment, stdout=subprocess.DEVNULL))
            desktop.wait_for(name, lambda wanted=name: desktop.has_owner(wanted))
        yield desktop
    finally:
        for process in reversed(processes):
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:   # the one of documents waits now and then for files it has shown
                process.kill()
                process.wait()
