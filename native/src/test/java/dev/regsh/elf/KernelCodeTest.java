// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelCodeTest {
    private static final long BASE = 0xffffffff81000000L;
    private static final int CODE = 0x1000;
    private static final int SIZE = (1 << 20) + 0x100;

    @TempDir
    private Path folder;

    /** A core file of one segment of code, as /proc/kcore is one. */
    private Path core(ByteBuffer code) throws IOException {
        return core(code, 62);
    }

    private Path core(ByteBuffer code, int machine) throws IOException {
        ByteBuffer file = ByteBuffer.allocate(CODE + code.capacity()).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0, 0x464c457f).put(4, (byte) 2).put(5, (byte) 1).putShort(18, (short) machine).putLong(32, 64);
        file.putShort(56, (short) 1).putInt(64, 1).putInt(68, 7).putLong(72, CODE).putLong(80, BASE)
                .putLong(96, code.capacity());
        file.put(CODE, code.array());
        return Files.write(folder.resolve("core"), file.array());
    }

    private static void branch(ByteBuffer code, int opcode, int at, int to) {
        code.put(at, (byte) opcode).putInt(at + 1, to - at - 5);
    }

    @Test
    void findsCallsAndLastCallsOfExactlyThisFunction() throws Exception {
        ByteBuffer code = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        branch(code, 0xe8, 0x10, 0x80);
        branch(code, 0xe9, 0x20, 0x80);
        branch(code, 0xe8, 0x30, 0x84);
        branch(code, 0xe8, 0x40, 0x81);
        // Across the pieces that are read at a time, and back.
        branch(code, 0xe8, (1 << 20) - 2, 0x80);
        branch(code, 0xe8, SIZE - 5, 0x80);
        try (KernelCode kernel = new KernelCode(core(code))) {
            assertEquals(List.of(BASE + 0x10, BASE + 0x20, BASE + 0x30, BASE + (1 << 20) - 2, BASE + SIZE - 5),
                    kernel.callsTo(BASE + 0x80, BASE, BASE + SIZE));
            assertEquals(List.of(BASE + 0x20), kernel.callsTo(BASE + 0x80, BASE + 0x20, BASE + 0x30));
            assertEquals(List.of(), kernel.callsTo(BASE + 0x80, BASE - 0x2000, BASE - 0x1000));
        }
    }

    @Test
    void findsCallsOfArm64() throws Exception {
        ByteBuffer code = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        // BL forward, B back, BL of another, BL across the pieces that are read at a time, B.EQ, BL at the very end.
        code.putInt(0x10, 0x94000000 | 0x70 / 4).putInt(0x100, 0x14000000 | (-0x80 / 4 & 0x3ffffff));
        code.putInt(0x20, 0x94000000 | 0x64 / 4).putInt(1 << 20, 0x94000000 | ((0x80 - (1 << 20)) / 4 & 0x3ffffff));
        code.putInt(0x70, 0x54000080).putInt(SIZE - 4, 0x94000000 | ((0x80 - SIZE + 4) / 4 & 0x3ffffff));
        try (KernelCode kernel = new KernelCode(core(code, 183))) {
            assertEquals(List.of(BASE + 0x10, BASE + 0x100, BASE + (1 << 20), BASE + SIZE - 4),
                    kernel.callsTo(BASE + 0x80, BASE, BASE + SIZE));
            assertEquals(Machine.ARM64, kernel.machine());
        }
    }

    @Test
    void saysWhereItIsNone() throws Exception {
        assertThrows(IOException.class, () -> new KernelCode(folder.resolve("absent")));
        assertThrows(ElfException.class, () -> new KernelCode(Files.writeString(folder.resolve("text"), "no core")));
    }
}
