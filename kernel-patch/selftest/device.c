// SPDX-License-Identifier: GPL-2.0-only
#include "device.h"
#include "engine.h"
#include <bpf/bpf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define MAX_ELEMENT 512
#define ASKS_ALL (REGS_OVERRIDE_ASKS_MEM | 1 << BPF_OVERRIDE_PARM | 1 << BPF_OVERRIDE_RETURN | 1 << BPF_OVERRIDE_PARM_RETURN | \
		  1 << BPF_OVERRIDE_PC)

/* Maps are named to the module by a program that uses them. */
static int make_door(unsigned int kind, int map)
{
	const struct bpf_insn carrier[] = {
		{ .code = BPF_LD | BPF_DW | BPF_IMM, .dst_reg = BPF_REG_1, .src_reg = BPF_PSEUDO_MAP_FD, .imm = map },
		{},
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0 },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	struct regs_override_door door = {
		.size = sizeof(door), .kind = kind,
		.program = bpf_prog_load(BPF_PROG_TYPE_KPROBE, "carrier", "GPL", carrier, sizeof(carrier) / sizeof(*carrier), NULL),
	};
	int err = door.program < 0 || ioctl(engine()->device, REGS_OVERRIDE_DOOR, &door) ? -errno : 0;

	if (door.program >= 0)
		close(door.program);
	return err;
}

int door(unsigned int kind, unsigned int size)
{
	static int doors[REGS_OVERRIDE_DOOR_MEM + 1][MAX_ELEMENT];
	int *map = &doors[kind][size], err;

	if (*map)
		return *map;
	*map = bpf_map_create(BPF_MAP_TYPE_QUEUE, "door", 0, size, 1, NULL);
	err = *map < 0 ? -errno : make_door(kind, *map);
	if (!err)
		return *map;
	if (*map >= 0)
		close(*map);
	*map = 0;
	return err;
}

int device_attach_for(int program, const struct probe *probe, __u32 asks)
{
	struct regs_override_attach attach = {
		.size = sizeof(attach), .program = program, .asks = asks, .offset = probe->offset,
		.kind = probe->path ? probe->at_return ? REGS_OVERRIDE_URETPROBE : REGS_OVERRIDE_UPROBE :
				      probe->at_return ? REGS_OVERRIDE_KRETPROBE : REGS_OVERRIDE_KPROBE,
	};
	int attached;

	if (probe->path) {
		attach.file = open(probe->path, O_RDONLY | O_CLOEXEC);
		attach.pid = getpid();
	} else {
		attach.symbol = (unsigned long)probe->function;
	}
	attached = attach.file < 0 ? -errno : ioctl(engine()->device, REGS_OVERRIDE_ATTACH, &attach);
	if (attached < 0)
		attached = -errno;
	if (attach.file > 0)
		close(attach.file);
	return attached;
}

int device_attach(int program, const struct probe *probe)
{
	return device_attach_for(program, probe, ASKS_ALL);
}

int device_detach(const int *attached, unsigned int count)
{
	struct regs_override_detach detach = { .size = sizeof(detach), .count = count, .probes = (unsigned long)attached };

	return ioctl(engine()->device, REGS_OVERRIDE_DETACH, &detach) ? -errno : 0;
}

long long device_missed(int attached)
{
	struct regs_override_state state = { .size = sizeof(state) };

	return ioctl(attached, REGS_OVERRIDE_STATE, &state) ? -errno : (long long)state.missed;
}
