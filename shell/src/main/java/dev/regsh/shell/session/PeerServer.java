// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.session;

import dev.regsh.shell.Failure;
import dev.regsh.shell.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other sessions of root what rules this one has, and detaches, arms and disarms them when asked. A request is a line,
 * {@code list} or {@code detach|arm|disarm ID}; the answer is a JSON document a line, one a rule.
 */
final class PeerServer implements AutoCloseable {
    private static final int LONGEST_REQUEST = 64;

    private final Session session;
    private final Consumer<String> notes;
    private final Path socket;
    private ServerSocketChannel server;
    private boolean closed;

    /** @param notes what the user of this session is to know of requests */
    PeerServer(Session session, Consumer<String> notes) {
        this.session = session;
        this.notes = notes;
        socket = RuntimeFolder.RUN.resolve(ProcessHandle.current().pid() + ".sock");
        Thread thread = new Thread(this::serve, "peers");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() {
        try (ServerSocketChannel opened = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            synchronized (this) {
                if (closed) {
                    return;
                }
                RuntimeFolder.ready(RuntimeFolder.RUN);
                Files.deleteIfExists(socket);
                opened.bind(UnixDomainSocketAddress.of(socket));
                server = opened;
            }
            while (true) {
                try (SocketChannel peer = opened.accept()) {
                    answer(peer);
                }
            }
        } catch (IOException ended) {
            if (!closed) {
                // The rules work without it: other sessions just do not see them.
                log().warn("no other session will see these rules: {}", ended.toString());
            }
        }
    }

    private void answer(SocketChannel peer) throws IOException {
        char[] request = new char[LONGEST_REQUEST];
        BufferedReader in = new BufferedReader(new InputStreamReader(Channels.newInputStream(peer), StandardCharsets.UTF_8));
        int length = 0;
        for (int c = in.read(); c >= 0 && c != '\n' && length < LONGEST_REQUEST; c = in.read()) {
            request[length++] = (char) c;
        }
        String[] words = new String(request, 0, length).split(" ");
        PrintStream out = new PrintStream(Channels.newOutputStream(peer), false, StandardCharsets.UTF_8);
        for (LiveRule rule : session.rules()) {
            boolean meant = words.length == 2 && words[1].equals(Integer.toString(rule.id()));
            if (words[0].equals("list") || meant && act(words[0], rule)) {
                out.println(Json.write(RuleFields.of(rule)));
            }
        }
        out.flush();
    }

    private boolean act(String verb, LiveRule rule) {
        switch (verb) {
            case "detach" -> session.detach(rule);
            case "arm", "disarm" -> rule.arm(verb.equals("arm"));
            default -> {
                return false;
            }
        }
        notes.accept("another session has " + verb + "ed " + rule.name());
        return true;
    }

    /** Asks the session of a process; an empty list where none answers. */
    static List<Map<String, Object>> ask(Path socket, String request) {
        List<Map<String, Object>> answers = new ArrayList<>();
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            // A session that was stopped does not answer; nobody is to wait for it.
            Thread impatient = new Thread(() -> closeAfter(channel), "impatient");
            impatient.setDaemon(true);
            impatient.start();
            Channels.newOutputStream(channel).write((request + "\n").getBytes(StandardCharsets.UTF_8));
            BufferedReader in = new BufferedReader(new InputStreamReader(Channels.newInputStream(channel),
                    StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                answers.add(Json.read(line));
            }
            impatient.interrupt();
        } catch (ConnectException gone) {
            remove(socket);
        } catch (IOException | RuntimeException silent) {
            throw new Failure("the session " + pid(socket) + " does not answer", "is it stopped? kill " + pid(socket)
                    + " ends it, and its rules with it");
        }
        return answers;
    }

    private static void closeAfter(SocketChannel channel) {
        try {
            Thread.sleep(5000);
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
    private static void remove(Path socket) {
        try {
            Files.deleteIfExists(socket);
        } catch (IOException busy) {
            log().info("cannot remove {}", socket);
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(PeerServer.class);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (server != null) {
            try {
                server.close();
                Files.deleteIfExists(socket);
            } catch (IOException ignored) {
                // The process ends, and with it what the socket led to.
                log().info("cannot remove {}", socket);
            }
        }
    }
}
