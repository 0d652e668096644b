#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-release.py SOURCE-ROOT RELEASE: do build-aux/run and build-aux/test work on a fresh Debian RELEASE?

Makes a root of the release with nothing but git, and runs both in a copy of the sources in it, with the network that
their packages come from. ROADSTEAD_MIRROR is where to get Debian from.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'network'))
import tap  # noqa: E402

MIRROR = os.environ.get('ROADSTEAD_MIRROR', 'http://deb.debian.org/debian')
SOURCES, COPY = '/opt/roadstead', '/opt/copy'

# What the root needs of the kernel, in a mount namespace, so that nothing of it is left behind. After chroot alone
# the tests could not make namespaces of their own.
ENTER = '''
set -e
mount --bind "$1" "$1"
mount -t proc proc "$1/proc"
mount --rbind /sys "$1/sys"
mount --rbind /dev "$1/dev"
cp /etc/resolv.conf "$1/etc/resolv.conf"
cd "$1"
shift
pivot_root . .
umount -l .
exec chroot . env -i HOME=/root LANG=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
'''

# Why a test may be skipped: what only a user who is not root can see, and namespaces that are not allowed.
ALLOWED_SKIPS = ('root', 'namespaces')


def require():
    """Skips all where a root cannot be made."""
    if shutil.which('mmdebstrap') is None:
        tap.skip_all('mmdebstrap is not installed')
    if os.geteuid() != 0:
        tap.skip_all('only root can make a root of Debian and install packages in it')
    if subprocess.run(['unshare', '--mount', '--pid', '--fork', 'true'], check=False,
                      stderr=subprocess.DEVNULL).returncode != 0:
        tap.skip_all('namespaces are not allowed here')


def make_root(folder, release):
    root = os.path.join(folder, release)
    attempt = subprocess.run(['mmdebstrap', '--variant=minbase', '--include=git,ca-certificates', release, root, MIRROR],
                             capture_output=True, text=True, check=False)
    if attempt.returncode != 0:
        tap.skip_all(f'Debian {release} could not be had from {MIRROR}: '
                     f'{(attempt.stderr.strip().splitlines() or ["?"])[-1]}')
    return root


def copy_sources(source_root, root, folder):
    """What is in git, with what has not been committed yet."""
    names = subprocess.run(['git', '-C', source_root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
                           capture_output=True, check=True).stdout
    destination = root + folder
    os.makedirs(destination)
    packed = subprocess.run(['tar', '-C', source_root, '--null', '--ignore-failed-read', '-T', '-', '-c'],
                            input=names, capture_output=True, check=True).stdout
    subprocess.run(['tar', '-C', destination, '-x'], input=packed, check=True)
    subprocess.run(['git', '-C', destination, 'init', '-q'], check=True)


def run_in(root, command, folder=SOURCES):
    """Returns the exit status and the output."""
    process = subprocess.run(
        ['unshare', '--mount', '--pid', '--ipc', '--fork', '--kill-child', 'sh', '-c', ENTER, 'enter', root,
         'sh', '-c', f'cd {folder} && {command}'],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return process.returncode, process.stdout.decode('utf-8', 'replace')


def readme_commands(source_root, beginnings):
    """The commands of the README that begin so."""
    with open(os.path.join(source_root, 'README.md'), encoding='utf-8') as file:
        found = re.findall(r'(?:^    |`)((?:%s)[^`\n]*)' % '|'.join(map(re.escape, beginnings)), file.read(), re.MULTILINE)
    tap.true(len(found) >= len(beginnings), f'the README has commands that begin with {beginnings}')
    return found


def without_sudo(command):
    """The command as root runs it: a fresh Debian has no sudo."""
    return command.replace('sudo ', '')


def last_lines(output, count=40):
    return '\n'.join(output.splitlines()[-count:])


def wrong_skips(output):
    return [line for line in output.splitlines() if line.startswith('skipped: ') and
            not any(reason in line for reason in ALLOWED_SKIPS)]


def main(source_root, release):
    require()
    with tempfile.TemporaryDirectory(prefix='roadstead-release-') as folder:
        root = make_root(folder, release)
        copy_sources(source_root, root, SOURCES)

        @tap.case(f'build-aux/run scans on a fresh {release}')
        def scans():
            status, output = run_in(root, 'build-aux/run -p 1 127.0.0.1')
            tap.equal(status, 0, last_lines(output))
            tap.true('(1 host up) scanned' in output, last_lines(output))

        @tap.case(f'what the README says of installing from source works on a fresh {release}')
        def installs():
            copy_sources(source_root, root, COPY)
            for command in readme_commands(source_root, ('meson setup _build --buildtype', 'sudo meson')):
                status, output = run_in(root, without_sudo(command), COPY)
                tap.equal(status, 0, last_lines(output))
            status, output = run_in(root, 'roadstead-cli -p 1 127.0.0.1 && roadstead --version', COPY)
            tap.equal(status, 0, last_lines(output))
            for command in readme_commands(source_root, ('sudo ninja',)):
                status, output = run_in(root, without_sudo(command), COPY)
                tap.equal(status, 0, last_lines(output))
            # Meson does not run update-mime-database again, which would remove what it has made.
            status, output = run_in(root, 'find /usr/local -iname "*roadstead*" ! -type d ! -path "*/mime/application/*"',
                                    COPY)
            tap.equal((status, output), (0, ''), 'what is left')

        @tap.case(f'build-aux/test passes on a fresh {release}')
        def passes():
            status, output = run_in(root, 'build-aux/test')
            print('# ' + last_lines(output, 1), flush=True)
            tap.equal(status, 0, last_lines(output))
            tap.equal(wrong_skips(output), [], 'what was skipped')

        tap.main()


if __name__ == '__main__':
    main(*sys.argv[1:])
