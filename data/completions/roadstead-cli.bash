# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Completion of roadstead-cli for bash.

# The names of profiles, one a line: what stands before the columns of their ports.
_roadstead_cli_profiles() {
  "${COMP_WORDS[0]}" --list-profiles 2>/dev/null | sed 's/  .*//'
}

# _roadstead_cli_words WORD...: those that begin as what is typed, quoted for the shell
_roadstead_cli_words() {
  local word
  for word; do
    if [[ $word == "$cur"* ]]; then
      COMPREPLY+=("$(printf '%q' "$word")")
    fi
  done
}

_roadstead_cli_files() {
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen -f -- "$cur")
}

_roadstead_cli() {
  local cur=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
  local options profiles
  COMPREPLY=()

  # “=” is a word of its own.
  if [[ $cur == = ]]; then
    cur=
  elif [[ $previous == = ]]; then
    previous=${COMP_WORDS[COMP_CWORD - 2]}
  fi

  case ${COMP_WORDS[1]} in
    compare)
      options=(-a --all --open --reason -o --output= --format= -q --quiet -h --help)
      ;;
    merge)
      options=(-o --output= --format= -q --quiet -h --help)
      ;;
    *)
      options=(--profile= --list-profiles -p --ports= --top-ports= --exclude= --exclude-file= --exclude-ports=
        -i --input-file= -o --output= --format= -n --no-dns --skip-discovery --list-down --identify= -T
        --timing= --max-parallelism= --max-rate= --timeout= --host-timeout= --max-retries= --seed= --shard= --resume=
        --open --reason -4 --ipv4 -6 --ipv6 --resolve-all --wait-network -q --quiet --version -h --help)
      ;;
  esac

  case $previous in
    --profile)
      mapfile -t profiles < <(_roadstead_cli_profiles)
      _roadstead_cli_words "${profiles[@]}"
      return
      ;;
    --identify)
      _roadstead_cli_words nothing listen ask
      return
      ;;
    -T | --timing)
      _roadstead_cli_words polite normal fast
      return
      ;;
    --format)
      if [[ ${COMP_WORDS[1]} == compare ]]; then
        _roadstead_cli_words text json
      else
        _roadstead_cli_words text json xml grepable csv html
      fi
      return
      ;;
    -i | --input-file | -iL | --exclude-file | --excludefile | -o | --output | -oN | -oX | -oG | -oA | --resume)
      _roadstead_cli_files
      return
      ;;
    -p | --ports | --exclude-ports)
      _roadstead_cli_words none top:100 http* ssh
      return
      ;;
    --top-ports | --exclude | --max-parallelism | --max-rate | --timeout | --host-timeout | --max-retries | \
      --seed | --shard)
      return
      ;;
  esac

  if [[ $cur == -* ]]; then
    _roadstead_cli_words "${options[@]}"
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]]; then
      compopt -o nospace 2>/dev/null
    fi
  elif [[ ${COMP_WORDS[1]} == compare || ${COMP_WORDS[1]} == merge ]] && ((COMP_CWORD > 1)); then
    _roadstead_cli_files
  else
    if ((COMP_CWORD == 1)); then
      _roadstead_cli_words compare merge
    fi
    mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -A hostname -- "$cur")
  fi
}

complete -F _roadstead_cli roadstead-cli
