#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-flatpak.py SOURCE-ROOT FOLDER: builds the Flatpak as build-aux/flatpak does, installs and runs it.

FOLDER keeps the runtime for the next time. ROADSTEAD_FLATPAK_RELEASE is the Debian release that it is made of: trixie,
or forky, which has the GTK of the next ones. If one of these fails, the Flatpak that users install does not scan, loses
what they save, sees too much, or does not open what the desktop hands it.
"""

import glob
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time

ROOT, FOLDER = (os.path.abspath(path) for path in sys.argv[1:3])
sys.path.insert(0, os.path.join(ROOT, 'tests', 'network'))
import tap  # noqa: E402

APP_ID = 'io.github.roadstead.Roadstead.Devel'
RELEASE = os.environ.get('ROADSTEAD_FLATPAK_RELEASE', 'trixie')
# A branch of its own for each release, so that they stand beside each other.
BRANCH = RELEASE
TOOLS = ('flatpak', 'flatpak-builder', 'eu-strip', 'mmdebstrap', 'ostree', 'apt-get', 'bwrap', 'dbus-run-session', 'Xvfb')
PORTAL = '/usr/libexec/xdg-desktop-portal'

home = tempfile.mkdtemp(prefix='roadstead-')
outside = os.path.join(home, 'outside')
os.mkdir(outside)
environment = {**os.environ, 'FLATPAK_USER_DIR': os.path.join(FOLDER, 'user'), 'HOME': home, 'LC_ALL': 'C.UTF-8',
               'XDG_DATA_HOME': os.path.join(home, '.local', 'share')}
for name in ('DISPLAY', 'WAYLAND_DISPLAY', 'DBUS_SESSION_BUS_ADDRESS', 'XDG_STATE_HOME', 'LANGUAGE', 'LANG'):
    environment.pop(name, None)


def prepare(*command):
    """A step without which nothing can be tested."""
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          stdin=subprocess.DEVNULL, check=False)
    if done.returncode != 0:
        print('1..1\nnot ok 1 - ' + ' '.join(command))
        for line in done.stdout.splitlines()[-30:]:
            print(f'# {line}')
        sys.exit(1)


def install():
    repository = os.path.join(FOLDER, 'repository')
    prepare(os.path.join(ROOT, 'tests', 'flatpak', 'make-runtime'), repository, RELEASE, BRANCH)
    prepare('flatpak', '--user', 'remote-add', '--if-not-exists', '--no-gpg-verify', 'stand-in',
            f'file://{repository}')
    prepare(os.path.join(ROOT, 'build-aux', 'flatpak'), '--without-tests', '--remote=stand-in', f'--runtime={BRANCH}')
    bundle = os.path.join(ROOT, '_build-flatpak', f'{APP_ID}.flatpak')
    prepare('flatpak', '--user', 'install', '--noninteractive', '--reinstall', bundle)
    print(f'# {os.path.getsize(bundle) // 1024} kB: the bundle')


def flatpak_words(*arguments, options=(), command='roadstead-cli'):
    return ['flatpak', 'run', '--user', f'--command={command}', *options, APP_ID, *arguments]


def run(*arguments, **more):
    return subprocess.run(flatpak_words(*arguments, **more), env=environment, capture_output=True, text=True,
                          cwd=outside, stdin=subprocess.DEVNULL, check=False)


def listen():
    listener = socket.create_server(('127.0.0.1', 0))
    return listener, str(listener.getsockname()[1])


@tap.case('a listener of the host is found open')
def scan():
    listener, port = listen()
    with listener:
        result = run('-n', '-p', port, '127.0.0.1')
    tap.equal(result.returncode, 0, result.stderr)
    tap.true(f'{port}/tcp open' in result.stdout, result.stdout)


@tap.case('a report that would be lost is refused before the scan, and what the message says works')
def lost():
    listener, port = listen()
    with listener:
        for path in ('scan.json', '/tmp/scan.json', os.path.join(home, 'scan.json')):
            result = run('-n', '-p', port, '-o', path, '127.0.0.1')
            tap.equal((result.returncode, result.stdout), (2, ''), path)
            tap.true('lost with the Flatpak sandbox' in result.stderr, result.stderr)
        printed = run('-n', '-p', port, '-o', '-', '--format', 'json', '127.0.0.1')
        tap.true('"roadstead-report"' in printed.stdout, printed.stderr)
        shared = run('-n', '-p', port, '-o', 'scan.json', '127.0.0.1', options=[f'--filesystem={outside}'])
        tap.equal(shared.returncode, 0, shared.stderr)
    tap.true(os.path.exists(os.path.join(outside, 'scan.json')), 'the report is on the host')


@tap.case('files of the host are invisible, and the message says how to show them')
def invisible():
    with open(os.path.join(outside, 'hosts.txt'), 'w', encoding='utf-8') as file:
        file.write('127.0.0.1')
    seen = run('-c', f'ls {home} /root 2>/dev/null; ls {outside}', command='sh')
    tap.true('hosts.txt' not in seen.stdout, seen.stdout)
    result = run('-i', 'hosts.txt')
    tap.equal(result.returncode, 2, result.stdout)
    tap.true('--filesystem=$PWD' in result.stderr, result.stderr)


@tap.case('profiles are kept between runs')
def profiles():
    profile = '{"format": "roadstead-profile", "version": 1, "name": "Kept", "ports": "22"}'
    made = run('-c', 'mkdir -p "$XDG_DATA_HOME/roadstead/profiles" && '
               f"echo '{profile}' > \"$XDG_DATA_HOME/roadstead/profiles/kept.json\"", command='sh')
    tap.equal((made.returncode, made.stderr), (0, ''), 'saving one')
    tap.true('Kept' in run('--list-profiles').stdout, 'the profile is there in the next run')


@tap.case('what an interrupted scan has found is kept, also without a state folder of Flatpak’s')
def journal():
    listener, port = listen()
    with listener:
        for options in ([], ['--unset-env=XDG_STATE_HOME']):
            before = len(glob.glob(f'{home}/.var/app/{APP_ID}/.local/state/roadstead/journals/*'))
            result = run('-n', '-q', '-p', port, '-oN', '/dev/full', '127.0.0.1', options=options)
            tap.equal(result.returncode, 2, result.stderr)
            after = len(glob.glob(f'{home}/.var/app/{APP_ID}/.local/state/roadstead/journals/*'))
            tap.equal(after, before + 1, f'journals with {options}')


@tap.case('with a German locale it speaks German')
def german():
    result = run('--help', options=['--env=LC_ALL=de_DE.UTF-8'])
    tap.true('offene TCP-Ports' in result.stdout, result.stdout[:500])


def drive(step):
    """Does a step of drive-window.py in the sandbox."""
    script = os.path.join(ROOT, 'tests', 'flatpak', 'drive-window.py')
    command = flatpak_words(command='roadstead', options=[f'--env=HOME={home}'])
    done = subprocess.run([os.path.join(ROOT, 'tests', 'window', 'run-window-test'), '/usr/bin/python3', script,
                           step, home, *command], env=environment, capture_output=True, text=True, check=False)
    if done.returncode == 77:
        raise tap.Skip(done.stdout.strip())
    tap.equal(done.returncode, 0, done.stdout + done.stderr)


def drive_with_portals(step):
    """The same with the desktop's portals, which nothing else in the session must see."""
    for path in (PORTAL, '/dev/fuse'):
        if not os.path.exists(path):
            raise tap.Skip(f'there is no {path}')
    if os.getuid() != 0:
        raise tap.Skip('only root can put the documents of portals where a sandbox looks for them')
    for name in os.listdir(outside):
        os.remove(os.path.join(outside, name))
    drive(step)


@tap.case('the window opens, scans, and keeps the scan for the next run')
def window():
    drive('scan')
    tap.equal(len(glob.glob(f'{home}/.var/app/{APP_ID}/.local/state/roadstead/scans/*.json')), 1, 'recent scans')


@tap.case('Save As… writes the file of the host that is chosen in the portal’s dialog, and nothing beside it')
def save():
    drive_with_portals('save')


@tap.case('a long scan that ends out of sight is notified of with the portal; a click there shows the window')
def notification():
    drive_with_portals('notify')


@tap.case('a report that the desktop hands over with --file-forwarding is opened')
def forwarded():
    drive_with_portals('forward')


def readme_commands(beginning):
    """The commands of the README that begin so."""
    with open(os.path.join(ROOT, 'README.md'), encoding='utf-8') as file:
        text = file.read()
    found = re.findall(rf'(?:^    |`)({re.escape(beginning)}[^`\n]*)', text, re.MULTILINE)
    tap.true(found, f'the README has a command that begins with {beginning!r}')
    return found


def type_in(command):
    """Runs a command as somebody who has copied it from the README."""
    done = subprocess.run(['dbus-run-session', '--', 'sh', '-c', command], env={**environment, 'PWD': outside},
                          cwd=outside, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    tap.equal(done.returncode, 0, f'{command}: {done.stdout}{done.stderr}')


@tap.case('the commands of the README print a report, write one, and uninstall everything')
def readme():
    for command in readme_commands('flatpak run --command=roadstead-cli'):
        type_in(command)
    for name, beginning in (('scan.txt', 'Starting Roadstead'), ('scan.json', '{')):
        with open(os.path.join(outside, name), encoding='utf-8') as file:
            tap.true(file.read().startswith(beginning), name)
    for command in readme_commands('flatpak uninstall'):
        type_in(command + ' --assumeyes')      # without a terminal it asks nobody
    installed = subprocess.run(['flatpak', '--user', 'list'], env=environment, capture_output=True, text=True, check=False)
    tap.true(APP_ID not in installed.stdout, 'the program is gone')
    tap.true(not os.path.exists(f'{home}/.var/app/{APP_ID}'), 'its data are gone')


def main():
    for tool in TOOLS:
        if shutil.which(tool) is None:
            tap.skip_all(f'{tool} is not installed')
    attempt = subprocess.run(['bwrap', '--dev-bind', '/', '/', '--unshare-all', 'true'], capture_output=True,
                             text=True, check=False)
    if attempt.returncode != 0:
        tap.skip_all(f'sandboxes are not allowed here: {attempt.stderr.strip()}')
    if not subprocess.run(['apt-get', 'indextargets', 'Created-By: Packages'], capture_output=True,
                          check=False).stdout:
        tap.skip_all('apt has no lists of packages here: apt-get update')
    os.makedirs(FOLDER, exist_ok=True)
    begin = time.monotonic()
    install()
    print(f'# {time.monotonic() - begin:.0f} s: to make the runtime, build and install')
    try:
        tap.main()
    finally:
        shutil.rmtree(home, ignore_errors=True)


main()
