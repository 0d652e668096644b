#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Profiles in the window: create, validate, use, edit, copy, delete, import and export."""

import contextlib
import json
import os
import tempfile

from road_window import Atspi, Window, find_all, is_visible, listeners, search, set_text, tap, text_of, wait_for

CLOSED = 9      # discard: nobody listens there on loopback


@contextlib.contextmanager
def home():
    """A home of its own for what is remembered, settings too; gives the environment and the folder of
    the profiles."""
    with tempfile.TemporaryDirectory(prefix='roadstead-') as folder:
        environment = {'XDG_DATA_HOME': os.path.join(folder, 'data'),
                       'XDG_CONFIG_HOME': os.path.join(folder, 'config'),
                       'GSETTINGS_BACKEND': 'keyfile'}
        yield environment, os.path.join(folder, 'data', 'roadstead', 'profiles')


def write_profile(folder, file_name, **fields):
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, file_name)
    with open(path, 'w', encoding='utf-8') as file:
        json.dump({'format': 'roadstead-profile', 'version': 1, **fields}, file)
    return path


def read_profile(folder, file_name):
    path = os.path.join(folder, file_name)
    wait_for(f'{path} to be written', lambda: os.path.getsize(path) > 0)
    with open(path, encoding='utf-8') as file:
        return json.load(file)


def open_profiles(window):
    window.open_dialog('ctrl+shift+p')
    profiles = window.dialog('Profiles')
    window.wait_for_focus('Common ports')
    return profiles


def field(root, name):
    """The entry with exactly that name, as other names start with it."""
    return wait_for(f'the field {name!r}', lambda: [
        node for node in find_all(root, Atspi.Role.TEXT) if node.get_name() == name])[0]


def fill(root, name, text):
    entry = field(root, name)
    set_text(entry, text)
    return entry


def can_save(editor):
    return next(search(editor, Atspi.Role.PUSH_BUTTON, '_Save')).get_state_set().contains(
        Atspi.StateType.SENSITIVE)


def choose(window, profiles, name, item):
    """Activates an item in the menu of a profile."""
    if name == names(profiles)[-1]:     # which has to be scrolled to
        window.key('End')
        window.wait_for_focus(name)
    window.press(f'Menu for {name}', profiles)
    window.press(item, profiles)
    wait_for('the menu to close', lambda: not find_all(profiles, Atspi.Role.MENU_ITEM))


def chosen(window):
    """The label of the button in the header bar."""
    return window.find(name='Ports to scan', root=window.frame).get_description()


def names(profiles):
    """The names in the list. A menu button is two widgets; only the inner one has an action."""
    return [node.get_name()[len('Menu for '):] for node in find_all(profiles, name='Menu for ')
            if node.get_n_actions() > 0]


# Losing this: users cannot create a profile, or it scans something else.
@tap.case('a profile is made, with faults on the way, and used for a scan')
def create():
    with home() as (environment, folder), listeners(2) as ports, Window(environment=environment) as window:
        window.type_into('Target', '127.0.0.1-4')
        profiles = open_profiles(window)
        window.press('_New…', profiles)
        editor = window.dialog('New Profile')
        tap.true(can_save(editor), 'nothing is wrong before something was typed')

        for name, wrong, words in (('Name', 'web', 'Web servers'), ('Name', '  ', 'name'),
                                   ('Ports', '22,99999', '99999'), ('Ports', '', 'ports'),
                                   ('Excluded ports', '5-3', '3-5'),
                                   ('Excluded ports', '-', 'excluded'),
                                   ('Targets', '10.0.0.300', '300'),
                                   ('Excluded targets', '10.0.0.0/33', '33'),
                                   ('Maximum parallel connections', '0', '1'),
                                   ('Maximum connections per second', 'fast', 'number'),
                                   ('Timeout (ms)', '-5', '1'),
                                   ('Host timeout', 'soon', '30s'),
                                   ('Maximum retries', '99999999999', '0')):
            before = text_of(field(editor, name))
            entry = fill(editor, name, wrong)
            wait_for(f'Save to be insensitive with {wrong!r}', lambda: not can_save(editor))
            tap.true(words in entry.get_description(),
                     f'{name} says what is wrong: {entry.get_description()!r}')
            window.find(Atspi.Role.LABEL, entry.get_description(), editor)
            fill(editor, name, before)
            wait_for('Save to be sensitive', lambda: can_save(editor))

        fill(editor, 'Name', 'Two ports')
        fill(editor, 'Ports', ','.join(map(str, ports)) + f',{CLOSED}')
        fill(editor, 'Excluded ports', str(CLOSED))
        fill(editor, 'Maximum connections per second', '4')
        fill(editor, 'Host timeout', '1.5m')
        window.find(Atspi.Role.LABEL, '2 ports on 4 hosts: 8 connections. At 4 per second', editor)
        window.press('_Save', editor)
        wait_for('the profile in the list', lambda: 'Two ports' in names(profiles))
        saved = read_profile(folder, 'two-ports.json')
        tap.equal((saved['name'], saved['max_rate'], saved['timing']), ('Two ports', 4, 'normal'), 'the file')
        tap.equal((saved['host_timeout_ms'], saved['resolve_all']), (90000, False), 'the file')

        window.key('Escape')
        window.wait_for_windows(1)
        tap.equal(chosen(window), 'Two ports', 'what is chosen')
        window.type_into('Target', '127.0.0.1')
        window.press('_Scan')
        rows = window.wait_for_rows('two open ports', lambda r: sum('open' in row[1:2] for row in r) == 2)
        tap.true(not any(row[0] == str(CLOSED) for row in rows), 'the excluded port is not scanned')


# Losing this: a built-in profile is modified, or a copy cannot be edited.
@tap.case('a built-in profile is shown and copied, not changed')
def copy():
    with home() as (environment, folder), Window(environment=environment) as window:
        profiles = open_profiles(window)
        choose(window, profiles, 'Web servers', 'View')
        shown = window.dialog('Web servers')
        tap.true(not field(shown, 'Ports').get_state_set().contains(Atspi.StateType.EDITABLE),
                 'fields cannot be changed')
        window.press('_Copy', shown)
        editor = window.dialog('New Profile')
        tap.equal(text_of(field(editor, 'Name')), 'Web servers (copy)', 'the name')
        window.key('alt+f')
        wait_for('Fast to be chosen', lambda: window.find(Atspi.Role.CHECK_BOX, '_Fast', editor)
                 .get_state_set().contains(Atspi.StateType.CHECKED))
        window.press('_Save', editor)
        wait_for('the copy in the list', lambda: 'Web servers (copy)' in names(profiles))
        tap.equal(read_profile(folder, 'web-servers-copy.json')['timing'], 'fast', 'what was changed')


# Losing this: renaming creates a second profile, or loses fields of a newer version or the default.
@tap.case('a profile is renamed and changed; unknown fields stay; the default survives a restart')
def edit():
    with home() as (environment, folder):
        write_profile(folder, 'mine.json', name='Mine', ports='22', identify='ask', future={'x': [1]})
        with Window(environment=environment) as window:
            profiles = open_profiles(window)
            choose(window, profiles, 'Mine', 'Make Default')
            window.find(Atspi.Role.LABEL, 'Default', profiles)
            choose(window, profiles, 'Mine', 'Edit…')
            editor = window.dialog('Mine')
            fill(editor, 'Name', 'Renamed')
            window.key('Return')
            wait_for('the new name', lambda: names(profiles)[-1] == 'Renamed')
            saved = read_profile(folder, 'mine.json')
            tap.equal((saved['name'], saved['identify'], saved['future']), ('Renamed', 'ask', {'x': [1]}), 'the file')
            tap.equal(os.listdir(folder), ['mine.json'], 'the files')
            window.key('Escape')
            window.wait_for_windows(1)
            window.key('ctrl+q')
            window.wait_for_end()
        with Window(environment=environment) as window:
            wait_for('the default to be chosen', lambda: chosen(window) == 'Renamed')


# Losing this: one wrong key deletes a profile permanently.
@tap.case('a profile is deleted from the keyboard, and Undo brings it back as it was')
def delete():
    with home() as (environment, folder), Window(environment=environment) as window:
        path = write_profile(folder, 'mine.json', name='Mine', ports='22')
        with open(path, encoding='utf-8') as file:
            before = file.read()
        profiles = open_profiles(window)
        wait_for('the profile that was just written', lambda: 'Mine' in names(profiles))
        window.key('Delete')        # built in: nothing is deleted
        window.key('End')
        window.wait_for_focus('Mine')
        window.key('Delete')
        wait_for('the file to be gone', lambda: not os.path.exists(path))
        wait_for('the row to be gone', lambda: 'Mine' not in names(profiles))
        tap.equal(len(names(profiles)), 11, 'the built-in profiles are there')
        window.press('_Undo', profiles)
        wait_for('the row to be back', lambda: 'Mine' in names(profiles))
        with open(path, encoding='utf-8') as file:
            tap.equal(file.read(), before, 'the file')


# Losing this: Escape discards everything typed in the editor.
@tap.case('leaving an editor asks where something would be lost')
def discard():
    with home() as (environment, folder), Window(environment=environment) as window:
        profiles = open_profiles(window)
        window.key('ctrl+n')
        editor = window.dialog('New Profile')
        window.key('Escape')
        window.wait_for_windows(2)
        window.key('ctrl+n')
        editor = window.dialog('New Profile')
        fill(editor, 'Description', 'long and well thought out')
        window.key('Escape')
        window.wait_for_windows(4)
        window.press('_Keep Editing')
        window.wait_for_windows(3)
        tap.equal(text_of(field(editor, 'Description')), 'long and well thought out', 'what was typed')
        window.key('Escape')
        window.wait_for_windows(4)
        window.press('_Discard')
        window.wait_for_windows(2)
        tap.equal(len(names(profiles)), 11, 'no profile was made')
        tap.true(not os.path.exists(folder), 'nothing was written')


# Losing this: one broken file hides the others, or is silently ignored.
@tap.case('a broken profile is named and left alone')
def broken():
    with home() as (environment, folder):
        path = write_profile(folder, 'broken.json', ports='22,banana!')
        write_profile(folder, 'good.json', name='Good', ports='22')
        with Window(environment=environment) as window:
            profiles = open_profiles(window)
            wait_for('the good one', lambda: 'Good' in names(profiles))
            bar = window.find(Atspi.Role.ALERT, '1 profile could not be read', profiles)
            window.press('Details', bar)
            window.find(Atspi.Role.LABEL, 'broken.json”, line 1: ', profiles)
        with open(path, encoding='utf-8') as file:
            tap.true('banana!' in file.read(), 'the file is as it was')


# Losing this: a profile cannot be given to a colleague, or a report is taken for a profile.
@tap.case('a profile is exported, and imported where it is not known')
def exchange():
    with home() as (environment, folder), tempfile.TemporaryDirectory() as elsewhere:
        path = os.path.join(elsewhere, 'out.json')
        write_profile(folder, 'mine.json', name='Mine', ports='22,80', targets='127.0.0.1', future=1)
        with Window(environment=environment) as window:
            profiles = open_profiles(window)
            wait_for('the profile', lambda: 'Mine' in names(profiles))
            choose(window, profiles, 'Mine', 'Export…')
            window.save_in(path, '_Export')
            tap.equal(read_profile(elsewhere, 'out.json')['future'], 1, 'the file has all')
        with home() as (other, other_folder), Window(path, environment=other) as window:
            window.find(Atspi.Role.ALERT, '“Mine” was added to your profiles and is now selected.')
            tap.equal((chosen(window), text_of(window.entry('Target'))), ('Mine', '127.0.0.1'),
                      'what is chosen and its targets')
            tap.equal(read_profile(other_folder, 'mine.json')['future'], 1, 'the copy has all')
            profiles = open_profiles(window)
            window.press('_Import…', profiles)
            window.press('_Cancel')
        with home() as (other, other_folder), Window(environment=other) as window:
            profiles = open_profiles(window)
            window.press('_Import…', profiles)
            window.type_path(window.dialog('Import Profile'), path)
            window.press('_Import', window.dialog('Import Profile'))
            wait_for('the profile', lambda: 'Mine' in names(profiles))
            tap.equal(read_profile(other_folder, 'mine.json')['future'], 1, 'the copy has all')


# Losing this: custom ports cannot be saved as a profile.
@tap.case('a list of ports becomes a profile')
def from_list():
    with home() as (environment, folder), Window(environment=environment) as window:
        window.press('Ports to scan')
        window.type_into('Port list', '22,8000-8010')
        window.press('_New Profile…')
        editor = window.dialog('New Profile')
        tap.equal(text_of(field(editor, 'Ports')), '22,8000-8010', 'the ports')
        fill(editor, 'Name', 'Mine')
        window.key('ctrl+s')
        window.wait_for_windows(1)
        wait_for('it to be chosen', lambda: chosen(window) == 'Mine')
        tap.equal(read_profile(folder, 'mine.json')['ports'], '22,8000-8010', 'the file')


# Losing this: two windows or programs show different profiles.
@tap.case('what another program does to the profiles is noticed')
def noticed():
    with home() as (environment, folder):
        path = write_profile(folder, 'one.json', name='One', ports='1')
        with Window(environment=environment) as window:
            profiles = open_profiles(window)
            wait_for('One', lambda: names(profiles)[-1] == 'One')
            choose(window, profiles, 'One', 'Edit…')
            editor = window.dialog('One')
            write_profile(folder, 'one.json', name='Theirs', ports='2')
            wait_for('Theirs', lambda: names(profiles)[-1] == 'Theirs')
            fill(editor, 'Ports', '3')
            window.press('_Save', editor)
            bar = window.find(Atspi.Role.ALERT, 'was changed by another program', editor)
            tap.true(is_visible(bar), 'the user learns of it')
            tap.equal(read_profile(folder, 'one.json')['ports'], '2', 'theirs is there')
            os.unlink(path)
            wait_for('the row to go', lambda: 'Theirs' not in names(profiles))


# Losing this: an excluded host is scanned because its name could not be resolved, and the user learns of it
# afterwards, if at all.
@tap.case('a profile that excludes a name which does not exist scans nothing')
def unresolvable():
    with home() as (environment, folder), tempfile.TemporaryDirectory() as elsewhere, listeners(1) as ports:
        path = write_profile(elsewhere, 'lab.json', name='Lab', ports=str(ports[0]), targets='127.0.0.1',
                             exclude_targets='no-such-host.invalid')
        with Window(path, environment=environment) as window:
            wait_for('it to be chosen', lambda: chosen(window) == 'Lab')
            window.press('_Scan')
            window.find(Atspi.Role.ALERT,
                        'Nothing is scanned, because the excluded name “no-such-host.invalid”')
            tap.equal(window.rows(), [], 'rows')


if __name__ == '__main__':
    tap.main()
