#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""GNU parallel over SSH, as data/doc/many-machines.md says: two machines with an sshd, one of which dies on the way.

Losing it: a scan that several machines share cannot be run as the page says, or a machine that fails takes its part
of the results with it.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import tempfile

import netns
import scanner
import tap
from tap import equal, true

netns.enter()

SSHD = '/usr/sbin/sshd'
SHARDS, PORTS, OPEN = 12, 400, [22, 80, 250]
MACHINES = {'192.0.2.2': 'one', '198.51.100.2': 'two'}     # addresses, and names of cables
TARGETS = ['203.0.113.1', '203.0.113.2']    # both machines see them

folder = tempfile.mkdtemp(prefix='roadstead-')
environment = {**os.environ, 'HOME': folder, 'XDG_STATE_HOME': f'{folder}/state'}


def write(name, text, mode=0o600):
    path = os.path.join(folder, name)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)
    os.chmod(path, mode)
    return path


def make_keys():
    for name in ('host', 'user'):
        netns.run('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', f'{folder}/{name}')
    shutil.copy(f'{folder}/user.pub', f'{folder}/authorized')
    write('sshd.conf', f'''Port 2222
HostKey {folder}/host
AuthorizedKeysFile {folder}/authorized
StrictModes no
PidFile none
MaxStartups 100
''')
    write('ssh.conf', f'''User scanner
Port 2222
IdentityFile {folder}/user
StrictHostKeyChecking no
UserKnownHostsFile /dev/null
LogLevel ERROR
ConnectTimeout 5
ServerAliveInterval 1
ServerAliveCountMax 3
''')


class Machine:
    """A network namespace with an sshd. In a namespace of users there is one user, and sshd believes that it is not
    root if that user is not called so."""

    def __init__(self, address, name):
        self.space = netns.Namespace()
        network = address.rpartition('.')[0]
        netns.link(netns.here(), name, [f'{network}.1/24'], self.space, 'eth0', [f'{address}/24'])
        with self.space:
            for target in TARGETS:
                netns.run('ip', 'address', 'add', f'{target}/32', 'dev', 'lo')
                for port in OPEN:
                    netns.serve(target, port)
            netns.run('ip', 'route', 'add', 'default', 'via', f'{network}.1')
            self.log = open(f'{folder}/{name}.log', 'w+', encoding='utf-8')
            self.sshd = subprocess.Popen(
                ['unshare', '-U', '--map-user=1000', '--map-group=1000', SSHD, '-D', '-e', '-f', f'{folder}/sshd.conf'],
                stdin=subprocess.DEVNULL, stderr=self.log, start_new_session=True)
        self.address = address

    def answers(self):
        return subprocess.run(['ssh', '-F', f'{folder}/ssh.conf', self.address, 'true'],
                              stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0

    def kill(self):
        """Cuts it off and ends all that runs on it, as if its power were cut."""
        with self.space:
            netns.nft('table inet cut {\n chain in {\n  type filter hook input priority 0; policy drop\n }\n}\n')
        for process in os.listdir('/proc'):
            with contextlib.suppress(OSError):
                if process.isdigit() and int(process) != self.space.pid and \
                        os.readlink(f'/proc/{process}/ns/net') == os.readlink(f'/proc/{self.space.pid}/ns/net'):
                    os.kill(int(process), signal.SIGKILL)


machines = []


@tap.case('both machines scan, and when one dies its shards are run by the other')
def check_ssh():
    for machine in machines:
        netns.wait_for(machine.answers, f'the sshd of {machine.address}')
    write('targets', '\n'.join(TARGETS) + '\n')
    logins = ','.join(f'2/ssh -F {folder}/ssh.conf {machine.address}' for machine in machines)
    process = subprocess.Popen(
        ['parallel', '--will-cite', '--sshlogin', logins, '--retries', '3', '--joblog', f'{folder}/shards.log',
         '--transferfile', 'targets', '--return', '{}.json', '--cleanup', '--workdir', '...',
         f'{os.path.abspath(scanner.PROGRAM)} --shard {{}}/{SHARDS} -q -n -p 1-{PORTS} --max-rate 40 -o {{}}.json '
         '-i targets', ':::', *map(str, range(1, SHARDS + 1))],
        cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    # When both have finished some.
    def hosts_of_log():
        with contextlib.suppress(OSError):
            with open(f'{folder}/shards.log', encoding='utf-8') as log:
                return {line.split('\t')[1] for line in log.read().splitlines()[1:]}
        return set()
    netns.wait_for(lambda: len(hosts_of_log()) == 2 or process.poll() is not None, 'shards of both', 60)
    if process.poll() is not None:
        raise tap.Failed(f'it ended before a machine was killed: {process.stdout.read()}')
    machines[0].kill()
    output, _ = process.communicate(timeout=180)
    equal(process.returncode, 0, f'exit status ({output})')

    done = subprocess.run([scanner.PROGRAM, 'merge', '-q', *(f'{shard}.json' for shard in range(1, SHARDS + 1)),
                           '-o', 'all.json'], cwd=folder, capture_output=True, text=True, check=False)
    equal(done.returncode, 0, f'exit status of the merge ({done.stderr})')
    equal(done.stderr, '', 'what the merge says')
    with open(f'{folder}/all.json', encoding='utf-8') as file:
        report = json.load(file)
    scanner.check_whole(report, TARGETS, PORTS, OPEN)


if __name__ == '__main__':
    for tool in (SSHD, 'ssh', 'parallel'):
        if shutil.which(tool) is None:
            tap.skip_all(f'{tool} is not installed')
    make_keys()
    netns.replace_file('/etc/passwd', f'root:x:0:0::{folder}:/bin/bash\nscanner:x:1000:1000::{folder}:/bin/bash\n')
    netns.replace_file('/etc/group', 'root:x:0:\nscanner:x:1000:\n')
    try:
        machines += [Machine(address, name) for address, name in MACHINES.items()]
        tap.main()
    finally:
        for machine in machines:
            machine.kill()
        shutil.rmtree(folder, ignore_errors=True)
