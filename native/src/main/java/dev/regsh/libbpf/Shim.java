// SPDX-License-Identifier: Apache-2.0
package dev.regsh.libbpf;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/** The functions of libregsh.so, as regsh.h declares them. */
interface Shim extends Library {
    int regsh_init();

    int regsh_map_create(int type, String name, int key, int value, int entries, int flags);

    int regsh_map_update(int fd, byte @Nullable [] key, byte[] value);

    int regsh_map_lookup(int fd, byte @Nullable [] key, byte[] value);

    @Nullable
    Pointer regsh_map_mmap(int fd, long size);

    int regsh_map_munmap(Pointer at, long size);

    int regsh_prog_load(int type, String name, String license, long[] instructions, int count, int @Nullable [] fdArray, int flags,
            Memory log, int logSize);

    int regsh_prog_test_run(int fd, byte[] context, int size, IntByReference result);

    long regsh_prog_missed(int fd);

    int regsh_attach(int program, String pmu, int onReturn, @Nullable String name, long offset, int pid, long cookie,
            int asks, PointerByReference probe);

    int regsh_has_links(int program);

    int regsh_probe_try(long address);

    int regsh_probe_expire(Pointer probe, long nanoseconds);

    int regsh_probe_attached(Pointer probe);

    long regsh_probe_missed(Pointer probe);

    int regsh_probe_pin(Pointer probe, String path);

    void regsh_detach(Pointer[] probes, int count);

    int regsh_pin(int fd, String path);

    int regsh_open_pinned(String path);

    int regsh_close(int fd);

    int regsh_device_features();

    int regsh_door(int map, int memory);

    int regsh_columns();

    int regsh_victim_returns();

    int regsh_demangle(byte[] names, int size, long room, PointerByReference result);

    int regsh_btf_open(String path, @Nullable Pointer base, PointerByReference btf);

    Pointer regsh_btf_bytes(Pointer btf, IntByReference size);

    Pointer regsh_btf_places(Pointer btf, IntByReference count);

    int regsh_btf_function(Pointer btf, String name);

    void regsh_btf_close(Pointer btf);

    int regsh_helper_number(String name);

    int regsh_kfunc(String module, String function, IntByReference btf);

    int regsh_module_hold(String module, String function, IntByReference keeper);

    int regsh_hold_until_gone(int keeper, int program);

    int regsh_hold_release(int held, int keeper, int timeoutMillis);

    int regsh_watchdog_start(int counters);

    int regsh_watchdog_next(int watchdog, int timeoutMillis);

    int regsh_watchdog_answer(int watchdog);

    void regsh_watchdog_end(int watchdog);

    @Nullable
    Pointer regsh_ring_open(int map);

    void regsh_ring_wait(Pointer ring, int timeoutMillis);

    int regsh_ring_poll(Pointer ring, Pointer buffer, int size);

    void regsh_ring_close(Pointer ring);
}
