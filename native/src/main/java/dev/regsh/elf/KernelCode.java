// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The code of the running kernel, which /proc/kcore shows to root as the segments of a core file (fs/proc/kcore.c). */
public final class KernelCode implements AutoCloseable {
    public static final Path PATH = Path.of("/proc/kcore");

    private static final int PIECE = 1 << 20;
    private static final int CALL = 0xe8;
    private static final int JUMP = 0xe9;
    /** Of a call or jump with a 32-bit distance. */
    private static final int LENGTH = 5;
    private static final int ENDBR = 4;

    private final FileChannel file;
    private final ElfReader reader;
    private final ElfHeaders headers;

    /** @throws IOException where there is none (CONFIG_PROC_KCORE), or it may not be read (no privilege, lockdown) */
    public KernelCode(Path path) throws IOException {
        file = FileChannel.open(path);
        try {
            reader = new ElfReader(file);
            headers = new ElfHeaders(reader);
        } catch (IOException unreadable) {
            file.close();
            throw unreadable;
        }
    }

    /**
     * Where the function at {@code target} is called, or jumped to as a last call, by its address, between two addresses. Of x86-64
     * every byte is tried as the beginning of an instruction: what looks like a call of exactly this function by chance is one in
     * 2^32. Calls through a pointer are not seen, nor what calls by a stub, as modules far from the kernel do on arm64.
     */
    public List<Long> callsTo(long target, long from, long to) throws IOException {
        List<Long> found = new ArrayList<>();
        for (long at = from; at < to; at += PIECE) {
            long offset = headers.fileOffset(at);
            if (offset < 0) {
                continue;
            }
            // Of the next piece as much as an instruction takes that begins in this one.
            ByteBuffer piece = reader.read(offset, Math.min(PIECE + LENGTH - 1, to - at), "code");
            if (headers.machine == Machine.ARM64) {
                searchWords(piece.array(), at, target, found);
            } else {
                search(piece.array(), at, target, found);
            }
        }
        return found;
    }

    /**
     * The code from an address on.
     *
     * @throws IOException where there is none
     */
    public byte[] read(long address, int bytes) throws IOException {
        long offset = headers.fileOffset(address);
        if (offset < 0) {
            throw new IOException("no code is at 0x" + Long.toHexString(address));
        }
        return reader.read(offset, bytes, "code").array();
    }

    /** Whose code it is. */
    public Machine machine() {
        return headers.machine;
    }

    private static void searchWords(byte[] code, long address, long target, List<Long> found) {
        for (int at = 0; at < PIECE && at + Arm64Instruction.BYTES <= code.length; at += Arm64Instruction.BYTES) {
            Arm64Instruction instruction = Arm64Instruction.at(code, at);
            if (instruction != null && instruction.goesTo() && address + instruction.target() == target) {
                found.add(address + at);
            }
        }
    }

    private static void search(byte[] code, long address, long target, List<Long> found) {
        for (int at = 0; at <= code.length - LENGTH; at++) {
            int opcode = code[at] & 0xff;
            if (opcode != CALL && opcode != JUMP) {
                continue;
            }
            int distance = (code[at + 1] & 0xff) | (code[at + 2] & 0xff) << 8 | (code[at + 3] & 0xff) << 16 | code[at + 4] << 24;
            long meant = address + at + LENGTH + distance;
            // The kernel lets direct calls leave the landing pad out.
            if (meant == target || meant == target + ENDBR) {
                found.add(address + at);
            }
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
