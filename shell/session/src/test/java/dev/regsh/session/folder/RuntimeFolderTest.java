// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.folder;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeFolderTest {
    @TempDir
    private Path folder;

    @Test
    void aFolderOthersMayEnterIsNotTrusted() throws IOException {
        Path shared = Files.createDirectory(folder.resolve("shared"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x---")));
        assertFalse(RuntimeFolder.safe(shared));
        assertThrows(IOException.class, () -> RuntimeFolder.ready(shared));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwx------"));
        assertTrue(RuntimeFolder.safe(shared));
        Path link = Files.createSymbolicLink(folder.resolve("link"), shared);
        assertFalse(RuntimeFolder.safe(link), "where a link leads may change");
        assertTrue(RuntimeFolder.safe(RuntimeFolder.ready(folder.resolve("made"))));
    }
}
