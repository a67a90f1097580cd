// SPDX-License-Identifier: Apache-2.0
package dev.regsh.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On the machine's own kernel, where the process may use bpf(2). */
class KernelTest {
    private static final long MOV_R0_42 = 0xb7L | 42L << 32;
    private static final long EXIT = 0x95L;

    @BeforeAll
    static void privileged() throws IOException {
        assumeTrue(Files.readString(Path.of("/proc/self/status")).contains("CapEff:\t000001ffffffffff")
                && Files.exists(Path.of("/sys/kernel/btf/vmlinux")), "needs root and a kernel with BTF");
    }

    @Test
    void runsAProgram() {
        try (BpfProgram program = new BpfProgram(BpfProgram.SYSCALL, "test", "GPL", new long[] {MOV_R0_42, EXIT}, null,
                BpfProgram.SLEEPABLE)) {
            assertEquals(42, program.run(new byte[8]));
        }
    }

    @Test
    void refusedProgramsBringTheVerifiersLog() {
        KernelException refused = assertThrows(KernelException.class,
                () -> new BpfProgram(BpfProgram.SYSCALL, "test", "GPL", new long[] {EXIT}, null, BpfProgram.SLEEPABLE));
        assertTrue(refused.log().contains("R0"), refused.log());
    }

    @Test
    void mapsAreShared() {
        try (BpfMap map = new BpfMap(2, "test", 4, 4096, 1, BpfMap.MMAPABLE)) {
            ByteBuffer shared = map.mapped(4096);
            shared.putLong(8, 7);
            byte[] value = new byte[4096];
            map.lookup(new byte[4], value);
            assertEquals(7, value[8]);
        }
    }

    @Test
    void readsHelperNumbers() {
        // include/uapi/linux/bpf.h: these two never change.
        assertEquals(1, KernelFunctions.helper("map_lookup_elem").orElseThrow());
        assertEquals(58, KernelFunctions.helper("override_return").orElseThrow());
        assertTrue(KernelFunctions.helper("no_such_helper").isEmpty());
        assertTrue(KernelFunctions.kfunc("no_such_module", "f").isEmpty());
    }

    @Test
    void attachFailuresAreErrnos() {
        try (BpfProgram program = new BpfProgram(BpfProgram.KPROBE, "test", "GPL", new long[] {MOV_R0_42, EXIT}, null, 0)) {
            assertThrows(KernelException.class, () -> ProbeLink.kprobe(program, "no_such_function_here", 0, false));
        }
    }
}
