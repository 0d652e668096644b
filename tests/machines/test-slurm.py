#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A job array of Slurm, as data/doc/many-machines.md says, on a cluster of one node.

Losing it: the script of the page does not run, or a task of it scans the wrong part.
"""

import glob
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile

import netns
import scanner
import tap
from tap import equal, true

netns.enter()

PAGE = sys.argv[2]      # data/doc/many-machines.md
SHARDS, PORTS, OPEN = 6, 200, [22, 80]
TARGETS = ['127.0.0.1', '127.0.0.2']
# Root of a namespace of users cannot drop its groups, which Slurm's daemons do if they are started by root.
AS_USER = ['unshare', '-U', '--map-user=1000', '--map-group=1000']
PROGRAMS = ['munged', 'slurmctld', 'slurmd', 'sbatch', 'squeue']

folder = tempfile.mkdtemp(prefix='roadstead-')
environment = {**os.environ, 'HOME': folder, 'XDG_STATE_HOME': f'{folder}/state', 'SLURM_CONF': f'{folder}/slurm.conf'}
daemons = []
neighbour = netns.Namespace()

CONFIGURATION = '''ClusterName=test
SlurmctldHost={host}(127.0.0.1)
SlurmUser=scanner
SlurmdUser=scanner
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket={folder}/munge
StateSaveLocation={folder}/controller
SlurmdSpoolDir={folder}/node
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
ReturnToService=2
SchedulerParameters=batch_sched_delay=0
NodeName={host} NodeAddr=127.0.0.1 CPUs=2 RealMemory=2000 State=UNKNOWN
PartitionName=all Nodes={host} Default=YES MaxTime=INFINITE State=UP
'''


def start(*command):
    with open(f'{folder}/{os.path.basename(command[0])}.log', 'w', encoding='utf-8') as log:
        daemons.append(subprocess.Popen([*AS_USER, *command], env=environment, cwd=folder, stdin=subprocess.DEVNULL, stdout=log,
                                        stderr=subprocess.STDOUT, start_new_session=True))


def logs():
    texts = []
    for name in glob.glob(f'{folder}/*.log') + glob.glob(f'{folder}/slurm-*.out'):
        with open(name, encoding='utf-8', errors='replace') as file:
            texts.append(f'{os.path.basename(name)}:\n{file.read()[-3000:]}')
    return '\n'.join(texts)


def ask(*command):
    return subprocess.run([*AS_USER, *command], env=environment, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          check=False)


def start_cluster():
    # Its daemons do not start on a machine that has only a loopback interface.
    netns.link(netns.here(), 'eth0', ['192.0.2.1/24'], neighbour, 'eth0', ['192.0.2.2/24'])
    os.chmod(folder, 0o755)
    for name in ('controller', 'node'):
        os.mkdir(f'{folder}/{name}')
    with open(f'{folder}/slurm.conf', 'w', encoding='utf-8') as file:
        file.write(CONFIGURATION.format(host=socket.gethostname(), folder=folder))
    with open(f'{folder}/key', 'wb') as file:
        file.write(os.urandom(128))
    os.chmod(f'{folder}/key', 0o400)
    start(shutil.which('munged'), '--foreground', '--force', f'--key-file={folder}/key', f'--socket={folder}/munge',
          f'--pid-file={folder}/munged.pid', f'--log-file={folder}/munge.log', f'--seed-file={folder}/seed')
    netns.wait_for(lambda: os.path.exists(f'{folder}/munge'), 'munged')
    start(shutil.which('slurmctld'), '-D')
    start(shutil.which('slurmd'), '-D')
    try:
        netns.wait_for(lambda: ' idle' in ask('sinfo', '-h').stdout, 'an idle node', 60)
    except tap.Failed as failure:
        raise tap.Failed(f'{failure}\n{logs()}') from None


def script_of_page():
    """The job script of the page, for the network of the test."""
    with open(PAGE, encoding='utf-8') as page:
        script = re.search(r'## Slurm\n+```\n(.*?)```', page.read(), re.DOTALL)[1]
    changes = {'--array=1-64': f'--array=1-{SHARDS}', 'exec roadstead-cli': f'exec {os.path.abspath(scanner.PROGRAM)}',
               '22,80,443': f'1-{PORTS}', '10.0.0.0/8': f'-n {" ".join(TARGETS)}'}
    for old, new in changes.items():
        true(old in script, f'{old} is not in the script')
        script = script.replace(old, new)
    return script


@tap.case('the job array of the page scans each port once')
def check_array():
    start_cluster()
    with open(f'{folder}/job', 'w', encoding='utf-8') as file:
        file.write(script_of_page())
    done = ask('sbatch', 'job')
    equal(done.returncode, 0, f'exit status of sbatch ({done.stderr})')
    reports = [f'{shard}.json' for shard in range(1, SHARDS + 1)]
    try:
        netns.wait_for(lambda: not ask('squeue', '-h').stdout.strip(), 'the jobs to end', 120)
        for report in reports:
            true(os.path.exists(f'{folder}/{report}'), f'{report} is missing')
    except tap.Failed as failure:
        raise tap.Failed(f'{failure}\n{ask("squeue").stdout}\n{logs()}') from None

    done = ask(os.path.abspath(scanner.PROGRAM), 'merge', '-q', *reports, '-o', 'all.json')
    equal((done.returncode, done.stderr), (0, ''), 'the merge')
    with open(f'{folder}/all.json', encoding='utf-8') as file:
        report = json.load(file)
    scanner.check_whole(report, TARGETS, PORTS, OPEN)


if __name__ == '__main__':
    for program in PROGRAMS:
        if shutil.which(program) is None:
            tap.skip_all(f'{program} is not installed')
    netns.replace_file('/etc/passwd', f'root:x:0:0::{folder}:/bin/bash\nscanner:x:1000:1000::{folder}:/bin/bash\n')
    netns.replace_file('/etc/group', 'root:x:0:\nscanner:x:1000:\n')
    for target in TARGETS:
        for open_port in OPEN:
            netns.serve(target, open_port)
    try:
        tap.main()
    finally:
        for daemon in reversed(daemons):
            os.killpg(daemon.pid, signal.SIGTERM)
            daemon.wait()
        shutil.rmtree(folder, ignore_errors=True)
