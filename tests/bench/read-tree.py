#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""read-tree.py: reads the whole accessibility tree of the windows again and again, as a screen reader may.

For `frames --reader`; ends when there is no window any more."""

import sys
import time

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402


def read(node):
    """Returns the number of nodes."""
    node.get_role()
    node.get_name()
    node.get_description()
    node.get_state_set().get_states()
    return 1 + sum(read(child) for child in (node.get_child_at_index(index) for index in
                                             range(node.get_child_count())) if child is not None)


def find_application():
    desktop = Atspi.get_desktop(0)
    for index in range(desktop.get_child_count()):
        application = desktop.get_child_at_index(index)
        if application is not None and application.get_name().startswith(('frames', 'Roadstead')):
            return application
    return None


def main():
    n_missing = 0
    while n_missing < 20:
        start = time.monotonic()
        try:
            application = find_application()
            n_nodes = read(application) if application is not None else 0
        except GLib.Error:
            n_nodes = 0
        if n_nodes == 0:
            n_missing += 1
            time.sleep(0.1)
            continue
        n_missing = 0
        print(f'  (read {n_nodes} accessible nodes in {time.monotonic() - start:.1f} s)', flush=True)


if __name__ == '__main__':
    sys.exit(main())
