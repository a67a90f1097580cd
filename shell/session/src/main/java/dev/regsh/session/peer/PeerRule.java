// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.peer;

import dev.regsh.session.failure.Failure;
import dev.regsh.session.folder.RuntimeFolder;
import dev.regsh.session.rule.AttachedRule;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A rule of another session, which does with it what it is asked. */
public final class PeerRule implements AttachedRule {
    private final Path socket;
    private final Map<String, Object> fields;

    private PeerRule(Path socket, Map<String, Object> answer) {
        this.socket = socket;
        String pid = PeerClient.pid(socket);
        fields = new LinkedHashMap<>(answer);
        fields.put("ref", pid + "/" + answer.get("id"));
        fields.put("owner", owner(pid));
    }

    /** {@code PID USER TERMINAL}, as far as /proc says. */
    private static String owner(String pid) {
        try {
            Path process = Path.of("/proc", pid);
            String user = Files.getOwner(process, LinkOption.NOFOLLOW_LINKS).getName();
            Path input = Files.readSymbolicLink(process.resolve("fd/0"));
            return pid + " " + user + (input.startsWith("/dev/pts") ? " " + Path.of("/dev").relativize(input) : "");
        } catch (IOException gone) {
            return pid;
        }
    }

    /**
     * Those of every session but this one, be it of this process.
     *
     * @param own the socket of this one; empty: it has none
     * @param unheard gets why one did not answer
     */
    public static List<PeerRule> all(Optional<Path> own, Consumer<Failure> unheard) {
        List<PeerRule> found = new ArrayList<>();
        if (!RuntimeFolder.safe(RuntimeFolder.RUN)) {
            return found;
        }
        try (DirectoryStream<Path> sockets = Files.newDirectoryStream(RuntimeFolder.RUN, "*.sock")) {
            for (Path socket : sockets) {
                if (!own.equals(Optional.of(socket))) {
                    try {
                        PeerClient.ask(socket, "list").forEach(answer -> found.add(new PeerRule(socket, answer)));
                    } catch (Failure silent) {
                        unheard.accept(silent);
                    }
                }
            }
        } catch (IOException unreadable) {
            return found;
        }
        return found;
    }

    @Override
    public String ref() {
        return String.valueOf(fields.get("ref"));
    }

    @Override
    public String name() {
        return String.valueOf(fields.get("name"));
    }

    @Override
    public Map<String, Object> fields() {
        return fields;
    }

    @Override
    public void arm(boolean armed) {
        ask(armed ? "arm" : "disarm");
    }

    @Override
    public void detach() {
        ask("detach");
    }

    private void ask(String verb) {
        if (PeerClient.ask(socket, verb + " " + fields.get("id")).isEmpty()) {
            throw new Failure("the rule " + ref() + " is gone already", "list --all shows those there are");
        }
    }
}
