// SPDX-License-Identifier: Apache-2.0
package dev.regsh.btf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.regsh.file.KernelFile;
import dev.regsh.libbpf.KernelFunctions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the running kernel's own types: names and prototypes here are as old as Linux. */
class BtfTest {
    private static byte[] file;
    private static Btf btf;

    @BeforeAll
    static void read() throws IOException {
        Path path = KernelBtf.FOLDER.resolve("vmlinux");
        assumeTrue(Files.isReadable(path), "needs a kernel with BTF");
        long start = System.nanoTime();
        file = KernelFile.read(path);
        btf = Btf.of(file);
        btf.function("vfs_read");
        System.out.println("BTF: " + btf.endId() + " types, first look-up after "
                + (System.nanoTime() - start) / 1_000_000 + " ms");
    }

    private static String function(String name) {
        return Declaration.ofFunction(btf, btf.function(name).orElseThrow());
    }

    private static Btf.Member member(int struct, String name) {
        return btf.members(struct).stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }

    private static int struct(String name) {
        return btf.named(name, Set.of(Kind.STRUCT)).orElseThrow();
    }

    @Test
    void prototypesReadAsC() {
        assertEquals("ssize_t vfs_read(struct file *file, char *buf, size_t count, loff_t *pos)", function("vfs_read"));
        assertTrue(function("_printk").endsWith("(const char *fmt, ...)"), function("_printk"));
        assertTrue(btf.function("no_such_function").isEmpty());
    }

    @Test
    void functionPointersReadAsC() {
        int work = struct("work_struct");
        Btf.Member member = member(work, "func");
        assertEquals("work_func_t func", Declaration.of(btf, member.type(), member.name()));
        assertEquals("void (*func)(struct work_struct *)",
                Declaration.of(btf, btf.resolve(member.type()), member.name()));
    }

    @Test
    void everyTypeCanBeDeclared() {
        for (int id = 0; id < btf.endId(); id++) {
            Kind kind = btf.kind(id);
            if (kind != Kind.FUNCTION && kind != Kind.SECTION && kind != Kind.DECL_TAG) {
                Declaration.of(btf, id, "x");
            }
            btf.members(id);
        }
    }

    @Test
    void anonymousMembersAreStructsOfTheirOwn() {
        // hash and len, 32 bits each, in an anonymous struct in an anonymous union.
        Btf.Member either = member(struct("qstr"), "");
        Btf.Member length = member(member(either.type(), "").type(), "len");
        assertEquals(32, length.bitOffset());
        assertEquals(4, btf.size(length.type()));
    }

    @Test
    void bitFieldsKeepTheirWidth() {
        Btf.Member field = member(struct("task_struct"), "sched_reset_on_fork");
        assertEquals(1, field.bitWidth());
    }

    @Test
    void enumsGiveHelperNumbers() {
        for (int id = 1; id < btf.endId(); id++) {
            for (Btf.EnumValue value : btf.kind(id) == Kind.ENUM ? btf.values(id) : List.<Btf.EnumValue>of()) {
                if (value.name().equals("BPF_FUNC_override_return")) {
                    assertEquals(KernelFunctions.helper("override_return").orElseThrow(), value.value());
                    return;
                }
            }
        }
        throw new AssertionError("no enum bpf_func_id");
    }

    @Test
    void damageIsSaid() {
        assertThrows(BtfException.class, () -> Btf.of(new byte[0]));
        assertThrows(BtfException.class, () -> Btf.of(java.util.Arrays.copyOf(file, file.length / 2)));
        byte[] damaged = file.clone();
        java.util.Arrays.fill(damaged, 24, 24 + 100, (byte) 0xff);
        assertThrows(BtfException.class, () -> Btf.of(damaged));
        assertTrue(new KernelBtf(Path.of("/nonexistent")).kernel().isEmpty());
        assertTrue(new KernelBtf().of("../btf/vmlinux").isEmpty());
    }

    @Test
    void aModuleLoadedAnewIsReadAgain(@TempDir Path folder) throws IOException {
        // No types, and the empty name.
        ByteBuffer empty = ByteBuffer.allocate(25).order(ByteOrder.LITTLE_ENDIAN).putInt(0, 0x1eb9f).putInt(4, 24)
                .putInt(20, 1);
        Files.write(folder.resolve("vmlinux"), file);
        KernelBtf files = new KernelBtf(folder);
        assertTrue(files.of("module").isEmpty());
        Files.write(folder.resolve("module"), empty.array());
        Btf first = files.of("module").orElseThrow();
        assertSame(first, files.of("module").orElseThrow());
        Files.write(folder.resolve("other"), empty.array());
        Files.move(folder.resolve("other"), folder.resolve("module"), StandardCopyOption.REPLACE_EXISTING);
        assertNotSame(first, files.of("module").orElseThrow());
    }
}
