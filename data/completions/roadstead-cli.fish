# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of roadstead-cli for fish.

function __roadstead_cli_profiles
    roadstead-cli --list-profiles 2>/dev/null | string replace -r '  .*' ''
end

function __roadstead_cli_no_command
    not __fish_seen_subcommand_from compare merge
end

complete -c roadstead-cli -f
complete -c roadstead-cli -n __fish_use_subcommand -a compare -d 'Compare two reports'
complete -c roadstead-cli -n __fish_use_subcommand -a merge -d 'Make one report of several'
complete -c roadstead-cli -n __roadstead_cli_no_command -a '(__fish_print_hostnames)'
complete -c roadstead-cli -n 'not __roadstead_cli_no_command' -F

# For each command.
complete -c roadstead-cli -s h -l help -d 'Show help options'
complete -c roadstead-cli -s o -l output -r -F -d 'Write the report to FILE'
complete -c roadstead-cli -s q -l quiet -d 'Print only errors'

# Comparing and merging.
complete -c roadstead-cli -n '__fish_seen_subcommand_from compare' -s a -l all -d 'Also list what did not change'
complete -c roadstead-cli -n '__fish_seen_subcommand_from compare' -l format -x -a 'text json' -d 'Output format'
complete -c roadstead-cli -n 'not __fish_seen_subcommand_from compare' -l format -x -a 'text json xml grepable csv html' -d 'Output format'
complete -c roadstead-cli -n 'not __fish_seen_subcommand_from merge' -l open -d 'List only open ports'
complete -c roadstead-cli -n 'not __fish_seen_subcommand_from merge' -l reason -d 'Show the reason for each state'

# Scanning.
complete -c roadstead-cli -n __roadstead_cli_no_command -l profile -x -a '(__roadstead_cli_profiles)' -d 'Use a scan profile'
complete -c roadstead-cli -n __roadstead_cli_no_command -l list-profiles -d 'List the available profiles'
complete -c roadstead-cli -n __roadstead_cli_no_command -s p -l ports -x -a 'none top:100 ssh http' -d 'Ports to scan'
complete -c roadstead-cli -n __roadstead_cli_no_command -l top-ports -x -d 'Scan the N most common ports'
complete -c roadstead-cli -n __roadstead_cli_no_command -l exclude -x -a '(__fish_print_hostnames)' -d 'Exclude these targets'
complete -c roadstead-cli -n __roadstead_cli_no_command -l exclude-file -r -F -d 'Exclude the targets listed in FILE'
complete -c roadstead-cli -n __roadstead_cli_no_command -l exclude-ports -x -d 'Exclude these ports'
complete -c roadstead-cli -n __roadstead_cli_no_command -s i -l input-file -r -F -d 'Read targets from FILE'
complete -c roadstead-cli -n __roadstead_cli_no_command -s n -l no-dns -d 'Skip reverse DNS lookups'
complete -c roadstead-cli -n __roadstead_cli_no_command -l skip-discovery -d 'Skip host discovery'
complete -c roadstead-cli -n __roadstead_cli_no_command -l list-down -d 'Also list hosts that are down'
complete -c roadstead-cli -n __roadstead_cli_no_command -l identify -x -a 'nothing listen ask' -d 'Find out what answers on open ports'
complete -c roadstead-cli -n __roadstead_cli_no_command -s T -l timing -x -a 'polite normal fast' -d 'Timing'
complete -c roadstead-cli -n __roadstead_cli_no_command -l max-parallelism -x -d 'Make at most N connections in parallel'
complete -c roadstead-cli -n __roadstead_cli_no_command -l max-rate -x -d 'Make at most N connections per second'
complete -c roadstead-cli -n __roadstead_cli_no_command -l timeout -x -d 'Wait at most MS milliseconds for each answer'
complete -c roadstead-cli -n __roadstead_cli_no_command -l host-timeout -x -d 'Give up on a host after TIME'
complete -c roadstead-cli -n __roadstead_cli_no_command -l max-retries -x -d 'Retry silent ports at most N times'
complete -c roadstead-cli -n __roadstead_cli_no_command -l seed -x -d 'Use seed N for the random scan order'
complete -c roadstead-cli -n __roadstead_cli_no_command -l shard -x -d 'Scan only part I of N'
complete -c roadstead-cli -n __roadstead_cli_no_command -l resume -r -F -d 'Continue an interrupted scan'
complete -c roadstead-cli -n __roadstead_cli_no_command -s 4 -l ipv4 -d 'Scan IPv4 addresses only'
complete -c roadstead-cli -n __roadstead_cli_no_command -s 6 -l ipv6 -d 'Scan IPv6 addresses only'
complete -c roadstead-cli -n __roadstead_cli_no_command -l resolve-all -d 'Scan all addresses of each name'
complete -c roadstead-cli -n __roadstead_cli_no_command -l wait-network -d 'Wait when the network goes away'
complete -c roadstead-cli -n __roadstead_cli_no_command -l version -d 'Print the version'
