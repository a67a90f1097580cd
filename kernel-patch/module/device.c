// SPDX-License-Identifier: GPL-2.0-only
/* /dev/regs_override: takes programs and attaches them to probes of the module's own. */
#include <linux/bpf.h>
#include <linux/filter.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include "override.h"

#define ASKS_ALL \
	(REGS_OVERRIDE_ASKS_MEM | BIT(BPF_OVERRIDE_PARM) | BIT(BPF_OVERRIDE_RETURN) | BIT(BPF_OVERRIDE_PARM_RETURN) | BIT(BPF_OVERRIDE_PC))

static bool is_sleepable(const struct bpf_prog *program)
{
#ifdef HAS_PROG_SLEEPABLE
	return program->sleepable;
#else
	return program->aux->sleepable;
#endif
}

/* One whose context is that of a single probe, and that moves nothing behind the module's back. */
static struct bpf_prog *get_program(int fd)
{
	struct bpf_prog *program = bpf_prog_get_type_dev(fd, BPF_PROG_TYPE_KPROBE, false);

	if (IS_ERR(program))
		return program;
	if (!program->expected_attach_type && !is_sleepable(program) && !program->kprobe_override)
		return program;
	bpf_prog_put(program);
	return ERR_PTR(-EINVAL);
}

static long info(void __user *argument)
{
	struct regs_override_info info = {
#ifdef UPROBE_HONOURS_IP
		.features = REGS_OVERRIDE_CAN_MOVE_USER,
#endif
	};

#ifdef HAS_TRACE_RUN_CTX
	info.features |= REGS_OVERRIDE_CAN_COOKIE;
#endif
#ifdef HAS_KFUNCS
	info.features |= REGS_OVERRIDE_HAS_KFUNCS;
#endif
	return write_struct(argument, &info, sizeof(info), sizeof(info));
}

static long open_door(const void __user *argument)
{
	struct regs_override_door door;
	struct bpf_prog *program;
	int err = read_struct(&door, sizeof(door), sizeof(door), argument);

	if (err)
		return err;
	if (door.reserved)
		return -EINVAL;
	program = get_program(door.program);
	if (IS_ERR(program))
		return PTR_ERR(program);
	err = door_open(program, door.kind);
	bpf_prog_put(program);
	return err;
}

static struct probe *new_probe(const struct regs_override_attach *request, struct bpf_prog *program)
{
#ifndef HAS_TRACE_RUN_CTX
	if (request->cookie)
		return ERR_PTR(-EOPNOTSUPP);
#endif
	switch (request->kind) {
	case REGS_OVERRIDE_KPROBE:
	case REGS_OVERRIDE_KRETPROBE:
		return kernel_probe_attach(request, program);
	case REGS_OVERRIDE_UPROBE:
	case REGS_OVERRIDE_URETPROBE:
		return user_probe_attach(request, program);
	default:
		return ERR_PTR(-EINVAL);
	}
}

static long attach(const void __user *argument)
{
	struct regs_override_attach request;
	struct bpf_prog *program;
	struct probe *probe;
	int fd = read_struct(&request, sizeof(request), sizeof(request), argument);

	if (fd)
		return fd;
	if (request.reserved || request.asks & ~ASKS_ALL)
		return -EINVAL;
	program = get_program(request.program);
	if (IS_ERR(program))
		return PTR_ERR(program);
	probe = new_probe(&request, program);
	if (IS_ERR(probe)) {
		bpf_prog_put(program);
		return PTR_ERR(probe);
	}
	if (request.asks)
		report_program("attaches", program->aux->name);
	fd = probe_file_open(probe);
	if (fd < 0) {
		bpf_prog_put(program);
		probe->ops->free(probe);
	}
	return fd;
}

static long detach(const void __user *argument)
{
	struct regs_override_detach request;
	int err = read_struct(&request, sizeof(request), sizeof(request), argument);

	if (err)
		return err;
	if (request.count > REGS_OVERRIDE_DETACH_MOST)
		return -EINVAL;
	return request.count ? probe_files_detach(u64_to_user_ptr(request.probes), request.count) : 0;
}

static long device_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	void __user *user = (void __user *)argument;
	int err = may_override();

	if (err)
		return err;
	switch (command) {
	case REGS_OVERRIDE_INFO:
		return info(user);
	case REGS_OVERRIDE_DOOR:
		return open_door(user);
	case REGS_OVERRIDE_ATTACH:
		return attach(user);
	case REGS_OVERRIDE_DETACH:
		return detach(user);
	default:
		return -ENOTTY;
	}
}

static const struct file_operations device_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = device_ioctl,
	.llseek = noop_llseek,
};

static struct miscdevice device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "regs_override",
	.fops = &device_fops,
	.mode = 0600,
};

int __init device_init(void)
{
	return misc_register(&device);
}

void device_exit(void)
{
	misc_deregister(&device);
}
