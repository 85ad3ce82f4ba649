# Runs in a guest: a machine (/share/machine.bin) to which functions come, from which parts go and come back, and
# whose devices are bound and unbound.  After each step it is kept what the kernel and iowarden say.
set -e
cd /share
devices=/sys/bus/pci/devices
exec 3>steps

# keep NAME: the state after a step.
keep() {
	iommu-groups | grep '^1000:' >"$1.groups"
	iowarden list --json --fresh >"$1.json"
	echo "$1" >&3
}

# again NAME BDF...: taken away, and found again.
again() {
	name=$1
	shift
	for bdf in "$@"; do echo 1 >"$devices/$bdf/remove"; done
	keep "$name-gone"
	echo 1 >/sys/bus/pci/rescan
	keep "$name-back"
}

# check_split BDF: what the program says of a function that is kept apart for no reason.
check_split() {
	status=0
	iowarden check --json --fresh "$1" >"check-$1.json" 2>&1 || status=$?
	echo $status >"check-$1.status"
}

# bound BDF: the driver that has it.
bound() {
	[ ! -e "$devices/$1/driver" ] || basename "$(readlink "$devices/$1/driver")"
}

pcisim-load machine.bin reveal=N bind=Y
keep boot
echo Y >/sys/module/pcisim/parameters/reveal
keep revealed
for bdf in 1000:00:1f.3 1000:00:1f.4 1000:00:1e.0; do check_split $bdf; done

again endpoint 1000:04:00.0
again functions 1000:03:00.0 1000:03:00.1
again singles 1000:05:00.0 1000:05:00.1
check_split 1000:05:00.1
again port 1000:02:00.0
again switch 1000:01:00.0
again root-port 1000:00:01.0
again later 1000:00:1f.3

# An endpoint's driver, and that of the ports above it.
modprobe pci-pf-stub
endpoint=1000:04:00.0
echo pci-pf-stub >"$devices/$endpoint/driver_override"
echo $endpoint >/sys/bus/pci/drivers_probe
bound $endpoint >endpoint.driver
keep bound
echo $endpoint >/sys/bus/pci/drivers/pci-pf-stub/unbind
keep unbound
echo $endpoint >/sys/bus/pci/drivers_probe
keep bound-again
echo $endpoint >/sys/bus/pci/drivers/pci-pf-stub/unbind
for port in 1000:01:00.0 1000:02:01.0; do
	[ -e "$devices/$port/driver" ] || echo $port >/sys/bus/pci/drivers_probe || true
	bound $port >>port.drivers
done
for port in 1000:01:00.0 1000:02:01.0; do
	[ ! -e "$devices/$port/driver" ] || echo $port >"$devices/$port/driver/unbind"
done
keep ports-unbound
for port in 1000:01:00.0 1000:02:01.0; do echo $port >/sys/bus/pci/drivers_probe || true; done
keep ports-bound
pcisim-unload
