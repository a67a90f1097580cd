// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.program;

import dev.regsh.base.errno.Errno;
import dev.regsh.base.errno.KernelException;
import dev.regsh.elf.LibraryCache;
import dev.regsh.file.HeldFile;
import dev.regsh.file.ProcessFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The files that names of programs and libraries lead to, here or as a process sees them, each held open from its first use under a
 * key: a name, or a path below {@code /proc/PID/root}. For one thread at a time.
 */
final class HeldFiles implements AutoCloseable {
    private final Map<String, HeldFile> held = new HashMap<>();
    /** The keys of what was found for a process, which may be gone: they are never looked up again by name. */
    private final Set<String> ofProcesses = new HashSet<>();

    /** The one that is held under a key. */
    HeldFile get(String key) {
        return Objects.requireNonNull(held.get(key));
    }

    /** The different files that a name means to the processes. */
    List<String> files(String path, List<Long> pids) throws IOException {
        Map<HeldFile.Identity, String> files = new LinkedHashMap<>();
        for (long pid : pids) {
            String file = holdFor(pid, path);
            files.putIfAbsent(get(file).identity(), file);
        }
        return pids.isEmpty() ? List.of(hold(path)) : List.copyOf(files.values());
    }

    private String holdFor(long pid, String path) throws IOException {
        ProcessFiles process = new ProcessFiles(pid);
        try {
            Optional<HeldFile> mapped = process.mapped(path);
            if (mapped.isPresent()) {
                return keepFor(pid, path, mapped.get());
            }
            if (process.sharesRoot()) {
                return hold(path);
            }
            if (path.contains("/")) {
                return keepFor(pid, path, process.open(path));
            }
            for (String candidate : libraries(process, path)) {
                try {
                    return keepFor(pid, candidate, process.open(candidate));
                } catch (KernelException refused) {
                    if (!Errno.name(refused.errno()).equals("ENOENT")) {
                        throw refused;
                    }
                }
            }
            throw new IOException("in the root of process " + pid + " the loader finds no such library");
        } catch (KernelException refused) {
            throw new IOException("in the root of process " + pid + ": " + reason(refused));
        }
    }

    /** Where the loader of that process looks for one; not every loader has an index. */
    private static List<String> libraries(ProcessFiles process, String name) throws IOException {
        try (HeldFile cache = process.open(LibraryCache.PATH.toString())) {
            return LibraryCache.candidates(cache.path(), name);
        } catch (KernelException none) {
            return LibraryCache.inFolders(name);
        }
    }

    private String keepFor(long pid, String path, HeldFile file) throws IOException {
        String key = "/proc/" + pid + "/root" + (path.startsWith("/") ? "" : "/") + path;
        ofProcesses.add(key);
        return keep(key, file);
    }

    /** Holds the file that a name leads to now; what is given back is its key. */
    String hold(String path) throws IOException {
        if (ofProcesses.contains(path)) {
            return path;
        }
        try {
            // A name without a folder is a library's, as programs name it to the loader.
            String found = path.contains("/") ? path : LibraryCache.locate(path).map(Path::toString)
                    .orElseThrow(() -> new IOException("the loader finds no such library; a file of the current folder is ./"
                            + path));
            return keep(path, HeldFile.regular(found));
        } catch (KernelException refused) {
            throw new IOException(reason(refused));
        }
    }

    private static String reason(KernelException refused) {
        return refused.errno() == Errno.number("EINVAL").orElse(0) ? "it is no regular file" : Errno.text(refused.errno());
    }

    private String keep(String key, HeldFile now) throws IOException {
        HeldFile before = held.get(key);
        if (before != null && before.identity().equals(now.identity())) {
            now.close();
        } else {
            held.put(key, now);
            if (before != null) {
                // Probes already attached keep the file by themselves.
                before.close();
            }
        }
        return key;
    }

    @Override
    public void close() {
        held.values().forEach(HeldFile::close);
        held.clear();
        ofProcesses.clear();
    }
}
