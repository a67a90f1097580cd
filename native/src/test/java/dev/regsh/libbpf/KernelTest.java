// SPDX-License-Identifier: Apache-2.0
package dev.regsh.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.regsh.base.errno.KernelException;
import dev.regsh.elf.ElfFile;
import dev.regsh.file.HeldFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the machine's own kernel, where the process may use bpf(2). */
class KernelTest {
    private static final long MOV_R0_42 = 0xb7L | 42L << 32;
    private static final long EXIT = 0x95L;

    @BeforeEach
    void privileged() {
        assumeTrue(Capabilities.effective().has(Capabilities.SYS_ADMIN) && Files.exists(Path.of("/sys/kernel/btf/vmlinux")),
                "needs root and a kernel with BTF");
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
            assertThrows(KernelException.class,
                    () -> ProbeLink.uprobe(program, "/no/such", 0, -1, false, 0, ProbeLink.OF_THE_KERNEL));
        }
    }

    /** Neither the unit tests nor the build's training attach anything to the kernel they run on. */
    @Test
    void nothingIsAttachedToTheKernelWhereTheEnvironmentForbidsIt() {
        assertNotNull(System.getenv("REGSH_NO_KPROBES"), "the build sets it for all unit tests");
        try (BpfProgram program = new BpfProgram(BpfProgram.KPROBE, "test", "GPL", new long[] {MOV_R0_42, EXIT}, null, 0)) {
            assertEquals(125, assertThrows(KernelException.class,
                    () -> ProbeLink.kprobe(program, "no_such_function_here", 0, false, 0, ProbeLink.OF_THE_KERNEL)).errno());
            assertEquals(125, assertThrows(KernelException.class,
                    () -> ProbeLink.kprobe(program, 1, true, 0, ProbeLink.OF_THE_KERNEL)).errno());
        }
    }

    @Test
    void heldFilesAreRegular() throws Exception {
        Path file = Files.createTempFile("regsh", "");
        try (HeldFile held = HeldFile.regular(file.toString())) {
            Files.delete(file);
            assertEquals(0, Files.size(held.path()));
        }
        assertEquals(22, assertThrows(KernelException.class, () -> HeldFile.regular("/")).errno());
        assertEquals(22, assertThrows(KernelException.class, () -> HeldFile.regular("/dev/null")).errno());
        assertEquals(2, assertThrows(KernelException.class, () -> HeldFile.regular("/no/such")).errno());
    }

    @Test
    void eventsComeThroughTheRing() {
        try (BpfMap map = new BpfMap(27, "test", 0, 0, 4096, 0); EventRing ring = new EventRing(map)) {
            // r1 = map; r2 = fp-8, holding 7; r3 = 8; r4 = 0; bpf_ringbuf_output(r1, r2, r3, r4)
            long[] output = {0x7aL | 0xaL << 8 | 0xfff8L << 16 | 7L << 32, 0x18L | 1L << 8 | 1L << 12
                    | (long) map.fd() << 32,
                0, 0xbfL | 2L << 8 | 10L << 12, 0x07L | 2L << 8 | -8L << 32,
                0xb7L | 3L << 8 | 8L << 32, 0xb7L | 4L << 8, 0x85L | 130L << 32, 0xb7L, EXIT};
            try (BpfProgram program = new BpfProgram(BpfProgram.SYSCALL, "test", "GPL", output, null, BpfProgram.SLEEPABLE)) {
                program.run(new byte[8]);
                program.run(new byte[8]);
            }
            long[] seen = new long[2];
            ring.await(1000);
            ring.poll(event -> {
                seen[0]++;
                seen[1] = event.getLong(0);
            });
            assertEquals(2, seen[0]);
            assertEquals(7, seen[1]);
        }
    }

    @Test
    void probesCountAndExpire(@TempDir Path folder) throws Exception {
        assumeTrue(Files.exists(Path.of("/sys/bus/event_source/devices/uprobe")), "needs a kernel with uprobes");
        Path source = folder.resolve("p.c");
        Files.writeString(source, "int probed(void) { return 1; }\nint main(void) { return probed() - 1; }\n");
        Path program = folder.resolve("p");
        run("gcc", "-O0", "-o", program.toString(), source.toString());
        ElfFile elf = ElfFile.read(program, program);
        long offset = elf.code().fileOffset(elf.functions().find("probed").orElseThrow());
        try (BpfMap counter = new BpfMap(2, "test", 4, 8, 1, 0);
                HeldFile held = HeldFile.regular(program.toString());
                BpfProgram count = new BpfProgram(BpfProgram.KPROBE, "test", "GPL", counting(counter), null, 0);
                ProbeLink link = ProbeLink.uprobe(count, held.path().toString(), offset, -1, false, 0, ProbeLink.OF_THE_KERNEL)) {
            run(program.toString());
            run(program.toString());
            assertEquals(2, value(counter));
            assertTrue(link.attached());
            link.expireAfter(Duration.ofMillis(100));
            while (link.attached()) {
                Thread.sleep(10);
            }
            run(program.toString());
            assertEquals(2, value(counter));
        }
        try (BpfMap counter = new BpfMap(2, "test", 4, 8, 1, 0);
                BpfProgram count = new BpfProgram(BpfProgram.KPROBE, "test", "GPL", counting(counter), null, 0)) {
            ProbeLink link = ProbeLink.uprobe(count, program.toString(), offset, -1, true, 0, ProbeLink.OF_THE_KERNEL);
            link.expireAfter(Duration.ofHours(1));
            run(program.toString());
            link.close();
            run(program.toString());
            assertEquals(1, value(counter));
        }
    }

    /** *(u64 *)map[0] += 1; return 0 */
    private static long[] counting(BpfMap map) {
        return new long[] {0x18L | 1L << 8 | 2L << 12 | (long) map.fd() << 32, 0, 0xb7L | 2L << 8 | 1L << 32,
            0xdbL | 1L << 8 | 2L << 12, 0xb7L, EXIT};
    }

    private static long value(BpfMap map) {
        byte[] value = new byte[8];
        map.lookup(new byte[4], value);
        return value[0];
    }

    private static void run(String... command) throws Exception {
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
    }
}
