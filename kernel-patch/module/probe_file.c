// SPDX-License-Identifier: GPL-2.0-only
/* Attached probes as file descriptors: they are gone when that is closed, or many of them at once when they are given back. */
#include <linux/anon_inodes.h>
#include <linux/bpf.h>
#include <linux/fcntl.h>
#include <linux/file.h>
#include <linux/filter.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include "override.h"

/* Who gives back what another one is giving back at the time returns when it is gone, too. */
static DEFINE_MUTEX(lock);

static struct probe *probe_of(struct file *file)
{
	return file->private_data;
}

static int probe_release(struct inode *inode, struct file *file)
{
	struct probe *probe = probe_of(file);

	if (probe->attached)
		probe->ops->detach(&probe, 1);
	bpf_prog_put(probe->program);
	probe->ops->free(probe);
	return 0;
}

static long state(struct probe *probe, void __user *argument)
{
	struct regs_override_state state = { .missed = probe->ops->missed(probe) + atomic_long_read(&probe->missed) };

	return write_struct(argument, &state, sizeof(state), sizeof(state));
}

static long probe_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	int err = may_override();

	if (err)
		return err;
	return command == REGS_OVERRIDE_STATE ? state(probe_of(file), (void __user *)argument) : -ENOTTY;
}

static const char * const kinds[] = {
	[REGS_OVERRIDE_KPROBE] = "kprobe", [REGS_OVERRIDE_KRETPROBE] = "kretprobe",
	[REGS_OVERRIDE_UPROBE] = "uprobe", [REGS_OVERRIDE_URETPROBE] = "uretprobe",
};

/* Who looks for programs of others finds these in /proc/PID/fdinfo, as those of links. */
static void probe_show(struct seq_file *m, struct file *file)
{
	struct probe *probe = probe_of(file);

	if (!READ_ONCE(probe->attached))
		return;
	seq_printf(m, "kind:\t%s\nprog_id:\t%u\n", kinds[probe->kind], probe->program->aux->id);
	probe->ops->show(probe, m);
}

static const struct file_operations probe_fops = {
	.owner = THIS_MODULE,
	.release = probe_release,
	.unlocked_ioctl = probe_ioctl,
	.show_fdinfo = probe_show,
};

int probe_file_open(struct probe *probe)
{
	int fd;

	probe->attached = true;
	fd = anon_inode_getfd("[regs_override]", &probe_fops, probe, O_CLOEXEC);
	if (fd < 0)
		probe->ops->detach(&probe, 1);
	return fd;
}

/* The files of those descriptors, each held. */
static int get_files(struct file **files, const s32 __user *from, u32 count)
{
	u32 i;
	s32 fd;

	for (i = 0; i < count; i++) {
		if (get_user(fd, from + i))
			return -EFAULT;
		files[i] = fget(fd);
		if (!files[i])
			return -EBADF;
		if (files[i]->f_op != &probe_fops)
			return -EINVAL;
	}
	return 0;
}

static void detach_files(struct file **files, u32 count)
{
	struct probe *batch[DETACH_BATCH], *probe;
	u32 i, size = 0;

	for (i = 0; i < count; i++) {
		probe = probe_of(files[i]);
		/* It may have been given twice. */
		if (!probe->attached)
			continue;
		if (size == DETACH_BATCH || (size && batch[0]->ops != probe->ops)) {
			batch[0]->ops->detach(batch, size);
			size = 0;
		}
		WRITE_ONCE(probe->attached, false);
		batch[size++] = probe;
	}
	if (size)
		batch[0]->ops->detach(batch, size);
}

int probe_files_detach(const s32 __user *fds, u32 count)
{
	struct file **files = kvcalloc(count, sizeof(*files), GFP_KERNEL_ACCOUNT);
	int err;
	u32 i;

	if (!files)
		return -ENOMEM;
	err = get_files(files, fds, count);
	if (!err) {
		mutex_lock(&lock);
		detach_files(files, count);
		mutex_unlock(&lock);
	}
	for (i = 0; i < count && files[i]; i++)
		fput(files[i]);
	kvfree(files);
	return err;
}
