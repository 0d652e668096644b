#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A scan of 16 million addresses by 64 machines: data/doc/many-machines.md promises that it is possible.

Losing it: large scans begin late, or merging their reports takes more memory than a machine has.
"""

import json
import os
import random
import shutil
import subprocess
import tempfile
import time

import netns
import scanner
import tap
from tap import equal, true

netns.enter()

NETWORK, N_ADDRESSES, PORTS, SHARDS = '10.0.0.0/8', 1 << 24, [22, 80, 443], 64
N_ANSWERED = 100_000    # addresses, of all shards
BYTES_PER_ANSWER = 1500     # of the merge; what it needs is printed

folder = tempfile.mkdtemp(prefix='roadstead-')
environment = {**os.environ, 'XDG_STATE_HOME': os.path.join(folder, 'state'), 'HOME': folder}


def n_connects():
    """How many connects this namespace has begun."""
    with open('/proc/net/snmp', encoding='ascii') as table:
        names, values = [line.split() for line in table if line.startswith('Tcp:')]
    return int(values[names.index('ActiveOpens')])


def shard_arguments(shard, file_name):
    return ['--shard', f'{shard}/{SHARDS}', '-n', '-q', '-p', ','.join(map(str, PORTS)), '-o', file_name, NETWORK]


def time_to_first_probe(shard):
    """In seconds, from the start of the program."""
    before, start = n_connects(), time.monotonic()
    process = subprocess.Popen([scanner.PROGRAM, *shard_arguments(shard, f'{folder}/first.json')], env=environment)
    netns.wait_for(lambda: n_connects() > before, f'the first probe of shard {shard}')
    elapsed = time.monotonic() - start
    process.terminate()
    process.wait()
    return elapsed


@tap.case('each of 64 shards of 16 million addresses begins within a second')
def check_start():
    times = sorted(time_to_first_probe(shard) for shard in range(1, SHARDS + 1))
    print(f'# first probe after {times[len(times) // 2]:.3f} s (median), {times[-1]:.3f} s (worst)')
    true(times[-1] < 1, f'a shard needed {times[-1]:.2f} s')


def write_shards(n_answered):
    """Writes the reports of all shards, in which @n_answered addresses answered: one open port each, and one closed."""
    numbers = random.Random(1)
    with open(f'{folder}/template.json', encoding='utf-8') as file:
        template = json.load(file)
    addresses = sorted(numbers.sample(range(N_ADDRESSES), n_answered))
    for shard in range(SHARDS):
        report = {**template, 'profile': {**template['profile'], 'shard': f'{shard + 1}/{SHARDS}'}, 'status': 'finished'}
        report['hosts'] = [
            {'address': f'10.{number >> 16}.{number >> 8 & 255}.{number & 255}', 'names': [], 'other_addresses': [],
             'state': 'up', 'reason': 'syn-ack', 'latency_ms': 20.5,
             'ports': [{'port': 443, 'state': 'open', 'reason': 'syn-ack', 'service': 'https'},
                       {'port': 80, 'state': 'closed', 'reason': 'conn-refused', 'service': 'http'}],
             'unlisted': []} for number in addresses[shard::SHARDS]]
        up = len(report['hosts'])
        report['summary'] = {'n_targets': N_ADDRESSES,
                             'n_unlisted_down': N_ADDRESSES // SHARDS * len(PORTS) - up,
                             'hosts': {'unknown': 0, 'up': up, 'down': 0},
                             'ports': {'unknown': 0, 'open': up, 'closed': up, 'filtered': 0}}
        with open(f'{folder}/{shard + 1}.json', 'w', encoding='utf-8') as file:
            json.dump(report, file)


def merge():
    """Merges all shards; returns the report and how much memory that took, in bytes."""
    command = [scanner.PROGRAM, 'merge', '-q', *(f'{folder}/{shard + 1}.json' for shard in range(SHARDS)),
               '-o', f'{folder}/all.json']
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    equal(os.waitstatus_to_exitcode(status), 0, f'exit status of the merge ({errors})')
    true('missing' not in errors, errors)
    with open(f'{folder}/all.json', encoding='utf-8') as file:
        return json.load(file), usage.ru_maxrss * 1024


@tap.case('64 reports are merged in memory bounded by what answered')
def check_merge():
    process = subprocess.Popen([scanner.PROGRAM, *shard_arguments(1, f'{folder}/template.json')], env=environment)
    before = n_connects()
    netns.wait_for(lambda: n_connects() > before, 'the first probe')
    process.terminate()
    process.wait()
    used = {}
    for n_answered in (N_ANSWERED // 10, N_ANSWERED):
        write_shards(n_answered)
        report, used[n_answered] = merge()
        equal(len(report['hosts']), n_answered, 'hosts')
        equal(report['summary']['n_targets'], N_ADDRESSES, 'addresses')
        equal(report['summary']['ports']['open'], n_answered, 'open ports')
        equal(report['summary']['n_unlisted_down'], N_ADDRESSES - n_answered, 'hosts that are down')
        print(f'# {n_answered} addresses answered: {used[n_answered] / 1e6:.0f} MB')
    few, many = sorted(used)
    each = (used[many] - used[few]) / (many - few)
    true(each < BYTES_PER_ANSWER, f'{each:.0f} bytes for each address that answered')
    true(used[few] < 60e6, f'{used[few] / 1e6:.0f} MB where {few} addresses answered')


if __name__ == '__main__':
    # A network in which nobody answers: what is sent there is dropped without a word.
    far = netns.Namespace()
    netns.link(netns.here(), 'near', ['192.0.2.1/24'], far, 'far', ['192.0.2.2/24'])
    netns.run('ip', 'route', 'add', NETWORK, 'via', '192.0.2.2')
    with far:
        netns.run('ip', 'route', 'add', 'blackhole', NETWORK)
    try:
        tap.main()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
