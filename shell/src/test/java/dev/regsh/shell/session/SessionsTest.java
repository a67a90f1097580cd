// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regsh.shell.Failure;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {
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

    @Test
    void whatAKilledSessionLeftIsRemoved() throws IOException {
        Path socket = folder.resolve("4711.sock");
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(socket));
        }
        assertTrue(Files.exists(socket));
        assertTrue(PeerServer.ask(socket, "list").isEmpty());
        assertFalse(Files.exists(socket));
    }

    @Test
    void aRuleThatIsNowhereIsSaidSo() {
        try (Session session = new Session()) {
            Failure failure = assertThrows(Failure.class, () -> new AllRules(session).meant("nobody", silent -> { }));
            assertEquals("no rule 'nobody'", failure.getMessage());
        }
    }
}
