// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regsh.session.failure.Failure;
import dev.regsh.session.folder.RuntimeFolder;
import dev.regsh.session.rule.AttachedRule;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerServerTest {
    /** Longer than anything takes on a busy machine. */
    private static final int LONG_MILLIS = 20 * 60 * 1000;

    @TempDir
    private Path folder;

    @Test
    void whatAKilledSessionLeftIsRemoved() throws IOException {
        Path socket = folder.resolve("4711.sock");
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(socket));
        }
        assertTrue(Files.exists(socket));
        assertTrue(PeerClient.ask(socket, "list").isEmpty());
        assertFalse(Files.exists(socket));
    }

    /** A rule that a peer may ask about. */
    private record Stub(String ref, List<String> done) implements AttachedRule {
        @Override
        public String name() {
            return "r" + ref;
        }

        @Override
        public Map<String, Object> fields() {
            return Map.of("id", ref, "text", "x".repeat(1000));
        }

        @Override
        public void arm(boolean armed) {
            done.add(armed ? "arm" : "disarm");
        }

        @Override
        public void detach() {
            done.add("detach");
        }
    }

    /** Waits until somebody listens there. */
    private static Path answered(Path socket) {
        while (true) {
            try {
                SocketChannel.open(UnixDomainSocketAddress.of(socket)).close();
                return socket;
            } catch (IOException notYet) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    @Test
    @SuppressWarnings("try") // The server is only to be there.
    void silentPeersHoldNobodyUp() throws IOException {
        Path run = RuntimeFolder.ready(folder.resolve("run"));
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        List<Stub> rules = IntStream.range(0, 2000).mapToObj(i -> new Stub(Integer.toString(i), done)).toList();
        List<SocketChannel> silent = new ArrayList<>();
        try (PeerServer server = new PeerServer(run.resolve(ProcessHandle.current().pid() + ".sock"), () -> rules, note -> {},
                LONG_MILLIS)) {
            Path socket = answered(run.resolve(ProcessHandle.current().pid() + ".sock"));
            for (int i = 0; i < 40; i++) {
                SocketChannel peer = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                if (i % 2 == 0) {
                    // Asks, and takes none of the two megabytes.
                    peer.write(ByteBuffer.wrap("list\n".getBytes(StandardCharsets.US_ASCII)));
                }
                silent.add(peer);
            }
            assertEquals(2000, PeerClient.ask(socket, "list", LONG_MILLIS).size());
            assertEquals("7", PeerClient.ask(socket, "detach 7", LONG_MILLIS).get(0).get("id"));
            assertEquals(List.of("disarm", "detach"), done, "what it does ends before the detaching may have to wait");
            assertTrue(PeerClient.ask(socket, "detach 4000", LONG_MILLIS).isEmpty());
            for (SocketChannel peer : silent) {
                peer.close();
            }
            assertEquals(2000, PeerClient.ask(socket, "list", LONG_MILLIS).size(), "peers that went away end nothing");
        }
        assertFalse(Files.exists(run.resolve(ProcessHandle.current().pid() + ".sock")));
    }

    @Test
    void whoIsBusyIsNotCalledStopped() throws IOException, InterruptedException {
        Path socket = folder.resolve(ProcessHandle.current().pid() + ".sock");
        try (ServerSocketChannel cutting = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            cutting.bind(UnixDomainSocketAddress.of(socket));
            Thread thread = new Thread(() -> {
                try (SocketChannel peer = cutting.accept()) {
                    peer.write(ByteBuffer.wrap("{\"id\":1}\n".getBytes(StandardCharsets.US_ASCII)));
                } catch (IOException closed) {
                    return;
                }
            });
            thread.start();
            Failure failure = assertThrows(Failure.class, () -> PeerClient.ask(socket, "list", LONG_MILLIS));
            assertTrue(failure.getMessage().endsWith("does not answer: it is busy"), failure.getMessage());
            thread.join();
        }
        Process sleeper = new ProcessBuilder("sleep", "600").start();
        try {
            assertFalse(PeerClient.stopped(Long.toString(sleeper.pid())));
            new ProcessBuilder("kill", "-STOP", Long.toString(sleeper.pid())).start().waitFor();
            while (!PeerClient.stopped(Long.toString(sleeper.pid()))) {
                LockSupport.parkNanos(1_000_000);
            }
            Path stopped = folder.resolve(sleeper.pid() + ".sock");
            Failure failure = assertThrows(Failure.class, () -> PeerClient.ask(stopped, "list"));
            assertTrue(failure.getMessage().endsWith("does not answer: it is stopped"), failure.getMessage());
            assertTrue(failure.hint().contains("kill -CONT"), failure.hint());
        } finally {
            sleeper.destroyForcibly();
        }
    }
}
