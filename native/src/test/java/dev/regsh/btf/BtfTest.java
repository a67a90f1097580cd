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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the running kernel's own types: names and prototypes here are as old as Linux. */
class BtfTest {
    private static Btf btf;

    @TempDir
    private Path folder;

    @BeforeAll
    static void read() throws IOException {
        Path path = KernelBtf.FOLDER.resolve("vmlinux");
        assumeTrue(Files.isReadable(path), "needs a kernel with BTF");
        long start = System.nanoTime();
        btf = Btf.read(path);
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
        for (int id = 1; id < btf.endId(); id++) {
            if (btf.kind(id) == Kind.STRUCT && btf.name(id).equals(name)) {
                return id;
            }
        }
        throw new AssertionError("no struct " + name);
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

    private Btf read(byte[] bytes) throws IOException {
        return Btf.read(Files.write(folder.resolve("damaged"), bytes));
    }

    @Test
    void damageIsSaid() throws IOException {
        byte[] file = KernelFile.read(KernelBtf.FOLDER.resolve("vmlinux"));
        assertThrows(BtfException.class, () -> read(new byte[0]));
        assertThrows(BtfException.class, () -> read(java.util.Arrays.copyOf(file, file.length / 2)));
        byte[] damaged = file.clone();
        java.util.Arrays.fill(damaged, 24, 24 + 100, (byte) 0xff);
        assertThrows(BtfException.class, () -> read(damaged));
        assertTrue(new KernelBtf(Path.of("/nonexistent")).kernel().isEmpty());
        assertTrue(new KernelBtf().of("../btf/vmlinux").isEmpty());
    }

    /** A function, its prototype with a parameter, and a struct of two members, the second of its own type. */
    private static ByteBuffer small() {
        int[] types = {
            1, 12 << 24, 2,
            0, 13 << 24 | 1, 3, 3, 3,
            5, 4 << 24 | 2, 16, 7, 0, 0, 9, 3, 64,
        };
        byte[] strings = "\0f\0p\0s\0a\0b\0".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer file = ByteBuffer.allocate(24 + types.length * 4 + strings.length).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0x1eb9f).putInt(24).putInt(0).putInt(types.length * 4).putInt(types.length * 4).putInt(strings.length);
        file.asIntBuffer().put(types);
        return file.put(24 + types.length * 4, strings);
    }

    /** Whatever a word or byte becomes: an answer, or damage. */
    private void asked(byte[] bytes) throws IOException {
        try {
            Btf read = read(bytes);
            read.function("f").ifPresent(id -> Declaration.ofFunction(read, id));
            for (int id = 0; id < read.endId(); id++) {
                read.size(id);
                read.members(id).forEach(member -> Declaration.of(read, member.type(), member.name()));
                read.values(id);
            }
        } catch (BtfException damage) {
            assertTrue(damage.getMessage().startsWith("the kernel's BTF holds "), damage.getMessage());
        }
    }

    @Test
    void hostileOffsetsAreDamage() throws IOException {
        ByteBuffer good = small();
        assertEquals("struct s f(struct s p)", Declaration.ofFunction(read(good.array()), 1));
        for (int at = 0; at + 4 <= good.capacity(); at += 2) {
            for (int value : new int[] {0, 1, 3, 4, 24, 0x7f, 0xffff, 0x1fffffff, 0x7fffffff, 0x80000000, 0xfffffff0, -1}) {
                asked(small().putInt(at, value).array());
            }
        }
        for (int length = 0; length < good.capacity(); length++) {
            asked(java.util.Arrays.copyOf(small().array(), length));
        }
    }

    @Test
    void aModuleLoadedAnewIsReadAgain() throws IOException {
        // No types, and the empty name.
        ByteBuffer empty = ByteBuffer.allocate(25).order(ByteOrder.LITTLE_ENDIAN).putInt(0, 0x1eb9f).putInt(4, 24)
                .putInt(20, 1);
        Files.write(folder.resolve("vmlinux"), small().array());
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
