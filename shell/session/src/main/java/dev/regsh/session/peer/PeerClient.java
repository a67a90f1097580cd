// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.peer;

import dev.regsh.session.failure.Failure;
import dev.regsh.session.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Asks other sessions ({@link PeerServer}), which may be busy, stopped or gone. */
final class PeerClient {
    private PeerClient() {}

    /** Asks a session; an empty list where none is there any more. */
    static List<Map<String, Object>> ask(Path socket, String request) {
        return ask(socket, request, PeerServer.PATIENCE_MILLIS);
    }

    static List<Map<String, Object>> ask(Path socket, String request, int patienceMillis) {
        String pid = pid(socket);
        if (stopped(pid)) {
            throw silent(pid);
        }
        List<Map<String, Object>> answers = new ArrayList<>();
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            Thread impatient = PeerServer.daemon(() -> closeAfter(channel, patienceMillis), "impatient");
            impatient.start();
            Channels.newOutputStream(channel).write((request + "\n").getBytes(StandardCharsets.UTF_8));
            BufferedReader in = new BufferedReader(new InputStreamReader(Channels.newInputStream(channel),
                    StandardCharsets.UTF_8));
            String line = in.readLine();
            for (; line != null && !line.equals(PeerServer.END); line = in.readLine()) {
                answers.add(Json.read(line));
            }
            impatient.interrupt();
            if (line == null) {
                throw silent(pid);
            }
        } catch (ConnectException gone) {
            remove(socket);
        } catch (IOException broken) {
            if (Files.exists(socket)) {
                throw silent(pid);
            }
        }
        return answers;
    }

    private static Failure silent(String pid) {
        return stopped(pid) ? new Failure("the session " + pid + " does not answer: it is stopped", "kill -CONT " + pid
                + " lets it go on; kill -KILL " + pid + " ends it, and its rules with it")
                : new Failure("the session " + pid + " does not answer: it is busy", "try again; its own prompt says what it does");
    }

    /** By a signal or a tracer (proc(5), the field behind the name in brackets). */
    static boolean stopped(String pid) {
        try {
            String stat = Files.readString(Path.of("/proc", pid, "stat"));
            return "Tt".indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) >= 0;
        } catch (IOException | RuntimeException gone) {
            return false;
        }
    }

    private static void closeAfter(SocketChannel channel, int patienceMillis) {
        try {
            Thread.sleep(patienceMillis);
            channel.close();
        } catch (IOException | InterruptedException answered) {
            return;
        }
    }

    static String pid(Path socket) {
        String name = socket.getFileName().toString();
        return name.substring(0, name.indexOf('.'));
    }

    /** What a killed session leaves. */
    static void remove(Path socket) {
        try {
            Files.deleteIfExists(socket);
        } catch (IOException busy) {
            LoggerFactory.getLogger(PeerClient.class).info("cannot remove {}", socket);
        }
    }
}
