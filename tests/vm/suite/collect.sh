#!/bin/sh
# shellcheck shell=dash  # busybox has `local` too
# Runs in the guest: prints what the program, sysfs, setpci and lspci say of the
# same machine, in sections "== NAME", and how it judges the functions named as
# arguments (those to check together with commas). The host compares (compare.py).

link_name() {
	[ -e "$1" ] && basename "$(readlink -f "$1")"
}

sysfs() {
	local path bdf file

	for path in /sys/bus/pci/devices/*; do
		bdf=${path##*/}
		echo "bdf $bdf"
		for file in vendor device class subsystem_vendor subsystem_device \
			    sriov_totalvfs sriov_numvfs; do
			[ -e "$path/$file" ] && echo "$file $(cat "$path/$file")"
		done
		echo "parent $(basename "$(dirname "$(readlink -f "$path")")")"
		echo "driver $(link_name "$path/driver")"
		echo "iommu_group $(link_name "$path/iommu_group")"
		echo "physfn $(link_name "$path/physfn")"
		echo "reset_method $(cat "$path/reset_method" 2>/dev/null)"
		echo "header_type $(setpci -s "$bdf" HEADER_TYPE.b)"
		echo "acs_cap $(setpci -s "$bdf" ECAP_ACS+4.w 2>/dev/null)"
		echo "acs_ctrl $(setpci -s "$bdf" ECAP_ACS+6.w 2>/dev/null)"
	done
}

echo '== list'
iowarden list --json
echo '== list as nobody'
as-nobody iowarden list --json
echo '== sysfs'
sysfs
echo '== lspci'
lspci -D -vvv -n
echo '== groups'
iommu-groups
echo '== override patch'
grep -cw pcie_acs_overrides /proc/kallsyms
for set in "$@"; do
	echo "== check $set"
	# shellcheck disable=SC2046  # the words are the functions
	iowarden check --json $(echo "$set" | tr , ' ')
	echo "status $?"
done
echo '== end'
