/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The border between Java and libbpf. Every function gives a descriptor, a count or 0, or a negative errno. Whatever
 * the process holds dies with it.
 */
#ifndef REGSH_H
#define REGSH_H

#include <linux/types.h>

#define REGSH_API __attribute__((visibility("default")))

/* Raises RLIMIT_MEMLOCK (kernels before 5.11 count maps against it) and silences libbpf's own messages. */
REGSH_API int regsh_init(void);

REGSH_API int regsh_map_create(int type, const char *name, __u32 key, __u32 value, __u32 entries, __u32 flags);
REGSH_API int regsh_map_update(int fd, const void *key, const void *value);
REGSH_API int regsh_map_lookup(int fd, const void *key, void *value);
/* The values of an array map made with BPF_F_MMAPABLE; NULL with errno set where that fails. */
REGSH_API void *regsh_map_mmap(int fd, __u64 size);
REGSH_API int regsh_map_munmap(void *at, __u64 size);

/*
 * Loads instructions. fd_array is for kfuncs of modules, entry 0 unused. The verifier's log is asked for only when the
 * program was refused; log is then NUL-terminated.
 */
REGSH_API int regsh_prog_load(int type, const char *name, const char *license, const __u64 *insns, __u32 count,
			      const int *fd_array, __u32 flags, char *log, __u32 log_size);
REGSH_API int regsh_prog_test_run(int fd, void *ctx, __u32 ctx_size, __u32 *result);
/* Hits the kernel dropped because another program ran on that CPU (from 5.11); 0 where the kernel does not count them. */
REGSH_API long long regsh_prog_missed(int fd);

/*
 * Attaches at name+offset (a function or MODULE:FUNCTION, or a path) or, with name NULL, at the address offset. pid -1 is
 * any. The cookie is what the program's bpf_get_attach_cookie() gives (from 5.15). asks -1: a probe of the kernel's; else one of
 * the module regs_override, whom the program may ask for that (regs_override_device.h). The probe lives until regsh_detach, its
 * time is over, or the process ends. -ECANCELED at functions of the kernel where the environment has REGSH_NO_KPROBES.
 */
REGSH_API int regsh_attach(int prog, const char *pmu, int on_return, const char *name, __u64 offset, int pid,
			   __u64 cookie, int asks, void **probe);
/* Whether probes of the kernel have links, which can be kept (from 5.15). */
REGSH_API int regsh_has_links(int prog);
/* What the kernel says to a probe at an address of its code, which does not stay: 0, or a negative errno. */
REGSH_API int regsh_probe_try(__u64 address);
/* Detaches by itself after the time, also when nothing of Java runs any more; the handle stays good. */
REGSH_API int regsh_probe_expire(void *probe, __u64 nanoseconds);
REGSH_API int regsh_probe_attached(void *probe);
/* Hits that reached no program, above all returns of calls for which there was no place (from 6.7); else 0. */
REGSH_API long long regsh_probe_missed(void *probe);
/* -EOPNOTSUPP where the kernel has no links of perf events (before 5.15), and for probes of the module. */
REGSH_API int regsh_probe_pin(void *probe, const char *path);
/* Detaches and frees; many of the module's at once are far quicker than one after another. */
REGSH_API void regsh_detach(void **probes, __u32 count);
/* Keeps a map in a BPF file system beyond the process, and finds it again. */
REGSH_API int regsh_pin(int fd, const char *path);
REGSH_API int regsh_open_pinned(const char *path);
REGSH_API int regsh_close(int fd);

/* What the module's own probes can do here (REGS_OVERRIDE_CAN_*); -ENOENT: no module that has some. */
REGSH_API int regsh_device_features(void);
/*
 * Makes a map of type QUEUE one through which programs at the module's own probes ask for registers, or for memory; they are
 * loaded afterwards.
 */
REGSH_API int regsh_door(int map, int memory);

/* Of the terminal that results go to; 0: they go elsewhere. */
REGSH_API int regsh_columns(void);

/* Gives 0, unless a program at its entry skips it; what it gives in a child, at most 255, or -EFAULT if that died. */
REGSH_API int regsh_victim(void);
REGSH_API int regsh_victim_returns(void);

/*
 * C++ names as the source has them. names: mangled ones, each with its NUL, size bytes in all. The result is two numbers of 8
 * bytes, of which the second says how many bytes follow: for each name, in order, its written form and a NUL, nothing but the
 * NUL where it has none. Where room, or what is allowed of time and memory, did not suffice there are fewer. -ENOENT: the
 * machine has no libstdc++. To be unmapped: 16 bytes and room.
 */
REGSH_API int regsh_demangle(const char *names, __u32 size, __u64 room, void **result);

/*
 * The types of a file of BTF; base, of the kernel's where it is a module's, outlives it. What is given of it lives until
 * regsh_btf_close(). -EINVAL: libbpf finds it damaged, or of a form it does not know.
 */
REGSH_API int regsh_btf_open(const char *path, void *base, void **btf);
/* The whole file, in this machine's byte order. */
REGSH_API const void *regsh_btf_bytes(void *btf, __u32 *size);
/* Where each of its own types begins in it. */
REGSH_API const __u32 *regsh_btf_places(void *btf, __u32 *count);
/* The id of one of its own functions; -ENOENT: not there. */
REGSH_API int regsh_btf_function(void *btf, const char *name);
REGSH_API void regsh_btf_close(void *btf);

/* The number of the helper in enum bpf_func_id of this kernel, by its name without BPF_FUNC_; -ENOENT: not there. */
REGSH_API int regsh_helper_number(const char *name);
/* The BTF of a module: its descriptor, and the id of a function in it. */
REGSH_API int regsh_kfunc(const char *module, const char *function, int *btf_fd);

/*
 * A descriptor while which is open the module cannot be unloaded; the function is any of it that can be traced. keeper leads to
 * a process that holds it too, and goes on doing so after this one's end until the programs it was told of are gone and no
 * task is in the module.
 */
REGSH_API int regsh_module_hold(const char *module, const char *function, int *keeper);
/* To be told before the program can send a call there. */
REGSH_API int regsh_hold_until_gone(int keeper, int prog);
/* Closes both; -EBUSY: the module is still held after the time, since a task is in it. */
REGSH_API int regsh_hold_release(int held, int keeper, int timeout_ms);

/*
 * A process that disarms the session's rules when this process ends or hangs; counters is their map, whose last block is the
 * watchdog's own. Gives the descriptor that leads to it.
 */
REGSH_API int regsh_watchdog_start(int counters);
/* Waits for a byte of watchdog.h and gives it; -EAGAIN: none came, -EPIPE: it is gone, -EIO: what came could not be read. */
REGSH_API int regsh_watchdog_next(int watchdog, int timeout_ms);
REGSH_API int regsh_watchdog_answer(int watchdog);
/* It goes, and whoever waits for it is told; the descriptor is still to be closed. */
REGSH_API void regsh_watchdog_end(int watchdog);

struct ring_buffer;
REGSH_API void *regsh_ring_open(int map_fd);
REGSH_API void regsh_ring_wait(void *ring, int timeout_ms);
/* Copies the events that are there, each behind its length in 8 bytes; gives the bytes used. */
REGSH_API int regsh_ring_poll(void *ring, void *buffer, __u32 size);
REGSH_API void regsh_ring_close(void *ring);

#endif
