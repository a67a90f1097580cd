# SPDX-License-Identifier: Apache-2.0
# How the C programs here are built from NAME.bpf.c and NAME.c: BPF object, skeleton, then the program. Needs clang, bpftool
# and libbpf-dev.
here := $(dir $(lastword $(MAKEFILE_LIST)))
BPFTOOL ?= $(firstword $(wildcard /usr/sbin/bpftool) bpftool)
CLANG ?= clang
CFLAGS ?= -O2 -g -Wall -Wextra
includes := -I. -I$(here) -I$(here)../../kernel-patch/module -I/usr/include/$(shell $(CC) -print-multiarch)
headers := $(wildcard *.h $(here)*.h)

.SECONDEXPANSION:
$(OUT)/%: $$(subst -,_,%).c $(OUT)/$$(subst -,_,%).skel.h $(here)engine.c $(headers)
	$(CC) $(CFLAGS) -I$(OUT) $(includes) -o $@ $< $(here)engine.c -lbpf -lelf -lz

$(OUT)/%.skel.h: $(OUT)/%.bpf.o
	$(BPFTOOL) gen skeleton $< >$@

$(OUT)/%.bpf.o: %.bpf.c $(headers)
	@mkdir -p $(OUT)
	$(CLANG) -target bpf -O2 -g -Wall $(includes) -c $< -o $@

.SECONDARY:
