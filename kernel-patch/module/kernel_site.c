// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where a hit in the kernel happened, and what may be done there. Modules reach neither the current kprobe nor
 * kallsyms, so both are learned from the address: sprint_symbol names the function, the text bytes tell the rest. The
 * answer is kept for each address until a module comes or goes or the list changes.
 */
#include <linux/kallsyms.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/rethook.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <asm/pgtable.h>
#include "override.h"

#define CACHE_BITS 10
#define CACHE_SIZE (1 << CACHE_BITS)

/*
 * One word an entry, so readers and writers need no lock in any context: the low 48 bits of the address (kernel
 * addresses differ in nothing else), 12 bits of generation, 4 bits of what is known. Colliding addresses replace
 * each other.
 */
static u64 cache[CACHE_SIZE];
static atomic_t generation = ATOMIC_INIT(1);

static u64 entry_of(unsigned long address, unsigned int gen, unsigned int known)
{
	return (u64)address << 16 | (gen & 0xfff) << 4 | known;
}

static bool is_executable(unsigned long address)
{
	unsigned int level;
	pte_t *pte;

	if (address < TASK_SIZE_MAX)
		return false;
	pte = lookup_address(address, &level);
	return pte && (pte_flags(*pte) & _PAGE_PRESENT) && !(pte_flags(*pte) & _PAGE_NX);
}

/* ENDBR64, or the 4-byte nop that replaces it in functions nobody calls through a pointer. */
static bool has_endbr(unsigned long function)
{
	static const u8 endbr[] = { 0xf3, 0x0f, 0x1e, 0xfa }, nop[] = { 0x0f, 0x1f, 0x40 };
	u8 text[4];

	if (copy_from_kernel_nofault(text, (void *)function, sizeof(text)))
		return false;
	return !memcmp(text, endbr, sizeof(endbr)) || !memcmp(text, nop, sizeof(nop));
}

/* The form is `name+0xOFFSET/0xSIZE` with ` [module]` behind it; a bare number when nothing has that address. */
static noinline unsigned int look_up(unsigned long address)
{
	char text[KSYM_SYMBOL_LEN], *module = NULL, *plus, *slash, *end;
	unsigned long offset;
	unsigned int known = SITE_TEXT;

	if (!is_executable(address))
		return 0;
	sprint_symbol(text, address);
	plus = strrchr(text, '+');
	slash = plus ? strchr(plus, '/') : NULL;
	if (!slash)
		return 0;
	end = strchr(slash, ' ');
	*plus = *slash = 0;
	if (kstrtoul(plus + 1, 0, &offset))
		return 0;
	if (end) {
		if (end[1] != '[')
			return 0;
		module = end + 2;
		module[strcspn(module, " ]")] = 0;
		/* BPF programs and the kernel's own trampolines are named too, and are no functions to call. */
		if (!strcmp(module, "bpf") || strstarts(module, "__builtin__"))
			return 0;
	}
	if (!offset)
		known |= SITE_START | SITE_ENTRY;
	else if (offset == 4 && has_endbr(address - 4))
		known |= SITE_ENTRY;
	if (list_has(text, module))
		known |= SITE_LISTED;
	return known;
}

unsigned int kernel_address_known(unsigned long address)
{
	u64 *slot = &cache[hash_long(address, CACHE_BITS)];
	unsigned int gen = atomic_read_acquire(&generation), known;
	u64 found = READ_ONCE(*slot);

	if (found >> 4 == entry_of(address, gen, 0) >> 4)
		return found & 0xf;
	known = look_up(address);
	WRITE_ONCE(*slot, entry_of(address, gen, known));
	return known;
}

void kernel_sites_forget(void)
{
	int i;

	atomic_inc_return_release(&generation);
	/* The generation wraps; what it left behind must not come back to life then. */
	for (i = 0; i < CACHE_SIZE; i++)
		WRITE_ONCE(cache[i], 0);
}

/*
 * A return probe's trampoline lays pt_regs directly below the place the return address was taken from; that place is
 * the hook's frame. In a return probe ip is the caller's, so the function comes from the hook.
 */
static unsigned long returning_from(struct pt_regs *regs)
{
#ifdef CONFIG_KRETPROBE_ON_RETHOOK
	struct llist_node *node;

	llist_for_each(node, current->rethooks.first) {
		struct rethook_node *hook = container_of(node, struct rethook_node, llist);

		if (hook->frame == (unsigned long)(regs + 1))
			return (unsigned long)((struct kretprobe *)hook->rethook->data)->kp.addr;
	}
#elif defined(CONFIG_KRETPROBES)
	struct llist_node *node;

	llist_for_each(node, current->kretprobe_instances.first) {
		struct kretprobe_instance *ri = container_of(node, struct kretprobe_instance, llist);

		if (ri->fp == (unsigned long *)(regs + 1))
			return (unsigned long)get_kretprobe(ri)->kp.addr;
	}
#endif
	return 0;
}

void kernel_site_of(struct kernel_site *site, struct pt_regs *regs)
{
	/* Breakpoint, jump and return trampolines all store -1 there; ftrace never does. */
	site->ftrace = regs->orig_ax != -1UL;
	site->address = site->ftrace ? 0 : returning_from(regs);
	site->returning = site->address;
	/* In every other probe ip is one behind the probed address. */
	if (!site->returning)
		site->address = regs->ip - 1;
	site->known = kernel_address_known(site->address);
}

/* May this hit leave for another address? A probe that was optimised to a jump ignores a changed ip. */
bool kernel_site_takes_ip(const struct kernel_site *site)
{
	u8 text;

	if (site->returning || !(site->known & SITE_ENTRY))
		return false;
	if (site->ftrace)
		return true;
	return !copy_from_kernel_nofault(&text, (void *)site->address, 1) && text == INT3_INSN_OPCODE;
}

static int module_changed(struct notifier_block *nb, unsigned long event, void *module)
{
	kernel_sites_forget();
	return NOTIFY_OK;
}

static struct notifier_block module_block = { .notifier_call = module_changed };

int kernel_sites_init(void)
{
	return register_module_notifier(&module_block);
}

void kernel_sites_exit(void)
{
	unregister_module_notifier(&module_block);
}
