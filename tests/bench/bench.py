#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares roadstead-cli with nmap on simulated networks: time, wrong answers, CPU and memory.

The cases and what is to be reached are in cases.py beside this file. Each run has a new network, the
same each time or, where a case has several seeds, that of the next seed, the same for all programs. A
wrong answer in any run counts. Of nmap's -T3, -T4 and -T5 the fastest counts that gives no wrong answer.

Where the processor is what limits, connect-only.c runs in turn with them, in as many threads as
there are processors: it connects and does nothing else, with GSocketClient, with GSocket and epoll,
and with bare system calls. A ratio that is not reached because not even GSocket reaches it is marked
LIMIT.
"""

import argparse
import dataclasses
import ipaddress
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / 'simnet'))
import simnet                                                   # noqa: E402
from cases import CASES, CURVE, CURVE_HOSTS, CURVE_PORTS        # noqa: E402

TIMINGS = ('T3', 'T4', 'T5')
TIMEOUT = 1800
RUNS = 3


class Neighbour:
    """A network namespace beside this one, with nothing that listens; looks like a simnet.Network."""

    stats = None

    def __enter__(self):
        self.process = subprocess.Popen(['unshare', '--net', 'sh', '-c', 'echo; exec cat'],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.process.stdout.readline()
        pid = str(self.process.pid)
        there = ('nsenter', f'--net=/proc/{pid}/ns/net', 'ip')
        for command in (('ip', 'link', 'add', 'bench0', 'type', 'veth', 'peer', 'name', 'bench1', 'netns', pid),
                        ('ip', 'address', 'add', '192.0.2.1/24', 'dev', 'bench0'),
                        ('ip', 'link', 'set', 'bench0', 'up'),
                        (*there, 'address', 'add', '192.0.2.2/24', 'dev', 'bench1'),
                        (*there, 'link', 'set', 'bench1', 'up')):
            subprocess.run(command, check=True)
        return self

    def __exit__(self, *_):
        subprocess.run(('ip', 'link', 'delete', 'bench0'), check=True)
        self.process.communicate()

    def truth(self, targets, ports):
        return simnet.Truth(simnet.parse_ports(ports), {targets: simnet.Host('up')})


def make_network(case):
    return simnet.Network(case.config) if case.config else Neighbour()


class Scanner:
    """One of the programs that are compared."""

    def __init__(self, name, reads, reasons):
        self.name, self.read, self.reasons = name, reads, reasons

    def command(self, case, targets, ports, report):
        """The command that scans and writes a report."""
        raise NotImplementedError

    def measure(self, case, targets, ports):
        """Scans a new network once; a dictionary of numbers."""
        network = make_network(case)
        with network, tempfile.TemporaryDirectory() as folder:
            report = os.path.join(folder, 'report.json')
            run = simnet.run(self.command(case, targets, ports, report), timeout=TIMEOUT)
            truth = network.truth(targets, ports)
            if run.status:
                wrong, faults = -1, f'ended with status {run.status}'
            else:
                found = simnet.compare(truth, self.read(report), self.reasons)
                wrong, faults = found.total, str(found)
        probes = network.stats['syns'] if network.stats else len(truth.asked)
        return {'seconds': run.seconds, 'user_us_per_probe': run.user_seconds / probes * 1e6,
                'peak_bytes': run.peak_bytes, 'wrong': wrong, 'faults': faults, 'network': network.stats}


class Roadstead(Scanner):
    def __init__(self, path):
        super().__init__('roadstead', simnet.read_report, True)
        self.path = path

    def command(self, case, targets, ports, report):
        discovery = () if case.discovery else ('--skip-discovery',)
        return [self.path, '--quiet', '--no-dns', *discovery, *case.options, '--ports', ports,
                '--output', report, *targets.split(',')]


class Nmap(Scanner):
    def __init__(self, timing):
        super().__init__(timing, simnet.read_nmap, False)

    def command(self, case, targets, ports, report):
        discovery = () if case.discovery else ('-Pn',)
        return ['nmap', '-sT', '-n', '--unprivileged', f'-{self.name}', *discovery, '-p', ports,
                '-oX', report, *targets.split(',')]


class ConnectsAlone:
    """What connects need by themselves, without pacing, states and report."""
    KINDS = {'client': 'GSocketClient alone', 'socket': 'GSocket and epoll alone', 'bare': 'system calls alone'}

    def __init__(self, path, kind):
        self.path, self.kind, self.name = path, kind, self.KINDS[kind]

    def measure(self, case):
        """Seconds."""
        with make_network(case):
            command = [self.path, self.kind, case.targets, case.ports, str(case.connects_alone), str(os.cpu_count())]
            return simnet.run(command, timeout=TIMEOUT).seconds


def sum_up(runs):
    """The medians of some runs, and the worst of what is not to happen at all."""
    result = {key: statistics.median(run[key] for run in runs)
              for key in ('seconds', 'user_us_per_probe', 'peak_bytes')}
    worst = max(runs, key=lambda run: (run['wrong'] < 0, run['wrong']))
    return {**result, 'wrong': worst['wrong'], 'faults': worst['faults'],
            'all_seconds': [round(run['seconds'], 3) for run in runs], 'network': runs[-1]['network']}


def with_seed(case, number):
    """The case as the run of that number has it."""
    if not case.seeds:
        return case
    seed = case.seeds[number % len(case.seeds)]
    return dataclasses.replace(case, config={**case.config, 'seed': seed})


def measure_case(case, roadstead, alone, nmaps, n_runs):
    """Runs all programs in turn; sums by the program's name."""
    def measure(scanner, targets):
        run = scanner.measure(seeded, targets, case.ports)
        if case.seeds and run['wrong']:
            run['faults'] += f' (seed {seeded.config["seed"]})'
        runs[scanner.name].append(run)
        return run

    runs = {scanner.name: [] for scanner in (roadstead, *nmaps)}
    alone_seconds = {program.name: [] for program in alone if case.connects_alone}
    for number in range(n_runs or len(case.seeds) or RUNS):
        seeded = with_seed(case, number)
        for program in alone if case.connects_alone else ():
            alone_seconds[program.name].append(program.measure(seeded))
        measure(roadstead, case.targets)
        for nmap in nmaps:
            measure(nmap, case.nmap_targets or case.targets)['seconds'] *= case.nmap_scale
    sums = {name: sum_up(some) for name, some in runs.items()}
    for name, seconds in alone_seconds.items():
        sums[name] = {'seconds': statistics.median(seconds), 'all_seconds': [round(one, 3) for one in seconds]}
    return sums


def best_nmap(sums):
    """The name of the fastest nmap without a wrong answer, or else of the fastest with the fewest."""
    names = [name for name in TIMINGS if name in sums and sums[name]['wrong'] >= 0]
    if not names:
        return None
    return min(names, key=lambda name: (sums[name]['wrong'], sums[name]['seconds']))


def format_seconds(seconds):
    return f'{seconds:.2f} s' if seconds < 10 else f'{seconds:.1f} s' if seconds < 100 else f'{seconds:.0f} s'


HEADING = f'{"case":<11} {"ours":>8} {"nmap":>12} {"ratio":>6} {"reach":>6}  {"wrong":>5} {"nmap’s":>6} ' \
          f'{"CPU/probe":>9} {"memory":>8}  verdict'


def judge(name, case, sums):
    """Prints a case's line; adds the verdict to its sums and returns it."""
    ours, best = sums['roadstead'], best_nmap(sums)
    nmap_seconds = sums[best]['seconds'] if best else case.nmap_seconds
    ratio = ours['seconds'] / nmap_seconds
    alone = sums.get(ConnectsAlone.KINDS['socket'])
    right = ours['wrong'] == 0 and (not case.max_bytes or ours['peak_bytes'] <= case.max_bytes)
    reached = ours['seconds'] <= case.max_seconds if case.max_seconds else ratio <= case.reach
    if right and reached:
        verdict = 'PASS'
    elif right and alone and ours['seconds'] <= alone['seconds'] and alone['seconds'] > case.reach * nmap_seconds:
        verdict = 'LIMIT'
    else:
        verdict = 'FAIL'
    sums['verdict'] = {'nmap': best or 'table', 'ratio': ratio, 'reach': case.reach, 'max_seconds': case.max_seconds,
                       'verdict': verdict}
    reach = f'{case.max_seconds:.0f} s' if case.max_seconds else f'{case.reach:.3f}'
    nmap_wrong = sums[best]['wrong'] if best else '-'
    print(f'{name:<11} {format_seconds(ours["seconds"]):>8} '
          f'{format_seconds(nmap_seconds) + " " + (best or " *"):>12} {ratio:>6.3f} {reach:>6}  '
          f'{ours["wrong"]:>5} {nmap_wrong:>6} {ours["user_us_per_probe"]:>6.1f} µs '
          f'{ours["peak_bytes"] / 1e6:>5.1f} MB  {verdict}')
    for kind in ConnectsAlone.KINDS.values():
        if kind in sums:
            seconds = sums[kind]['seconds']
            print(f'            {format_seconds(seconds):>8}  {kind}: ours / it = {ours["seconds"] / seconds:.2f}')
    return verdict != 'FAIL'


def explain(case, sums):
    """Prints what does not fit into the line."""
    print(f'    {case.about}')
    for kind in ConnectsAlone.KINDS.values():
        if kind in sums:
            print(f'    {kind}: {", ".join(format_seconds(seconds) for seconds in sums[kind]["all_seconds"])}')
    for name in ('roadstead', *TIMINGS):
        if name not in sums:
            continue
        result = sums[name]
        print(f'    {name:<9} {", ".join(format_seconds(s) for s in result["all_seconds"])}'
              f'; wrong answers: {result["faults"]}')
        if result['network']:
            seen = result['network']
            print(f'              {seen["syns"]} SYNs to {seen["ports"]} ports, repeated {seen["kernel_repeats"]} by '
                  f'the kernel, {seen["scanner_repeats"]} by the scanner; peak {seen["peak_10ms"]} in 10 ms, '
                  f'{seen["peak_100ms"]} in 100 ms, {seen["peak_1s"]} in 1 s; over limits '
                  f'{seen["over_syn_limit"] + seen["over_rst_limit"] + seen["over_icmp_limit"]}')
            if seen['overflow']:
                print(f'              the simulation was too slow: {seen["overflow"]} packets were lost by it')
            if seen['late'] > seen['syns'] // 100:
                print(f'              the machine was busy: {seen["late"]} answers late, by up to '
                      f'{seen["max_lateness_us"] / 1000:.0f} ms')


def measure_curve(roadstead):
    """Prints time and memory for more and more probes."""
    print(f'{"probes":>9} {"time":>8} {"CPU/probe":>10} {"memory":>9}  wrong')
    points = []
    for n_hosts in CURVE_HOSTS:
        first = ipaddress.ip_address('198.18.0.0')
        targets = ','.join(map(str, ipaddress.summarize_address_range(first, first + n_hosts - 1)))
        case = argparse.Namespace(config=CURVE, discovery=False, options=())
        result = roadstead.measure(case, targets, CURVE_PORTS)
        n_probes = n_hosts * len(simnet.parse_ports(CURVE_PORTS))
        points.append({'probes': n_probes, **result})
        print(f'{n_probes:>9,} {format_seconds(result["seconds"]):>8} {result["user_us_per_probe"]:>7.1f} µs '
              f'{result["peak_bytes"] / 1e6:>6.1f} MB  {result["wrong"]}', flush=True)
        if result['wrong']:
            print(f'    {result["faults"]}')
    return points


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('build', type=Path, help='the build directory')
    parser.add_argument('cases', nargs='*', metavar='CASE', help=f'of {", ".join(CASES)}; all if none is named')
    parser.add_argument('--runs', type=int, metavar='N',
                        help=f'how often each program runs ({RUNS}, or once for each seed that a case has)')
    parser.add_argument('--no-nmap', action='store_true', help='compare with the times of nmap in cases.py')
    parser.add_argument('--nmap-from', type=Path, metavar='FILE',
                        help='take nmap’s results from a file that --json wrote earlier, where it has them')
    parser.add_argument('--json', type=Path, metavar='FILE', help='write all results to a file')
    parser.add_argument('--curve', action='store_true', help='time and memory for 1,000 to 1,000,000 probes')
    parser.add_argument('-v', '--verbose', action='store_true', help='tell more of each case')
    arguments = parser.parse_args()
    for name in arguments.cases:
        if name not in CASES:
            parser.error(f'there is no case {name}; there are: {", ".join(CASES)}')
    return arguments


def main():
    arguments = parse_arguments()
    os.environ['SIMNET'] = str((arguments.build / 'tests/simnet/simnet').resolve())
    try:
        simnet.enter_namespace()
    except simnet.Unavailable as reason:
        print(f'SKIP: {reason}')
        return simnet.SKIPPED

    roadstead = Roadstead(str((arguments.build / 'src/cli/roadstead-cli').resolve()))
    connect_only = str((arguments.build / 'tests/bench/connect-only').resolve())
    alone = [ConnectsAlone(connect_only, kind) for kind in ConnectsAlone.KINDS]
    earlier = json.loads(arguments.nmap_from.read_text(encoding='utf-8')) if arguments.nmap_from else {}
    has_nmap = not arguments.no_nmap and shutil.which('nmap')
    results, all_passed = {}, True

    names = arguments.cases or ([] if arguments.curve else list(CASES))
    if names:
        print(HEADING)
    for name in names:
        case = CASES[name]
        known = {timing: sums for timing, sums in earlier.get(name, {}).items() if timing in TIMINGS}
        runs_nmap = has_nmap and not known and not case.max_seconds
        nmaps = [Nmap(timing) for timing in TIMINGS] if runs_nmap else []
        results[name] = {**measure_case(case, roadstead, alone, nmaps, arguments.runs), **known}
        all_passed &= judge(name, case, results[name])
        if arguments.verbose or results[name]['roadstead']['wrong']:
            explain(case, results[name])
        sys.stdout.flush()
        if arguments.json:
            arguments.json.write_text(json.dumps(results, indent=1), encoding='utf-8')
    if any(sums['verdict']['nmap'] == 'table' for sums in results.values()):
        print('* nmap did not run: its time is the one noted in cases.py')

    if arguments.curve:
        results['curve'] = measure_curve(roadstead)
        all_passed &= not any(point['wrong'] for point in results['curve'])
        if arguments.json:
            arguments.json.write_text(json.dumps(results, indent=1), encoding='utf-8')
    return 0 if all_passed else 1


if __name__ == '__main__':
    sys.exit(main())
