# In a guest: the words of the steps of stale.table, and what keeps the answers.  `segment` is set.
set -e
cd /share

# bits NAME...: their sum, of the ACS Control register.
bits() {
	sum=0
	for bit; do
		case $bit in
		SV) sum=$((sum | 0x01)) ;;
		TB) sum=$((sum | 0x02)) ;;
		RR) sum=$((sum | 0x04)) ;;
		CR) sum=$((sum | 0x08)) ;;
		UF) sum=$((sum | 0x10)) ;;
		*) echo "no ACS bit $bit" >&2 && return 1 ;;
		esac
	done
	printf '%x' "$sum"
}

# off PORT BIT...; on PORT BIT...
off() {
	port=$segment:$1
	shift
	mask=$(bits "$@")
	setpci -s "$port" "ECAP_ACS+6.w=0:$mask"
}

on() {
	port=$segment:$1
	shift
	mask=$(bits "$@")
	setpci -s "$port" "ECAP_ACS+6.w=$mask:$mask"
}

# again FUNCTION...: taken away, and found again.
again() {
	for bdf; do echo 1 >"/sys/bus/pci/devices/$segment:$bdf/remove"; done
	echo 1 >/sys/bus/pci/rescan
	for bdf; do [ -e "/sys/bus/pci/devices/$segment:$bdf" ]; done
}

# state STEP: the kernel's groups, and the prediction beside them.
state() {
	iommu-groups >"$1.groups"
	iowarden list --json --fresh >"$1.list"
}

# keep NAME COMMAND...: what it answers and how it ends.
keep() {
	name=$1
	shift
	status=0
	"$@" >"$name.out" 2>"$name.err" || status=$?
	echo "$status" >"$name.status"
}
