# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Completion of roadstead for bash.

_roadstead() {
  local cur=${COMP_WORDS[COMP_CWORD]}

  if [[ $cur == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W '--new-window --help --help-all --version' -- "$cur")
  else
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -X '!*.@(json|xml)' -- "$cur"; compgen -d -- "$cur"; compgen -A hostname -- "$cur")
  fi
}

complete -F _roadstead roadstead
