// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Reads pieces of a file that may be hostile: each is checked against the file's size and against what is sane. */
final class ElfReader {
    /** In bytes, what a file may make us keep in memory: a forged header could ask for any amount. */
    static final long LARGEST = Runtime.getRuntime().maxMemory() / 6;

    private final FileChannel file;
    private final long size;

    ElfReader(FileChannel file) throws IOException {
        this.file = file;
        size = file.size();
    }

    /** A copy of a piece, little-endian. */
    ByteBuffer read(long offset, long length, String what) throws IOException {
        if (offset < 0 || length < 0 || length > size || offset > size - length) {
            throw new ElfException("the " + what + " lies outside the file");
        }
        if (length > LARGEST) {
            throw new ElfException("the " + what + " is too large for the memory regsh has (" + (LARGEST >> 20)
                    + " MiB for it)");
        }
        ByteBuffer piece = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
        while (piece.hasRemaining()) {
            if (file.read(piece, offset + piece.position()) < 0) {
                throw new ElfException("the file shrank while it was read");
            }
        }
        return piece.flip();
    }
}
