# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of roadstead for fish.
complete -c roadstead -s h -l help -d 'Show help options'
complete -c roadstead -l help-all -d 'Show all help options'
complete -c roadstead -s w -l new-window -d 'Open a new window'
complete -c roadstead -l version -d 'Show version and exit'
complete -c roadstead -a '(__fish_print_hostnames)'
