// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.keep;

import dev.regsh.base.errno.Errno;
import dev.regsh.base.errno.KernelException;
import dev.regsh.bpf.program.CounterLayout;
import dev.regsh.bpf.program.Failing;
import dev.regsh.file.Reason;
import dev.regsh.libbpf.BpfMap;
import dev.regsh.session.Session;
import dev.regsh.session.attach.LiveRule;
import dev.regsh.session.failure.FailingSentence;
import dev.regsh.session.failure.Failure;
import dev.regsh.session.folder.RuntimeFolder;
import dev.regsh.session.json.Json;
import dev.regsh.session.rule.AttachedRule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A rule that outlives its session: its links and counters are pinned in a folder of its name, which keeps them attached,
 * and what people want to know of it stands in a file under /run. Both are gone after the next boot.
 */
public final class KeptRule implements AttachedRule {
    private static final FileAttribute<?> FOR_ROOT =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final String COUNTERS = "counters";
    private static final String BLOCK = "block";
    private static final String SINCE = "since";
    private static final String FAILING = "failing";

    private final String name;

    private KeptRule(String name) {
        this.name = name;
    }

    @Override
    public String ref() {
        return name;
    }

    @Override
    public String name() {
        return name;
    }

    private Path pins() {
        return RuntimeFolder.PINS.resolve(name);
    }

    private Path description() {
        return RuntimeFolder.RUN.resolve(name + ".kept");
    }

    /**
     * Pins a rule under its name.
     *
     * @param fields its description
     * @param block number of its block of counters
     */
    public static KeptRule keep(LiveRule rule, Map<String, Object> fields, BpfMap counters, int block) {
        String name = rule.compiled().name().orElse("rule" + ProcessHandle.current().pid() + "_" + rule.id());
        KeptRule kept = new KeptRule(name);
        try {
            RuntimeFolder.ready(RuntimeFolder.PINS);
            RuntimeFolder.ready(RuntimeFolder.RUN);
            if (Files.exists(kept.pins())) {
                throw new Failure("a rule named '" + name + "' is kept already", "detach " + name
                        + ", or name this one otherwise");
            }
            Files.createDirectory(kept.pins(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            try {
                rule.pin(kept.pins());
                counters.pin(kept.pins().resolve(COUNTERS).toString());
                fields.put(BLOCK, block);
                fields.put(SINCE, System.currentTimeMillis() / 1000 - rule.age());
                fields.put("firedIsHits", rule.compiled().firedIsHits());
                fields.put(FAILING, rule.compiled().failing().stream().map(each -> each.kind() + " " + each.what()).toList());
                Files.deleteIfExists(kept.description());
                Files.createFile(kept.description(), FOR_ROOT);
                Files.writeString(kept.description(), Json.write(fields));
            } catch (IOException | RuntimeException failed) {
                kept.unpin();
                throw failed;
            }
        } catch (KernelException refused) {
            throw new Failure("the kernel cannot keep '" + name + "' (" + Errno.name(refused.errno()) + ")",
                    refused.errno() == Errno.number("EOPNOTSUPP").orElse(0)
                            ? "probes have had links that can be kept since Linux 5.15" : "");
        } catch (IOException refused) {
            throw new Failure("cannot keep '" + name + "': " + Reason.of(refused),
                    Files.exists(RuntimeFolder.PINS) ? "" : "is there a BPF file system? mount -t bpf bpf /sys/fs/bpf");
        }
        return kept;
    }

    /** All there are, in order of name; none where the folder is not root's alone. Those whose time is over are removed. */
    public static List<KeptRule> all() {
        List<KeptRule> found = new ArrayList<>();
        if (RuntimeFolder.safe(RuntimeFolder.PINS)) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(RuntimeFolder.PINS)) {
                folders.forEach(folder -> found.add(new KeptRule(folder.getFileName().toString())));
            } catch (IOException unreadable) {
                return List.of();
            }
        }
        found.removeIf(KeptRule::removedSinceOver);
        found.sort(Comparator.comparing(KeptRule::name));
        return found;
    }

    private boolean removedSinceOver() {
        if (!over()) {
            return false;
        }
        try {
            unpin();
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    @Override
    public Map<String, Object> fields() {
        Map<String, Object> read = read();
        Map<String, Object> fields = new LinkedHashMap<>(read);
        List.of(BLOCK, SINCE, "firedIsHits", FAILING).forEach(fields::remove);
        fields.put("ref", name);
        fields.putIfAbsent("name", name);
        fields.put("owner", "kept");
        if (read.get(SINCE) instanceof Long since) {
            fields.put("age", Math.max(0, System.currentTimeMillis() / 1000 - since));
        }
        counting(read, block -> {
            long hits = block.getLong(CounterLayout.HITS);
            long errors = block.getLong(CounterLayout.ERRORS);
            fields.put("state", block.getLong(CounterLayout.ARMED) != 0 ? "armed" : "disarmed");
            fields.put("hits", hits);
            fields.put("fired", CounterLayout.fired(Boolean.TRUE.equals(read.get("firedIsHits")), hits,
                    block.getLong(CounterLayout.FIRED), errors));
            fields.put("errors", errors);
            failure(read.get(FAILING), block).ifPresent(words -> fields.put("lastFailure", words));
            fields.put("dropped", block.getLong(CounterLayout.DROPPED));
        });
        return fields;
    }

    private static Optional<String> failure(Object failing, ByteBuffer block) {
        long last = block.getLong(CounterLayout.LAST_ERROR);
        int number = Failing.number(last);
        if (last == 0 || !(failing instanceof List<?> list) || number >= list.size()) {
            return Optional.empty();
        }
        String[] kindAndWhat = String.valueOf(list.get(number)).split(" ", 2);
        return Optional.of(FailingSentence.of(new Failing(Failing.Kind.valueOf(kindAndWhat[0]), kindAndWhat[1]), (int) last,
                block.getLong(CounterLayout.ERROR_ADDRESS)));
    }

    /** Whether {@code for} has ended it: its program lets no hit through any more. */
    private boolean over() {
        boolean[] over = {false};
        counting(read(), block -> {
            long deadline = block.getLong(CounterLayout.DEADLINE);
            // Both are CLOCK_MONOTONIC.
            over[0] = deadline != 0 && System.nanoTime() > deadline;
        });
        return over[0];
    }

    private Map<String, Object> read() {
        try {
            return RuntimeFolder.safe(RuntimeFolder.RUN) ? Json.read(Files.readString(description())) : Map.of();
        } catch (IOException absent) {
            return Map.of();
        }
    }

    private void counting(Map<String, Object> read, Consumer<ByteBuffer> use) {
        if (!(read.get(BLOCK) instanceof Long block) || block < 0 || block >= Session.MAX_RULES) {
            return;
        }
        try (BpfMap map = BpfMap.pinned(pins().resolve(COUNTERS).toString())) {
            ByteBuffer all = map.mapped((long) Session.MAX_RULES * CounterLayout.SIZE);
            use.accept(all.slice((int) (block * CounterLayout.SIZE), CounterLayout.SIZE).order(ByteOrder.nativeOrder()));
        } catch (KernelException unreadable) {
            // Without its counters it can still be detached.
        }
    }

    @Override
    public void arm(boolean armed) {
        counting(read(), block -> block.putLong(CounterLayout.ARMED, armed ? 1 : 0));
    }

    @Override
    public void detach() {
        arm(false);
        try {
            unpin();
        } catch (IOException refused) {
            throw new Failure("cannot remove " + pins() + ": " + Reason.of(refused), "");
        }
    }

    private void unpin() throws IOException {
        List<Path> pinned = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(pins())) {
            files.forEach(pinned::add);
        }
        pinned.sort(Comparator.naturalOrder());
        for (Path file : pinned) {
            Files.delete(file);
        }
        Files.delete(pins());
        Files.deleteIfExists(description());
    }
}
