// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.keep;

import dev.regsh.base.errno.Errno;
import dev.regsh.base.errno.KernelException;
import dev.regsh.file.Reason;
import dev.regsh.libbpf.BpfMap;
import dev.regsh.session.counter.CounterBlock;
import dev.regsh.session.failure.Failure;
import dev.regsh.session.folder.RuntimeFolder;
import dev.regsh.session.rule.AttachedRule;
import dev.regsh.session.rule.LiveRule;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A rule that outlives its session: its links and counters are pinned in a folder of its name, which keeps them attached,
 * and what people want to know of it stands in a file under /run. Both are gone after the next boot.
 */
public final class KeptRule implements AttachedRule {
    private static final String COUNTERS = "counters";

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

    /**
     * Pins a rule under its name.
     *
     * @param counters the map of its block
     */
    public static KeptRule keep(LiveRule rule, BpfMap counters) {
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
                rule.attachment().pin(kept.pins());
                counters.pin(kept.pins().resolve(COUNTERS).toString());
                KeptDescription.of(rule).write(name);
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
        KeptDescription is = KeptDescription.read(name);
        Map<String, Object> fields = is.fields(name);
        counting(is, block -> {
            fields.put("state", block.armed() ? "armed" : "disarmed");
            fields.put("hits", block.hits());
            fields.put("fired", block.fired(is.firedIsHits()));
            fields.put("errors", block.errors());
            block.lastFailure(is.failing()).ifPresent(words -> fields.put("lastFailure", words));
            fields.put("dropped", block.dropped());
        });
        return fields;
    }

    /** Whether {@code for} has ended it: its program lets no hit through any more. */
    private boolean over() {
        boolean[] over = {false};
        // Both are CLOCK_MONOTONIC.
        counting(KeptDescription.read(name), block -> over[0] = block.late());
        return over[0];
    }

    private void counting(KeptDescription is, Consumer<CounterBlock> use) {
        if (is.block().isEmpty()) {
            return;
        }
        try (BpfMap map = BpfMap.pinned(pins().resolve(COUNTERS).toString())) {
            use.accept(CounterBlock.of(map, is.block().getAsInt()));
        } catch (KernelException unreadable) {
            // Without its counters it can still be detached.
        }
    }

    @Override
    public void arm(boolean armed) {
        counting(KeptDescription.read(name), block -> block.arm(armed));
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
        Files.deleteIfExists(KeptDescription.file(name));
    }
}
