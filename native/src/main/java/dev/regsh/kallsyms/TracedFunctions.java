// SPDX-License-Identifier: Apache-2.0
package dev.regsh.kallsyms;

import dev.regsh.file.KernelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The functions that the kernel can trace, by name; reading them takes it long (some 40 ms for 40,000). */
public final class TracedFunctions {
    private static final List<Path> FILES = List.of(Path.of("/sys/kernel/tracing/available_filter_functions"),
            Path.of("/sys/kernel/debug/tracing/available_filter_functions"));
    // FNV-1a, 64 bits.
    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    /** Of each line, in order: two of 40,000 are the same once in ten billion kernels. */
    private final long[] hashes;

    private TracedFunctions(long[] hashes) {
        this.hashes = hashes;
    }

    /** Empty where the kernel does not tell (no tracefs, no privilege). */
    public static Optional<TracedFunctions> read() {
        for (Path file : FILES) {
            try {
                return Optional.of(read(KernelFile.read(file)));
            } catch (IOException absent) {
                // The other place, or none.
            }
        }
        return Optional.empty();
    }

    /** Of a text in the form of that file: {@code NAME} or {@code NAME [MODULE]}, a line each (kernel/trace/ftrace.c). */
    static TracedFunctions read(byte[] text) {
        long[] found = new long[text.length / 16 + 16];
        int count = 0;
        long hash = BASIS;
        for (byte each : text) {
            if (each != '\n') {
                hash = (hash ^ each) * PRIME;
                continue;
            }
            if (count == found.length) {
                found = Arrays.copyOf(found, count * 2);
            }
            found[count++] = hash;
            hash = BASIS;
        }
        long[] sorted = Arrays.copyOf(found, count);
        Arrays.sort(sorted);
        return new TracedFunctions(sorted);
    }

    /** @param module empty: the kernel image */
    public boolean contains(String function, String module) {
        long hash = BASIS;
        String line = module.isEmpty() ? function : function + " [" + module + "]";
        for (int i = 0; i < line.length(); i++) {
            hash = (hash ^ (byte) line.charAt(i)) * PRIME;
        }
        return Arrays.binarySearch(hashes, hash) >= 0;
    }
}
