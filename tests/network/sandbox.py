# SPDX-License-Identifier: GPL-3.0-or-later
"""What a program finds in a Flatpak's sandbox, made of namespaces: no Flatpak is needed.

sandbox.py ROOT SHARED... -- PROGRAM [ARGUMENT]..., run by `unshare -rm`: the root is a file system in memory, with
/.flatpak-info in it. Of the machine it has the system's own folders, those of the build and the folders SHARED.
"""

import os
import subprocess
import sys

SYSTEM = ('usr', 'bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32', 'etc', 'proc', 'sys', 'dev', 'opt')
INFO = '[Application]\nname={app_id}\n\n[Instance]\ninstance-path={kept}\n\n[Context]\nshared=network;\nfilesystems={filesystems};\n'
APP_ID = 'io.github.roadstead.Roadstead'
KEPT = f'/home/.var/app/{APP_ID}'


def bind(root, path):
    """Shows a folder or a link of the machine below the root, at the same path."""
    if os.path.islink(path):
        os.symlink(os.readlink(path), root + path)
    elif os.path.isdir(path):
        os.makedirs(root + path, exist_ok=True)
        subprocess.run(['mount', '--rbind', path, root + path], check=True)


def enter(root, shared, command, filesystems):
    subprocess.run(['mount', '-t', 'tmpfs', 'tmpfs', root], check=True)
    for name in SYSTEM:
        bind(root, '/' + name)
    for name in ('home', 'tmp', 'var/tmp'):
        os.makedirs(os.path.join(root, name))
    for path in shared:
        bind(root, path)
    with open(os.path.join(root, '.flatpak-info'), 'w', encoding='utf-8') as file:
        file.write(INFO.format(app_id=APP_ID, filesystems=filesystems, kept=os.environ.get('SANDBOX_KEPT', KEPT)))
    folder = os.getcwd()
    os.chroot(root)
    os.chdir(folder if os.path.isdir(folder) else '/')
    os.execvp(command[0], command)


def command(root, shared, *words):
    """The words to run a program in such a sandbox, as the same user: the bus looks at that."""
    if os.getuid() != 0:
        words = ['unshare', f'--map-user={os.getuid()}', f'--map-group={os.getgid()}', *words]
    return ['unshare', '-rm', sys.executable, os.path.abspath(__file__), root, *shared, '--', *words]


if __name__ == '__main__':
    middle = sys.argv.index('--')
    enter(sys.argv[1], sys.argv[2:middle], sys.argv[middle + 1:], os.environ.get('SANDBOX_FILESYSTEMS', ''))
