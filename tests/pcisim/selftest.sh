# Runs in a guest: what pcisim.ko does with bad tables, parameters, and again and again. /share has the
# blobs; what came of each step is a line in /share/steps.
cd /share || exit
exec 3>steps

# step NAME COMMAND...: its status, and what is left in the kernel.
step() {
	name=$1 status=0
	shift
	"$@" >"$name.out" 2>&1 || status=$?
	echo "$name $status devices=$(ls /sys/bus/pci/devices | grep -vc '^0000:') iommus=$(ls /sys/class/iommu | wc -l)" >&3
}

for blob in bad-*.bin; do step "${blob%.bin}" pcisim-load "$blob"; done
step missing pcisim-load /share/nowhere.bin
step good pcisim-load switch.bin
step second pcisim-load switch.bin
step unload pcisim-unload

for i in 1 2 3 4 5 6 7 8 9 10; do
	step "again-$i" pcisim-load nested.bin
	step "away-$i" pcisim-unload
done

# Functions that are hot-plugged: not there, there, gone.
step hidden pcisim-load hot.bin reveal=N
iommu-groups >hidden.groups
step revealed sh -c 'echo Y >/sys/module/pcisim/parameters/reveal'
iommu-groups >revealed.groups
step hide sh -c 'echo N >/sys/module/pcisim/parameters/reveal'
step hot-unload pcisim-unload
# With the IOMMU there from the start every function is.
step early pcisim-load hot.bin early=Y
iommu-groups >early.groups
step early-unload pcisim-unload

# A register that is written keeps what the capability offers; groups are formed anew only after a rescan.
step writable pcisim-load switch.bin
acs() { setpci -s 1000:02:01.0 ECAP0D+6.w"$1"; }
{
	acs
	acs =ffff && acs
	acs =0 && acs
	setpci -s 1000:03:00.0 BASE_ADDRESS_0=ffffffff && setpci -s 1000:03:00.0 BASE_ADDRESS_0
} >registers
step writable-unload pcisim-unload

# Virtual functions also as their users make them: by a driver.
modprobe pci-pf-stub
step bind pcisim-load sriov.bin bind=Y
pf=/sys/bus/pci/devices/1000:01:00.0
step fewer sh -c "echo pci-pf-stub >$pf/driver_override && echo 1000:01:00.0 >/sys/bus/pci/drivers_probe && \
	echo 0 >$pf/sriov_numvfs && echo 2 >$pf/sriov_numvfs"
iommu-groups >fewer.groups
step bind-unload pcisim-unload
