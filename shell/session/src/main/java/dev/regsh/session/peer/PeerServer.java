// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.peer;

import dev.regsh.session.failure.Failure;
import dev.regsh.session.folder.RuntimeFolder;
import dev.regsh.session.json.Json;
import dev.regsh.session.rule.AttachedRule;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other sessions of root what rules this one has, and detaches, arms and disarms them when asked. A request is a line,
 * {@code list} or {@code detach|arm|disarm ID}; the answer is a JSON document a line, one a rule, and an empty one behind the last.
 * Who asks and is silent, or does not take the answer, holds up nobody else.
 */
public final class PeerServer implements AutoCloseable {
    private static final int LONGEST_REQUEST = 64;
    /** Behind the last rule, so that an answer that was cut off is not taken for a short one. */
    static final String END = "{}";
    /** Peers that are served at once; one more ends the one that has been here longest. */
    private static final int MOST_PEERS = 16;
    static final int PATIENCE_MILLIS = 5000;
    private static final int PAUSE_MILLIS = 100;
    private static final int IDLE_MILLIS = 2000;

    private record Peer(SocketChannel channel, long since) {}

    private final Supplier<? extends Collection<? extends AttachedRule>> rules;
    private final Consumer<String> notes;
    private final Path socket;
    private final int patienceMillis;
    private final ThreadPoolExecutor workers = new ThreadPoolExecutor(MOST_PEERS, MOST_PEERS, IDLE_MILLIS, TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(), work -> daemon(work, "peer"));
    /** Oldest first; of the serving thread alone. */
    private final Deque<Peer> peers = new ArrayDeque<>();
    private boolean bound;
    private volatile boolean closed;
    private volatile @Nullable Selector selector;

    /**
     * @param rules those of this session, asked for at each request; nothing else may have to be waited for
     * @param notes what the user of this session is to know of requests
     */
    public PeerServer(Supplier<? extends Collection<? extends AttachedRule>> rules, Consumer<String> notes) {
        this(SocketNames.take(), rules, notes, PATIENCE_MILLIS);
    }

    /** @param patienceMillis after which a peer is sent away */
    PeerServer(Path socket, Supplier<? extends Collection<? extends AttachedRule>> rules, Consumer<String> notes,
            int patienceMillis) {
        this.patienceMillis = patienceMillis;
        this.rules = rules;
        this.notes = notes;
        this.socket = socket;
        workers.allowCoreThreadTimeOut(true);
        daemon(this::serve, "peers").start();
    }

    public Path socket() {
        return socket;
    }

    static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private void serve() {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                Selector opened = Selector.open()) {
            RuntimeFolder.ready(Objects.requireNonNull(socket.getParent()));
            bind(server);
            server.configureBlocking(false);
            server.register(opened, SelectionKey.OP_ACCEPT);
            selector = opened;
            while (!closed) {
                opened.select(peers.isEmpty() ? 0 : patienceMillis / 4);
                opened.selectedKeys().clear();
                accept(server);
                peers.removeIf(peer -> !peer.channel().isOpen());
                while (!peers.isEmpty() && (peers.size() > MOST_PEERS || waited(peers.peek()))) {
                    end(peers.poll().channel());
                }
            }
            peers.forEach(peer -> end(peer.channel()));
        } catch (IOException | ClosedSelectorException ended) {
            if (!closed) {
                // The rules work without it: other sessions just do not see them.
                log().warn("no other session will see these rules: {}", ended.toString());
            }
        } finally {
            workers.shutdown();
        }
    }

    /**
     * Gets its name when it listens: who asks at one where nobody does takes it for what a killed session has left, and removes it.
     * Once this is closed the name may be another's.
     */
    private synchronized void bind(ServerSocketChannel server) throws IOException {
        if (!closed) {
            Path early = socket.resolveSibling(socket.getFileName() + ".new");
            Files.deleteIfExists(early);
            server.bind(UnixDomainSocketAddress.of(early));
            Files.move(early, socket, StandardCopyOption.ATOMIC_MOVE);
            bound = true;
        }
    }

    private boolean waited(Peer peer) {
        return System.nanoTime() - peer.since() > patienceMillis * 1_000_000L;
    }

    /** What goes wrong with one peer, such as no descriptor being left for it, is no matter of the next. */
    private void accept(ServerSocketChannel server) {
        try {
            for (SocketChannel peer = server.accept(); peer != null; peer = server.accept()) {
                SocketChannel accepted = peer;
                peers.add(new Peer(accepted, System.nanoTime()));
                workers.execute(() -> serve(accepted));
            }
        } catch (IOException refused) {
            log().info("a peer cannot be heard: {}", refused.toString());
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(SocketChannel peer) {
        try {
            peer.close();
        } catch (IOException gone) {
            log().info("a peer is gone: {}", gone.toString());
        }
    }

    private void serve(SocketChannel peer) {
        try (peer) {
            answer(peer);
        } catch (IOException | RuntimeException gone) {
            log().info("a peer was not answered: {}", gone.toString());
        }
    }

    private void answer(SocketChannel peer) throws IOException {
        Reader in = new InputStreamReader(Channels.newInputStream(peer), StandardCharsets.UTF_8);
        StringBuilder request = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n' && request.length() < LONGEST_REQUEST; c = in.read()) {
            request.append((char) c);
        }
        String[] words = request.toString().split(" ", -1);
        StringBuilder answer = new StringBuilder();
        for (AttachedRule rule : rules.get()) {
            boolean meant = words.length == 2 && words[1].equals(rule.ref());
            if (words[0].equals("list") || (meant && act(words[0], rule))) {
                answer.append(Json.write(rule.fields())).append('\n');
            }
        }
        answer.append(END).append('\n');
        ByteBuffer bytes = ByteBuffer.wrap(answer.toString().getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            peer.write(bytes);
        }
    }

    private boolean act(String verb, AttachedRule rule) {
        switch (verb) {
            case "detach" -> {
                disarm(rule);
                rule.detach();
            }
            case "arm", "disarm" -> rule.arm(verb.equals("arm"));
            default -> {
                return false;
            }
        }
        notes.accept("another session has " + verb + "ed " + rule.name());
        return true;
    }

    /** At once; the detaching may have to wait for what the session is doing. */
    private static void disarm(AttachedRule rule) {
        try {
            rule.arm(false);
        } catch (Failure notAttached) {
            // One that waits for its module, or whose time is over: it does not act.
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(PeerServer.class);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (bound) {
            // Not by that thread: before it runs again the process may end, or another session take the name.
            PeerClient.remove(socket);
        }
        SocketNames.giveBack(socket);
        Selector waiting = selector;
        if (waiting != null) {
            waiting.wakeup();
        }
    }
}
