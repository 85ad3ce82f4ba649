# SPDX-License-Identifier: GPL-2.0
# The front door: verbs, each of which is done in one folder.

MAKEFLAGS += --no-print-directory
KDIR ?= /lib/modules/$(shell uname -r)/build

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' Makefile

module: ## build iowarden.ko for the kernel tree KDIR (default: the running kernel)
	@$(MAKE) -C kmod modules KDIR=$(KDIR)

helper: ## build the program, build/iowarden
	@$(MAKE) -C helper

demo: ## boot a stock Debian kernel in QEMU and audit it (installs what it lacks)
	@tests/demo

run: ## do the job on this very machine (as root)
	@tests/run-here

check: ## all tests that CI runs (installs what it lacks)
	@tests/check

check-debug: ## the long tests on kernels of our own: checkers of memory and locks, ACS override
	@tests/check debug faults-debug kunit-debug override

check-kernels: ## the tests in guests, on each of Debian's kernels
	@tests/check-kernels

coverage: ## which lines of kmod/ and helper/ the tests execute
	@tests/coverage

check-long: ## 20,000 random machines, 1,000 faults, 500 loads under fire on each of Debian's kernels: hours
	@tests/check-long

bench: ## what prediction and audit cost for a function, and the counting of a DMA fault
	@$(MAKE) -C tests/bench run

lint: ## kernel style, sparse, W=1, shell and prose checks
	@tests/check lint

header: ## write include/uapi/linux/iowarden.h anew from the YAML specification
	@tests/wire/header --update

module-install: ## install iowarden.ko for the kernel tree KDIR, so that modprobe finds it
	@$(MAKE) -C kmod install KDIR=$(KDIR)

install: ## install program, man page, completion, units and alerts below PREFIX (and DESTDIR)
	@$(MAKE) -C helper install

clean: ## remove build/
	rm -rf build

.PHONY: help module helper demo run check check-debug check-kernels check-long coverage bench lint header
.PHONY: module-install install clean
.DEFAULT_GOAL := help
