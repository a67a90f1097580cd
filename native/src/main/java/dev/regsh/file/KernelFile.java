// SPDX-License-Identifier: Apache-2.0
package dev.regsh.file;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Large files of proc and sysfs. The kernel gives at most a page of them at a time, whatever is asked for: asked for a page,
 * Java copies through its stack; asked for all, it gets and clears another buffer as large as the file each time.
 */
public final class KernelFile {
    private static final int PAGE = 4096;
    private static final int LEAST = 1 << 16;

    private KernelFile() {}

    /** The whole file; its size need not be known before (in proc it is 0). */
    public static byte[] read(Path path) throws IOException {
        byte[] bytes = new byte[(int) Math.max(LEAST, Math.min(Files.size(path), Integer.MAX_VALUE - 8))];
        int size = 0;
        try (FileInputStream in = new FileInputStream(path.toFile())) {
            int read;
            while ((read = in.read(bytes, size, Math.min(PAGE, bytes.length - size))) > 0) {
                size += read;
                if (size == bytes.length) {
                    int next = in.read();
                    if (next < 0) {
                        return bytes;
                    }
                    bytes = Arrays.copyOf(bytes, size * 2);
                    bytes[size++] = (byte) next;
                }
            }
        }
        return Arrays.copyOf(bytes, size);
    }
}
