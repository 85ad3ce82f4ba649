# Runs in a guest: raises each machine of /share/*.bin in turn, and keeps what the kernel and iowarden
# say of it.
cd /share || exit
for blob in *.bin; do
	name=${blob%.bin}
	if ! pcisim-load "$blob" 2>"$name.err"; then
		continue
	fi
	iommu-groups >"$name.groups"
	# The program may have been told of the functions before the IOMMU came: --fresh.
	iowarden list --json --fresh >"$name.json" 2>>"$name.err" || rm -f "$name.json"
	# With what is known of the host, which a list does not ask for.
	iowarden snapshot --fresh --output="$name.snapshot" 2>>"$name.err"
	pcisim-unload 2>>"$name.err" || exit
done
