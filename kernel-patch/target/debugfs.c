// SPDX-License-Identifier: GPL-2.0-only
/* /sys/kernel/debug/regsh_target/{call,result}: a line written to `call` is carried out before write returns. */
#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include "target.h"

#define MAX_LINE 256

struct result {
	struct mutex lock;
	char text[128];
};

static struct dentry *dir;
/* The last result of all, for a shell, which opens the files one after the other. */
static struct result last = { .lock = __MUTEX_INITIALIZER(last.lock) };

static int call_open(struct inode *inode, struct file *file)
{
	struct result *own = kzalloc(sizeof(*own), GFP_KERNEL);

	if (!own)
		return -ENOMEM;
	mutex_init(&own->lock);
	file->private_data = own;
	return 0;
}

static int call_release(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}

static ssize_t call_write(struct file *file, const char __user *user, size_t len, loff_t *pos)
{
	struct result *own = file->private_data;
	char text[sizeof(own->text)], *line;
	int err;

	if (len > MAX_LINE)
		return -E2BIG;
	line = memdup_user_nul(user, len);
	if (IS_ERR(line))
		return PTR_ERR(line);
	err = target_run(line, text, sizeof(text));
	kfree(line);
	if (err)
		return err;
	mutex_lock(&own->lock);
	memcpy(own->text, text, sizeof(text));
	mutex_unlock(&own->lock);
	mutex_lock(&last.lock);
	memcpy(last.text, text, sizeof(text));
	mutex_unlock(&last.lock);
	/* Write, then read on the same descriptor gives this result, from its beginning. */
	*pos = 0;
	return len;
}

static ssize_t result_read(struct result *result, char __user *user, size_t len, loff_t *pos)
{
	char text[sizeof(result->text)];

	mutex_lock(&result->lock);
	memcpy(text, result->text, sizeof(text));
	mutex_unlock(&result->lock);
	return simple_read_from_buffer(user, len, pos, text, strlen(text));
}

static ssize_t call_read(struct file *file, char __user *user, size_t len, loff_t *pos)
{
	return result_read(file->private_data, user, len, pos);
}

static ssize_t last_read(struct file *file, char __user *user, size_t len, loff_t *pos)
{
	return result_read(&last, user, len, pos);
}

static const struct file_operations call_fops = {
	.owner = THIS_MODULE,
	.open = call_open,
	.release = call_release,
	.write = call_write,
	.read = call_read,
	.llseek = default_llseek,
};

static const struct file_operations result_fops = {
	.owner = THIS_MODULE,
	.read = last_read,
	.llseek = default_llseek,
};

static int __init regsh_target_init(void)
{
	dir = debugfs_create_dir("regsh_target", NULL);
	if (IS_ERR(dir))
		return PTR_ERR(dir);
	debugfs_create_file("call", 0600, dir, NULL, &call_fops);
	debugfs_create_file("result", 0400, dir, NULL, &result_fops);
	return 0;
}

static void __exit regsh_target_exit(void)
{
	debugfs_remove_recursive(dir);
}

module_init(regsh_target_init);
module_exit(regsh_target_exit);
MODULE_LICENSE("GPL");
MODULE_AUTHOR("regsh");
MODULE_DESCRIPTION("Functions made to be overridden, callable from user space through debugfs");
MODULE_VERSION("0.1");
