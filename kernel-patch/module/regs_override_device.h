/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * /dev/regs_override: probes of the module's own, for kernels whose programs cannot call bpf_override_regs().
 *
 * A BPF program that such a probe runs asks through a door: a map of type QUEUE that was made one with REGS_OVERRIDE_DOOR
 * before the program was loaded. bpf_map_push_elem(door, value, flags) then is bpf_override_regs(ctx, value, value size of
 * the map, flags), or bpf_override_mem(), for the probe that hit, and has the same answers. Up to 6.3 the answer is an int:
 * sign-extend r0. Whoever pushes and is not run by such a probe gets -EPERM.
 *
 * All need CAP_SYS_ADMIN, and none is to be had in a locked down kernel. Each struct begins with its size: the module knows
 * it in that size or a smaller one, -E2BIG if what it does not know is not 0; -EINVAL if it is too small.
 */
#ifndef REGS_OVERRIDE_DEVICE_H
#define REGS_OVERRIDE_DEVICE_H

#include <linux/ioctl.h>
#include <linux/types.h>

/* What the module can do on this kernel. */
#define REGS_OVERRIDE_INFO _IO(0xbf, 0)
struct regs_override_info {
	__u32 size;
	__u32 features;			/* REGS_OVERRIDE_CAN_* */
};
#define REGS_OVERRIDE_CAN_MOVE_USER 1	/* the kernel honours a changed instruction pointer at a uprobe */
#define REGS_OVERRIDE_CAN_COOKIE 2	/* programs can read a cookie */
#define REGS_OVERRIDE_HAS_KFUNCS 4	/* the module offers kfuncs too; without BTF of its own nobody finds them */

/*
 * Makes a map a door, for as long as it exists. Maps are named by a program that uses no other: -EINVAL if it uses several,
 * or one that is no QUEUE; -EBUSY if it is a door of the other kind.
 */
#define REGS_OVERRIDE_DOOR _IO(0xbf, 1)
enum {
	REGS_OVERRIDE_DOOR_REGS = 1,	/* elements are struct bpf_reg_value[] */
	REGS_OVERRIDE_DOOR_MEM = 2,	/* elements are struct regs_override_store */
};
struct regs_override_door {
	__u32 size;
	__u32 kind;			/* REGS_OVERRIDE_DOOR_* */
	__s32 program;
	__u32 reserved;			/* 0 */
};
struct regs_override_store {
	__u64 address;
	__u32 size;
	__u32 reserved;			/* 0 */
	__u8 value[8];
};

/*
 * Attaches a program of type KPROBE; the result is a file descriptor, and when its last copy is closed the probe is gone.
 * -EINVAL where the kernel's own probes would not go either; -EPERM and -EOPNOTSUPP where nothing of what the program may
 * ask for is allowed or possible there.
 */
#define REGS_OVERRIDE_ATTACH _IO(0xbf, 2)
enum {
	REGS_OVERRIDE_KPROBE = 1,
	REGS_OVERRIDE_KRETPROBE = 2,
	REGS_OVERRIDE_UPROBE = 3,
	REGS_OVERRIDE_URETPROBE = 4,
};
/* 1 << BPF_OVERRIDE_*, or this: what a program may ask for. It is refused everything else, with -EPERM. */
#define REGS_OVERRIDE_ASKS_MEM 1
struct regs_override_attach {
	__u32 size;
	__u32 kind;			/* REGS_OVERRIDE_KPROBE ... */
	__s32 program;
	__u32 asks;
	__u64 symbol;			/* kernel: pointer to a name, FUNCTION or MODULE:FUNCTION; or 0, and */
	__u64 address;			/* kernel: the address of a function */
	__u64 offset;			/* kernel: in the function; user: in the file */
	__s32 file;			/* user: a file that is open for reading */
	__s32 pid;			/* user: the process; 0: any */
	__u64 cookie;			/* for bpf_get_attach_cookie() */
	__u32 maxactive;		/* KRETPROBE: calls that may be under way; 0: as many as the kernel thinks */
	__u32 reserved;			/* 0 */
};

/* Asked of what REGS_OVERRIDE_ATTACH gave. */
#define REGS_OVERRIDE_STATE _IO(0xbf, 3)
struct regs_override_state {
	__u32 size;
	__u32 reserved;
	__u64 missed;			/* hits at which the program did not run */
};

/*
 * Takes probes away, all at once: each that is closed by itself waits until no CPU is running its program any more, which
 * is some tens of milliseconds, and these wait for that together. Asked of the device. When it returns they are as if
 * closed, but STATE still answers; the descriptors are then closed at no cost. -EBADF or -EINVAL, and none was taken away,
 * if one is no descriptor of a probe.
 */
#define REGS_OVERRIDE_DETACH _IO(0xbf, 4)
#define REGS_OVERRIDE_DETACH_MOST 65536
struct regs_override_detach {
	__u32 size;
	__u32 count;			/* at most REGS_OVERRIDE_DETACH_MOST */
	__u64 probes;			/* pointer to as many __s32 that REGS_OVERRIDE_ATTACH gave */
};

#endif
