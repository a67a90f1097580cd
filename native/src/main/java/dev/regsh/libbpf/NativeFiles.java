// SPDX-License-Identifier: Apache-2.0
package dev.regsh.libbpf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Where libregsh.so is, and beside it the programs that it starts: in a folder of {@code jna.library.path}, or, where that is not
 * set, as for somebody who has nothing but the jars, unpacked from there.
 */
final class NativeFiles {
    private static final String LIBRARY = "libregsh.so";
    private static final List<String> PROGRAMS = List.of("regsh-hold", "regsh-watchdog");

    private NativeFiles() {}

    /** What JNA is to load. */
    static String library() {
        String folder = com.sun.jna.Platform.RESOURCE_PREFIX;
        if (System.getProperty("jna.library.path") != null || NativeFiles.class.getResource("/" + folder + "/" + LIBRARY) == null) {
            return "regsh";
        }
        try {
            // Others may not enter it.
            Path unpacked = Files.createTempDirectory("regsh-");
            unpacked.toFile().deleteOnExit();
            for (String program : PROGRAMS) {
                unpack(folder, program, unpacked).toFile().setExecutable(true);
            }
            return unpack(folder, LIBRARY, unpacked).toString();
        } catch (IOException full) {
            throw new UncheckedIOException("regsh's native files cannot be unpacked", full);
        }
    }

    private static Path unpack(String folder, String name, Path to) throws IOException {
        Path file = to.resolve(name);
        try (InputStream packed = NativeFiles.class.getResourceAsStream("/" + folder + "/" + name)) {
            if (packed == null) {
                throw new IOException(name + " is not in the jar");
            }
            Files.copy(packed, file, StandardCopyOption.REPLACE_EXISTING);
        }
        file.toFile().deleteOnExit();
        return file;
    }
}
