// SPDX-License-Identifier: GPL-2.0-only
/* debugfs regs_override/list: the functions that level 1 allows. `NAME` or `MODULE:NAME` adds, with a `-` removes. */
#include <linux/capability.h>
#include <linux/ctype.h>
#include <linux/debugfs.h>
#include <linux/kallsyms.h>
#include <linux/kallsyms.h>
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include "override.h"

#define MAX_WRITE PAGE_SIZE
#define MAX_NAMES 4096

struct listed {
	struct list_head list;
	struct rcu_head rcu;
	size_t module_len;		/* 0: any module, and the kernel image */
	char name[];			/* the function's, then the module's */
};

static LIST_HEAD(names);
static unsigned int count;
static DEFINE_MUTEX(lock);
static struct dentry *dir;

static const char *module_of(const struct listed *e)
{
	return e->name + strlen(e->name) + 1;
}

bool list_has(const char *module, const char *function)
{
	struct listed *e;
	bool found = false;

	rcu_read_lock();
	list_for_each_entry_rcu(e, &names, list) {
		if (strcmp(e->name, function) || (e->module_len && strcmp(module_of(e), module ?: "vmlinux")))
			continue;
		found = true;
		break;
	}
	rcu_read_unlock();
	return found;
}

static struct listed *find(const char *module, const char *function)
{
	struct listed *e;

	list_for_each_entry(e, &names, list)
		if (!strcmp(e->name, function) && !strcmp(module_of(e), module))
			return e;
	return NULL;
}

static int add(const char *module, const char *function)
{
	size_t function_len = strlen(function), module_len = strlen(module);
	struct listed *e;

	if (find(module, function))
		return 0;
	if (count == MAX_NAMES)
		return -ENOSPC;
	e = kzalloc(sizeof(*e) + function_len + module_len + 2, GFP_KERNEL);
	if (!e)
		return -ENOMEM;
	memcpy(e->name, function, function_len);
	memcpy(e->name + function_len + 1, module, module_len);
	e->module_len = module_len;
	list_add_tail_rcu(&e->list, &names);
	count++;
	return 0;
}

static int del(const char *module, const char *function)
{
	struct listed *e = find(module, function);

	if (!e)
		return -ENOENT;
	list_del_rcu(&e->list);
	kfree_rcu(e, rcu);
	count--;
	return 0;
}

static int one_word(char *word)
{
	bool remove = *word == '-';
	char *function, *module = "";
	const char *c;

	function = remove ? word + 1 : word;
	if (strchr(function, ':')) {
		module = strsep(&function, ":");
		if (!*module)
			return -EINVAL;
	}
	if (!*function || strlen(function) >= KSYM_NAME_LEN)
		return -EINVAL;
	for (c = function; *c; c++)
		if (!isalnum(*c) && *c != '_' && *c != '.')
			return -EINVAL;
	return remove ? del(module, function) : add(module, function);
}

static ssize_t list_write(struct file *file, const char __user *user, size_t len, loff_t *pos)
{
	char *text, *rest, *word;
	int err = 0;

	if (len > MAX_WRITE)
		return -E2BIG;
	text = memdup_user_nul(user, len);
	if (IS_ERR(text))
		return PTR_ERR(text);
	rest = text;
	mutex_lock(&lock);
	while (!err && (word = strsep(&rest, " \t\n")))
		if (*word)
			err = one_word(word);
	verdict_flush();
	mutex_unlock(&lock);
	kfree(text);
	return err ?: len;
}

static int list_show(struct seq_file *m, void *unused)
{
	struct listed *e;

	mutex_lock(&lock);
	list_for_each_entry(e, &names, list)
		seq_printf(m, "%s%s%s\n", module_of(e), e->module_len ? ":" : "", e->name);
	mutex_unlock(&lock);
	return 0;
}

static int list_open(struct inode *inode, struct file *file)
{
	if (!capable(CAP_SYS_ADMIN) || (file->f_mode & FMODE_WRITE && locked_down()))
		return -EPERM;
	return single_open(file, list_show, NULL);
}

static const struct file_operations list_fops = {
	.owner = THIS_MODULE,
	.open = list_open,
	.read = seq_read,
	.write = list_write,
	.llseek = seq_lseek,
	.release = single_release,
};

void __init list_init(void)
{
	/* A kernel without debugfs has levels 0 and 2: no reason to fail. */
	dir = debugfs_create_dir("regs_override", NULL);
	debugfs_create_file("list", 0600, dir, NULL, &list_fops);
}

void list_exit(void)
{
	struct listed *e, *next;

	debugfs_remove_recursive(dir);
	list_for_each_entry_safe(e, next, &names, list) {
		list_del(&e->list);
		kfree(e);
	}
}
