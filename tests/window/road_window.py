# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the window through the accessibility tree, like a user of a screen reader.

Everything waits for a condition; nothing sleeps for a fixed time. A walk through the tree that meets a
widget that no longer exists is repeated.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import warnings

import gi

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'network'))
import tap  # noqa: E402

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

# The only way to get the names of actions.
warnings.filterwarnings('ignore', message='Atspi.Action')

PROGRAM = os.environ.get('ROADSTEAD', 'roadstead')
TIMEOUT = 30
# By how much everything takes longer, as with sanitizers.
SLOWNESS = float(os.environ.get('ROADSTEAD_TEST_SLOWNESS', '1'))
MAX_TABS = 30

# The desktop of the tests shows none, but a scan can end after 10 s while a window lacks the focus.
NO_NOTIFICATIONS = 'unable to send notifications through org.freedesktop.Notifications'

# GTK's print dialog looks for printers on the system bus, which tests may not have.
NO_PRINTERS = 'avahi printers will not be available'

# Newer GTK misses it in a sandbox without portals.
NO_PORTAL = 'Unable to retrieve the Flatpak portal version'

# Newer GTK looks for a graphics card, which an X server without a display has not.
NO_CARD = 'libEGL warning: '

# GTK 4.8 prints this when it is queried about a widget that is being closed.
HARMLESS = ('g_variant_is_object_path', 'g_variant_new_object_path', NO_NOTIFICATIONS, NO_PRINTERS, NO_PORTAL,
            NO_CARD)

# GTK's file dialog draws the arrows beside the buttons of folders before it has got the folder.
NO_FOLDER_YET = 'Trying to snapshot GtkButton'

# What has actions that are not its own: to select and copy its text.
TEXTS = (Atspi.Role.TEXT, Atspi.Role.LABEL)


class Failure(tap.Failed):
    """Timed out."""


def wait_for(what, condition, timeout=TIMEOUT):
    """Returns the first true value of condition(); fails with `what` if there is none in time."""
    timeout *= SLOWNESS
    end = time.monotonic() + timeout
    while True:
        with contextlib.suppress(GLib.Error, AttributeError, OSError):
            value = condition()
            if value:
                return value
        if time.monotonic() > end:
            raise Failure(f'waited {timeout:g} s for: {what}')
        time.sleep(0.02)


def children(node, backwards=False):
    indices = range(node.get_child_count())
    for index in reversed(indices) if backwards else indices:
        child = node.get_child_at_index(index)
        if child is not None:
            yield child


def is_visible(node):
    return node.get_state_set().contains(Atspi.StateType.VISIBLE)


def walk(root, backwards=False):
    """Yields the root and its visible descendants, except the rows of results. There can be hundreds during
    a scan, which would take half a minute, and the walk would miss what appears meanwhile."""
    def walk_below(node):
        for child in children(node, backwards):
            if is_visible(child):
                yield child
                if child.get_role() != Atspi.Role.TREE_TABLE:
                    yield from walk_below(child)
    yield root
    yield from walk_below(root)


# GTK 4.8 calls all buttons push buttons, what searches an entry, and one of a group a check box; later versions do not.
SAME_ROLES = ({Atspi.Role.PUSH_BUTTON, Atspi.Role.TOGGLE_BUTTON}, {Atspi.Role.ENTRY, Atspi.Role.TEXT},
              {Atspi.Role.CHECK_BOX, Atspi.Role.RADIO_BUTTON})


def has_role(node, role):
    found = node.get_role()
    return found == role or any({found, role} <= same for same in SAME_ROLES)


def has_name(node, name):
    """Whether its name contains `name`. One with a mnemonic is the whole of it: GTK 4.8 puts it before the label,
    as in "_Save Save"; later versions have only the label."""
    found = (node.get_name() or '').replace('_', '')
    if '_' not in name:
        return name in found
    wanted = name.replace('_', '')
    return found.removesuffix('…') in (wanted, wanted.removesuffix('…'), f'{wanted} {wanted}'.removesuffix('…'))


def search(root, role=None, name=None, backwards=False):
    """Yields the nodes of a role whose name contains `name`."""
    for node in walk(root, backwards):
        if (role is None or has_role(node, role)) and (name is None or has_name(node, name)):
            yield node


def find_all(root, role=None, name=None):
    return list(search(root, role, name))


def find_first(root, role=None, name=None):
    """Any matching node. Searches from the end, as dialogs come after the window."""
    return next(search(root, role, name, backwards=True), None)


def text_of(node):
    return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))


def width_of(node):
    """In pixels, without the shadow of a window."""
    return Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW).width


def set_text(entry, text):
    Atspi.EditableText.set_text_contents(entry, text)
    wait_for(f'{text!r} in the entry', lambda: text_of(entry) == text)


class Window:
    """The program and its first window."""

    start_timeout = TIMEOUT

    def __init__(self, *arguments, program=PROGRAM, environment=None):
        # Out of the way, as it could cause a tooltip, which is a window too.
        self._ask_x('mousemove', '1279', '899')
        self.has_had_file_dialog = False
        self.said = []  # what screen readers would have said by themselves
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen([program, *arguments], stderr=self.errors,
                                        env={**os.environ, **(environment or {})})
        self.root = wait_for('the program in the accessibility tree', self._find_application, self.start_timeout)
        # Since 4.14 GTK can tell screen readers what to say; before, they say the new name of a status.
        self._event = 'object:announcement' if self._announces() else 'object:property-change:accessible-name'
        self._listener = Atspi.EventListener.new(lambda event: self.said.append(str(event.any_data)))
        self._listener.register(self._event)
        self.frame = wait_for('its window', lambda: self._find_frame())

    def _announces(self):
        """Whether its GTK, since 4.14, can tell screen readers what to say."""
        version = wait_for('the version of GTK', self.root.get_toolkit_version)
        return tuple(map(int, version.split('.')[:2])) >= (4, 14)

    def _find_application(self):
        if self.process.poll() is not None:
            raise Failure(f'the program ended with {self.process.returncode}')
        for application in children(Atspi.get_desktop(0)):
            if application.get_process_id() == self.process.pid:
                return application
        return None

    def _find_frame(self):
        frames = [child for child in children(self.root)
                  if child.get_role() == Atspi.Role.FRAME]
        return frames[0] if frames else None

    def dialog(self, title):
        """Waits for a dialog and returns it. To GTK it is an ordinary window."""
        return wait_for(f'a dialog {title!r}', lambda: [
            child for child in children(self.root)
            if child.get_name() == title and child != self.frame])[0]

    def close(self):
        self._listener.deregister(self._event)
        self.process.terminate()
        try:
            self.process.wait(TIMEOUT * SLOWNESS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def wait_for_end(self):
        """Waits until the program has exited by itself, which must succeed."""
        wait_for('the program to end', lambda: self.process.poll() is not None)
        if self.process.returncode != 0:
            raise Failure(f'the program ended with {self.process.returncode}')

    def wait_for_windows(self, count, timeout=TIMEOUT):
        """Waits until this many windows and dialogs are open, according to X, as GTK 4.8 is not reliable
        about those that are being closed."""
        wait_for(f'{count} windows', lambda: len(self._ask_x(
            'search', '--onlyvisible', '--class', 'roadstead').split()) == count, timeout)

    def _ask_x(self, *question):
        return subprocess.run(['xdotool', *question], capture_output=True, text=True,
                              check=False).stdout.strip()

    def _wait_for_keyboard(self):
        """A widget can have the focus in its window before the window has the X focus, and the window manager
        calls a window active before it has given it the keyboard: a key pressed in between is lost."""
        def has_keyboard():
            active = self._active_window()
            return active == self._ask_x('getwindowfocus') and self._ask_x(
                'getwindowpid', active) == str(self.process.pid)
        wait_for('the keyboard', has_keyboard)

    def _active_window(self):
        return wait_for('an active window', lambda: self._ask_x('getactivewindow'))

    def __enter__(self):
        return self

    def __exit__(self, failure, *_):
        if failure is not None:
            status = self.process.poll()
            print(f'# the window shows {self._labels()}' if status is None else f'# the program has ended with {status}',
                  flush=True)
        self.close()
        if failure is None:
            self._check_errors()
            # SIGTERM, by which close() ends it, is no crash.
            if -self.process.returncode in (signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGILL, signal.SIGSEGV):
                raise Failure(f'the program crashed at its end: {self.process.returncode}')

    def _check_errors(self):
        """Fails if the program has printed a warning on standard error."""
        self.errors.seek(0)
        lines = self.errors.read().decode('utf-8', 'replace').splitlines()
        if any('Sanitizer' in line for line in lines):
            print(*(f'# {line}' for line in lines), sep='\n', flush=True)
        harmless = (*HARMLESS, NO_FOLDER_YET) if self.has_had_file_dialog else HARMLESS
        for line in lines:
            if line.strip() and not any(text in line for text in harmless):
                raise Failure(f'the program says: {line}')

    # Find widgets.

    def find(self, role=None, name=None, root=None, timeout=TIMEOUT):
        return wait_for(f'a {role.value_nick if role else "widget"} named {name!r}',
                        lambda: find_first(root or self.root, role, name), timeout)

    def exists(self, role=None, name=None, root=None):
        try:
            return find_first(root or self.root, role, name) is not None
        except GLib.Error:
            return False

    def wait_for_text(self, text, timeout=TIMEOUT):
        """Waits for a label that contains `text`."""
        return self.find(Atspi.Role.LABEL, text, timeout=timeout)

    def _labels(self):
        """All that can be read, or nothing if the program does not answer any more."""
        with contextlib.suppress(GLib.Error, AttributeError):
            return [label.get_name() for label in find_all(self.root, Atspi.Role.LABEL) if label.get_name()]
        return []

    def wait_for_status(self, text, timeout=TIMEOUT):
        """Waits for a text that screen readers say although nobody went there, also if they have said more since."""
        def is_said():
            while GLib.MainContext.default().iteration(False):
                pass
            return any(text in said for said in self.said)
        try:
            wait_for(f'{text!r} to be said', is_said, timeout)
        except Failure as failure:
            raise Failure(f'{failure}; said was {self.said}') from None

    # Use widgets.

    def press(self, name, root=None):
        """Presses a button, a check button or a menu item."""
        def press():
            for node in search(root or self.root, name=name, backwards=True):
                if node.get_parent() == self.root:
                    continue    # a window of that name
                for candidate in walk(node):
                    if candidate.get_n_actions() > 0 and candidate.get_role() not in TEXTS:
                        return Atspi.Action.do_action(candidate, 0)
            return False
        wait_for(f'something named {name!r} to press', press)

    def entry(self, name, root=None):
        return self.find(Atspi.Role.TEXT, name, root)

    def file_name(self):
        """The entry for the name in GTK's dialog that saves files."""
        self.has_had_file_dialog = True
        return self.entry('Name:')

    def save_in(self, path, button='_Save'):
        """Types a path in GTK's dialog that saves files, and presses its button."""
        set_text(self.file_name(), path)
        self.press(button)

    def focused_entry(self, root, timeout=TIMEOUT):
        """An entry that has no name, like GTK's own for the path of a file."""
        return wait_for('an entry with the focus', lambda: [
            node for node in find_all(root, Atspi.Role.TEXT)
            if node.get_state_set().contains(Atspi.StateType.FOCUSED)], timeout)[0]

    def type_path(self, dialog, path):
        """Types a path into GTK's dialog for files: a slash opens the entry, once the dialog has the keyboard. What is
        typed while newer GTK still reads the folder gets mixed up with what it completes, and is typed again; what it
        completed may stay behind it."""
        self.has_had_file_dialog = True

        def has_path():
            return any(text_of(node) == path for node in find_all(dialog, Atspi.Role.TEXT))

        def open_entry():
            self.key('slash')
            with contextlib.suppress(Failure):
                return self.focused_entry(dialog, timeout=5)
            return None

        def type_all():
            self.key('ctrl+a')
            self.type(path)
            self.key('shift+End', 'Delete')
            with contextlib.suppress(Failure):
                return wait_for('the path', has_path, timeout=2)
            return False

        wait_for('the entry for a path', open_entry)
        wait_for(f'{path!r} in the entry', type_all)

    def type_into(self, name, text, root=None):
        entry = self.entry(name, root)
        set_text(entry, text)
        return entry

    def tab_until(self, what, condition, key='Tab'):
        """Presses Tab until condition() is true."""
        for _ in range(MAX_TABS):
            with contextlib.suppress(Failure):
                return wait_for(what, condition, timeout=1)
            self.key(key)
        raise Failure(f'{key} does not reach {what}')

    def wait_for_focus(self, name):
        """Waits until something named `name` has the focus."""
        return wait_for(f'the focus on {name!r}', lambda: [
            node for node in find_all(self.root, name=name)
            if node.get_state_set().contains(Atspi.StateType.FOCUSED)])[0]

    def key(self, *keys):
        """Presses real keys in the focused window."""
        self._wait_for_keyboard()
        subprocess.run(['xdotool', 'key', '--clearmodifiers', *keys], check=True)

    def open_dialog(self, key):
        """Presses a key until a second window is there. On a busy machine the X server can hand the keyboard
        over between two programs just when the key comes."""
        self.has_had_file_dialog |= key in ('ctrl+o', 'ctrl+s')
        for _ in range(3):
            self.key(key)
            with contextlib.suppress(Failure):
                self.wait_for_windows(2, timeout=10)
                return
        self.wait_for_windows(2)

    def click(self, node, button=1, count=1):
        """Clicks in the middle of a widget with the mouse, as column headers have no action. With newer GTK it is up to
        a few dozen pixels above and to the left of that: it forgets the padding of what is around the widget. Nor does
        it know where the mouse is when a menu has closed, until the mouse is moved."""
        place = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
        window = self._active_window()
        x, y = place.x + place.width // 2, place.y + place.height // 2
        subprocess.run(['xdotool', 'mousemove', '--window', window, str(x + 3), str(y),
                        'mousemove', '--window', window, str(x), str(y),
                        'click', '--repeat', str(count), '--delay', '80', str(button)], check=True)

    def choose_from_row_menu(self, label, item):
        """Chooses an item of the context menu of a row, with the mouse; again if the row has moved meanwhile."""
        for timeout in (5, 5, TIMEOUT):
            self.click(self.find(Atspi.Role.LABEL, label, self.results()), 3)
            with contextlib.suppress(Failure):
                found = self.find(Atspi.Role.MENU_ITEM, item, timeout=timeout)
                wait_for('it to be chosen', lambda: Atspi.Action.do_action(found, 0))
                return
        raise Failure(f'{label!r} has no {item!r} in its menu')

    def resize(self, width, height):
        """Makes the active window about this large: its shadow and the window manager have a say, too."""
        window = self._active_window()

        def is_resized():
            # A wide window cannot be made narrow in one step, nor is a request heard while it is laid out.
            subprocess.run(['xdotool', 'windowsize', window, str(width), str(height)], check=True)
            shape = dict(line.split('=') for line in self._ask_x(
                'getwindowgeometry', '--shell', window).split())
            # The X server knows the size before the widgets have it.
            return abs(width_of(self.frame) - width) < 20 and all(
                abs(int(shape[name]) - wanted) < 20 for name, wanted in (('WIDTH', width), ('HEIGHT', height)))
        wait_for(f'a window of {width} x {height}', is_resized)

    def type(self, text):
        """Types text on the keyboard."""
        self._wait_for_keyboard()
        subprocess.run(['xdotool', 'type', '--delay', '5', text], check=True)

    def choose_grouping(self, name):
        """Chooses how the main menu's Group By groups the results."""
        def is_in_submenu(node):
            """Other submenus have items of the same names."""
            for _ in range(5):
                node = node.get_parent()
                names = {other.get_name() for other in walk(node)}
                if 'Group By' in names:
                    return 'Sort By' not in names
            return False

        self.key('F10')
        item = self.find(Atspi.Role.MENU_ITEM, 'Group By')
        wait_for('the submenu', lambda: Atspi.Action.do_action(item, 0))
        found = wait_for(name, lambda: [
            node for node in find_all(self.root, name=name)
            if node.get_name() == name and node.get_n_actions() > 0 and is_in_submenu(node)])[0]
        wait_for(f'{name} to be chosen', lambda: Atspi.Action.do_action(found, 0))

    # Read the results.

    def results(self):
        """The results with their column headers."""
        return find_first(self.frame, Atspi.Role.TREE_TABLE)

    def row_nodes(self):
        body = find_all(self.results(), Atspi.Role.LIST)[0]
        return [node for node in children(body) if node.get_role() == Atspi.Role.TABLE_ROW]

    def rows(self):
        """The rows of the results, each as a list of texts."""
        def read():
            return [[label.get_name() for label in find_all(row, Atspi.Role.LABEL)]
                    for row in self.row_nodes()]
        try:
            return read()
        except (GLib.Error, IndexError, AttributeError):
            return []

    def selected_rows(self):
        """The text of the first cell of each selected row."""
        return [find_all(row, Atspi.Role.LABEL)[0].get_name() for row in self.row_nodes()
                if row.get_state_set().contains(Atspi.StateType.SELECTED)]

    def wait_for_rows(self, what, condition, timeout=TIMEOUT):
        """Waits until condition (rows) is true and returns the rows."""
        seen = []

        def check():
            seen[:] = self.rows()
            return condition(seen)
        try:
            wait_for(what, check, timeout)
        except Failure as failure:
            raise Failure(f'{failure}; the rows are {seen!r}') from None
        return seen

    def toggle_row(self, text):
        """Expands or collapses the host whose row contains `text`."""
        def toggle():
            for row in self.row_nodes():
                if any(text in label.get_name() for label in find_all(row, Atspi.Role.LABEL)):
                    for node in walk(row):
                        for index in range(node.get_n_actions()):
                            if 'toggle' in Atspi.Action.get_action_name(node, index):
                                return Atspi.Action.do_action(node, index)
            return False
        wait_for(f'a row {text!r} to expand', toggle)


@contextlib.contextmanager
def listeners(count, address='127.0.0.1'):
    """Opens n listening sockets; returns their ports, sorted."""
    sockets = []
    try:
        for _ in range(count):
            listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            listener.bind((address, 0))
            listener.listen(64)
            sockets.append(listener)
        yield sorted(listener.getsockname()[1] for listener in sockets)
    finally:
        for listener in sockets:
            listener.close()
