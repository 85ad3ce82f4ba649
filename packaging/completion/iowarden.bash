# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# bash completion for iowarden(8). A unit test compares it with the program's
# own tables of commands and options.

_iowarden_addresses() {
	local path
	for path in /sys/bus/pci/devices/*; do
		[ -e "$path" ] && printf '%s\n' "${path##*/}"
	done
}

_iowarden_words() {
	local command=$1
	local reading='--json --provider --from --color --fresh'

	case $command in
	list) echo "$reading" ;;
	show) echo "$reading" ;;
	check | audit) echo "$reading --quiet --oneline" ;;
	explain) echo "$reading --quiet" ;;
	decode) echo "$reading" ;;
	faults) echo "$reading --all --interval --follow" ;;
	metrics) echo '--provider --from --fresh --output' ;;
	snapshot) echo "$reading --output" ;;
	help) ;;
	*) echo "$reading --quiet --oneline --output --all --interval --follow" ;;
	esac
	echo '--help --version'
}

_iowarden() {
	local commands='list show check audit explain decode faults metrics snapshot help'
	local word=$2 before=$3 command='' i

	COMPREPLY=()
	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i - 1]} in
		--provider | --color | --from | --output | --interval) continue ;;
		esac
		case ${COMP_WORDS[i]} in
		-* | =) ;;
		*) command=${COMP_WORDS[i]} && break ;;
		esac
	done

	[ "$before" = = ] && before=${COMP_WORDS[COMP_CWORD - 2]}
	[ "$word" = = ] && word=
	case $before in
	--provider)
		mapfile -t COMPREPLY < <(compgen -W 'netlink sysfs snapshot lspci' -- "$word")
		return
		;;
	--from | --output)
		mapfile -t COMPREPLY < <(compgen -f -- "$word")
		return
		;;
	--color)
		mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$word")
		return
		;;
	esac

	case $word in
	-*)
		mapfile -t COMPREPLY < <(compgen -W "$(_iowarden_words "$command")" -- "$word")
		return
		;;
	esac
	case $command in
	decode)
		mapfile -t COMPREPLY < <(compgen -f -- "$word")
		;;
	'' | help)
		mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$word")
		;;
	show | check | explain | faults)
		mapfile -t COMPREPLY < <(compgen -W "$(_iowarden_addresses)" -- "$word")
		# An address holds colons, at which readline breaks words.
		if declare -F __ltrim_colon_completions >/dev/null; then
			__ltrim_colon_completions "$word"
		fi
		;;
	esac
}

complete -F _iowarden iowarden
