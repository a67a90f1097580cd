// SPDX-License-Identifier: Apache-2.0
package dev.regsh.file;

import dev.regsh.base.errno.KernelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of a process: those below its root, which may be a container's, and those it has mapped (proc(5)). */
public final class ProcessFiles {
    /**
     * A piece of a file mapped executable.
     *
     * @param range as the names in /proc/PID/map_files have it
     * @param path as the kernel shows it; only for comparing
     * @param deleted the file has no name any more
     */
    public record Mapping(long start, long end, long fileOffset, String range, String path, boolean deleted) {}

    private static final String DELETED = " (deleted)";

    private final String folder;

    /** @throws IOException if there is no such process */
    public ProcessFiles(long pid) throws IOException {
        this("/proc/" + pid);
        if (!Files.isDirectory(Path.of(folder))) {
            throw new IOException("there is no process " + pid);
        }
    }

    private ProcessFiles(String folder) {
        this.folder = folder;
    }

    public static ProcessFiles ofThisProcess() {
        return new ProcessFiles("/proc/self");
    }

    /** Whether its paths mean the files that this process's paths mean. */
    public boolean sharesRoot() throws IOException {
        return Files.readSymbolicLink(Path.of(folder, "ns", "mnt")).equals(Files.readSymbolicLink(Path.of("/proc/self/ns/mnt")))
                && Files.isSameFile(Path.of(folder, "root"), Path.of("/proc/self/root"));
    }

    /**
     * A regular file below the process's root.
     *
     * @throws KernelException with the errno of openat2(2)
     */
    public HeldFile open(String path) {
        return HeldFile.regularBelow(folder + "/root", path);
    }

    public List<Mapping> executableMappings() throws IOException {
        List<Mapping> found = new ArrayList<>();
        // A path may hold any byte.
        for (String line : Files.readString(Path.of(folder, "maps"), StandardCharsets.ISO_8859_1).split("\n")) {
            String[] fields = line.split(" +", 6);
            if (fields.length == 6 && fields[5].startsWith("/") && fields[1].charAt(2) == 'x') {
                int dash = fields[0].indexOf('-');
                boolean deleted = fields[5].endsWith(DELETED);
                String path = fields[5].substring(0, fields[5].length() - (deleted ? DELETED.length() : 0));
                found.add(new Mapping(Long.parseUnsignedLong(fields[0], 0, dash, 16),
                        Long.parseUnsignedLong(fields[0], dash + 1, fields[0].length(), 16), Long.parseLong(fields[2], 16),
                        fields[0], path, deleted));
            }
        }
        return found;
    }

    /** The very file that is mapped, also when its name has gone to another since. */
    public HeldFile open(Mapping mapping) {
        return HeldFile.regular(folder + "/map_files/" + mapping.range());
    }

    /**
     * The file the process runs that a name means: a library by its name alone, and by a path one that has been replaced since.
     */
    public Optional<HeldFile> mapped(String name) throws IOException {
        return executableMappings().stream().filter(mapping -> name.contains("/")
                ? mapping.deleted() && mapping.path().equals(name) : mapping.path().endsWith("/" + name))
                .findFirst().map(this::open);
    }
}
