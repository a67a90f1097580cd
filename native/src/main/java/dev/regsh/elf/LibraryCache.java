// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where the loader finds a library: by its index, /etc/ld.so.cache (glibc, sysdeps/generic/dl-cache.h, the format of 2.2 and
 * later), then in its own folders (ld.so(8)).
 */
public final class LibraryCache {
    public static final Path PATH = Path.of("/etc/ld.so.cache");

    private static final byte[] MAGIC = "glibc-ld.so.cache1.1".getBytes(StandardCharsets.US_ASCII);
    private static final long LARGEST = 16 << 20;
    private static final int LONGEST_PATH = 4096;
    private static final int HEADER = 48;
    private static final int ENTRY = 24;
    /** Flags of an entry: a library of glibc (3) for x86-64 (0x300) or arm64 (0xa00). */
    private static final int X86_64 = 0x303;
    private static final int AARCH64 = 0xa03;

    private static final List<String> FOLDERS = List.of("/lib/" + machine() + "-linux-gnu", "/usr/lib/" + machine()
            + "-linux-gnu", "/lib64", "/usr/lib64", "/lib", "/usr/lib", "/usr/local/lib");

    private LibraryCache() {}

    /** As distributions with folders for several architectures name it. */
    private static String machine() {
        return System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
    }

    /** The file a library's name leads to for programs of this root; empty: the loader would not find it. */
    public static Optional<Path> locate(String name) throws IOException {
        return candidates(PATH, name).stream().map(Path::of).filter(Files::exists).findFirst();
    }

    /**
     * The paths the loader would try, in order.
     *
     * @param cache where that loader's index is; it may be a stranger's
     */
    public static List<String> candidates(Path cache, String name) throws IOException {
        Optional<Path> indexed = find(cache, name);
        return indexed.isPresent() ? List.of(indexed.get().toString()) : inFolders(name);
    }

    /** The same where there is no index. */
    public static List<String> inFolders(String name) {
        return FOLDERS.stream().map(folder -> folder + "/" + name).toList();
    }

    /**
     * The file the loader takes for a library name such as {@code libc.so.6}.
     *
     * @param cache where that loader's index is; it may be a stranger's
     * @throws IOException also if it is larger than any real one
     */
    public static Optional<Path> find(Path cache, String name) throws IOException {
        if (!Files.isReadable(cache)) {
            return Optional.empty();
        }
        if (Files.size(cache) > LARGEST) {
            throw new IOException("the loader's cache is too large to be one");
        }
        return find(Files.readAllBytes(cache), name);
    }

    /** The name of a library as the loader knows it, by its beginning: {@code libc.so} is {@code libc.so.6}. */
    public static Optional<String> named(String beginning) throws IOException {
        if (!Files.isReadable(PATH) || Files.size(PATH) > LARGEST) {
            return Optional.empty();
        }
        return first(Files.readAllBytes(PATH), name -> name.equals(beginning) || name.startsWith(beginning + ".")).map(Entry::name);
    }

    static Optional<Path> find(byte[] cache, String name) {
        return first(cache, name::equals).map(Entry::path);
    }

    private record Entry(String name, Path path) {}

    private static Optional<Entry> first(byte[] cache, Predicate<String> wantedName) {
        if (cache.length < HEADER || !Arrays.equals(cache, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            return Optional.empty();
        }
        ByteBuffer data = ByteBuffer.wrap(cache).order(ByteOrder.nativeOrder());
        int wanted = machine().equals("aarch64") ? AARCH64 : X86_64;
        long count = Math.min(data.getInt(20) & 0xffffffffL, (cache.length - HEADER) / ENTRY);
        for (int i = 0; i < count; i++) {
            int at = HEADER + i * ENTRY;
            if (data.getInt(at) == wanted) {
                String name = SymbolTable.string(data, data.getInt(at + 4), LONGEST_PATH);
                if (wantedName.test(name)) {
                    return Optional.of(new Entry(name, Path.of(SymbolTable.string(data, data.getInt(at + 8), LONGEST_PATH))));
                }
            }
        }
        return Optional.empty();
    }
}
