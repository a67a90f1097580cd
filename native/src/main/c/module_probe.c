// SPDX-License-Identifier: Apache-2.0
/* Probes of the module regs_override, and the maps through which programs at those ask (/dev/regs_override). */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <bpf/bpf.h>
#include "module_probe.h"
#include "regs_override_device.h"
#include "regsh.h"

/* What the device answers to a request, or why there is no device. */
static int ask(unsigned long command, void *request)
{
	int device = open("/dev/regs_override", O_RDWR | O_CLOEXEC), answer;

	if (device < 0)
		return -errno;
	answer = ioctl(device, command, request);
	if (answer < 0)
		answer = -errno;
	close(device);
	return answer;
}

int regsh_device_features(void)
{
	struct regs_override_info info = { .size = sizeof(info) };
	int error = ask(REGS_OVERRIDE_INFO, &info);

	return error ? error : (int)info.features;
}

int regsh_door(int map, int memory)
{
	/* A map is named to the module by a program that uses it. */
	const struct bpf_insn carrier[] = {
		{ .code = BPF_LD | BPF_DW | BPF_IMM, .dst_reg = BPF_REG_1, .src_reg = BPF_PSEUDO_MAP_FD, .imm = map },
		{},
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0 },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	struct regs_override_door door = {
		.size = sizeof(door),
		.kind = memory ? REGS_OVERRIDE_DOOR_MEM : REGS_OVERRIDE_DOOR_REGS,
		.program = bpf_prog_load(BPF_PROG_TYPE_KPROBE, "regsh_door", "GPL", carrier, 4, NULL),
	};
	int error = door.program < 0 ? door.program : ask(REGS_OVERRIDE_DOOR, &door);

	if (door.program >= 0)
		close(door.program);
	return error;
}

__u64 module_probe_missed(const struct module_probe *probe)
{
	struct regs_override_state state = { .size = sizeof(state) };

	if (probe->fd < 0)
		return probe->missed;
	return ioctl(probe->fd, REGS_OVERRIDE_STATE, &state) ? 0 : state.missed;
}

void module_probe_detach(struct module_probe *probe)
{
	probe->missed = module_probe_missed(probe);
	if (probe->fd >= 0)
		close(probe->fd);
	probe->fd = -1;
}

void module_probes_take_away(const int *fds, __u32 count)
{
	struct regs_override_detach detach = { .size = sizeof(detach), .probes = (unsigned long)fds };
	__u32 done;

	/* Where it is refused, closing them does it, each by itself. */
	for (done = 0; done < count; done += detach.count, detach.probes += sizeof(*fds) * detach.count) {
		detach.count = count - done < REGS_OVERRIDE_DETACH_MOST ? count - done : REGS_OVERRIDE_DETACH_MOST;
		ask(REGS_OVERRIDE_DETACH, &detach);
	}
}

int module_probe_attach(struct module_probe *probe, int prog, __u32 asks, const char *pmu, int on_return, const char *name,
			__u64 offset, int pid, __u64 cookie)
{
	struct regs_override_attach attach = { .size = sizeof(attach), .program = prog, .asks = asks };
	int user = !strcmp(pmu, "uprobe"), features = regsh_device_features();

	if (!user && getenv("REGSH_NO_KPROBES"))
		return -ECANCELED;
	if (features < 0)
		return features;
	if (features & REGS_OVERRIDE_CAN_COOKIE)
		attach.cookie = cookie;
	if (user) {
		attach.kind = on_return ? REGS_OVERRIDE_URETPROBE : REGS_OVERRIDE_UPROBE;
		attach.offset = offset;
		attach.pid = pid < 0 ? 0 : pid;
		attach.file = open(name, O_RDONLY | O_CLOEXEC);
		if (attach.file < 0)
			return -errno;
	} else {
		attach.kind = on_return ? REGS_OVERRIDE_KRETPROBE : REGS_OVERRIDE_KPROBE;
		attach.symbol = (unsigned long)name;
		*(name ? &attach.offset : &attach.address) = offset;
	}
	probe->fd = ask(REGS_OVERRIDE_ATTACH, &attach);
	if (user)
		close(attach.file);
	return probe->fd < 0 ? probe->fd : 0;
}
