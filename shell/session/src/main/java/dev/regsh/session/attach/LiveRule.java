// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.attach;

import dev.regsh.bpf.compile.CompiledRule;
import dev.regsh.bpf.program.CounterLayout;
import dev.regsh.bpf.program.Failing;
import dev.regsh.bpf.program.LeftOut;
import dev.regsh.grammar.statement.Rule;
import dev.regsh.libbpf.BpfMap;
import dev.regsh.libbpf.BpfProgram;
import dev.regsh.libbpf.ModuleHold;
import dev.regsh.libbpf.ProbeLink;
import dev.regsh.session.failure.FailingSentence;
import dev.regsh.session.module.RuleModules;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** An attached rule: its programs, its links, its block of counters. */
public final class LiveRule implements AutoCloseable {
    private final int id;
    private final String text;
    private final CompiledRule compiled;
    private final List<LeftOut> refused;
    /** Its block; once detached, a copy, since another rule may get the block. */
    private volatile ByteBuffer counters;
    private final List<BpfMap> maps;
    private final List<BpfProgram> programs;
    private final List<ProbeLink> links;
    private final Optional<JumpTarget> target;
    private long attachedAt = System.nanoTime();
    private Rule source;
    private RuleModules modules = new RuleModules(Path.of("/"), List.of());
    /** Nothing of it is attached, since a module is gone. */
    private volatile boolean waiting;
    /** What it was when the programs were closed. */
    private long missed;
    private long missedBefore;
    private volatile boolean released;
    /** The words {@link CounterLayout#LAST_ERROR} that somebody was told of. */
    private final Set<Long> told = ConcurrentHashMap.newKeySet();
    private Optional<String> stillIn = Optional.empty();

    /** @param refused functions at which the kernel took no probe */
    LiveRule(int id, String text, CompiledRule compiled, List<LeftOut> refused, ByteBuffer counters, List<BpfMap> maps,
            List<BpfProgram> programs, List<ProbeLink> links, Optional<JumpTarget> target) {
        this.id = id;
        this.text = text;
        this.compiled = compiled;
        this.refused = List.copyOf(refused);
        this.counters = counters;
        this.maps = maps;
        this.programs = programs;
        this.links = links;
        this.target = target;
    }

    public int id() {
        return id;
    }

    /** Its name, or its number where it was given none. */
    public String name() {
        return compiled.name().orElse(Integer.toString(id));
    }

    /** Its canonical text, on one line. */
    public String text() {
        return text;
    }

    public CompiledRule compiled() {
        return compiled;
    }

    /** What it was made of, and the modules it needs. */
    public void follows(Rule rule, RuleModules needed) {
        source = rule;
        modules = needed;
    }

    /** It stands for one that is not attached any more. */
    public void continues(LiveRule other) {
        attachedAt = other.attachedAt;
        // Those that are counted in the block are still counted there.
        missedBefore = other.missed() - other.counters.getLong(CounterLayout.UNKEPT);
        told.addAll(other.told);
    }

    public Rule source() {
        return source;
    }

    public RuleModules modules() {
        return modules;
    }

    /** Detaches it until its modules are other than these; its counters stay. */
    public void await(RuleModules needed) {
        modules = needed;
        if (!waiting) {
            boolean armed = armed();
            waiting = true;
            close();
            arm(armed);
        }
    }

    /** Nothing of it is attached until a module is back. */
    public boolean waiting() {
        return waiting;
    }

    /** The modules that are not there, though it needs them. */
    public List<String> absent() {
        return modules.absent();
    }

    /** When its time ends ({@code for}), by System.nanoTime; 0: never. */
    public long deadline() {
        return counters.getLong(CounterLayout.DEADLINE);
    }

    /** Functions that its glob matches and that it is not attached to. */
    public List<LeftOut> leftOut() {
        return Stream.concat(compiled.leftOut().stream(), refused.stream()).toList();
    }

    /** How many functions it is attached to. */
    public int functions() {
        return waiting ? 0 : compiled.functions().size() - refused.size();
    }

    /** Seconds since it was attached. */
    public long age() {
        return (System.nanoTime() - attachedAt) / 1_000_000_000L;
    }

    public boolean armed() {
        return counters.getLong(CounterLayout.ARMED) != 0;
    }

    public void arm(boolean armed) {
        counters.putLong(CounterLayout.ARMED, armed ? 1 : 0);
    }

    public long hits() {
        return counters.getLong(CounterLayout.HITS);
    }

    public long fired() {
        return CounterLayout.fired(compiled.firedIsHits(), hits(), counters.getLong(CounterLayout.FIRED), errors());
    }

    public long errors() {
        return counters.getLong(CounterLayout.ERRORS);
    }

    /** The last error as a negative errno; 0: none. */
    public long lastError() {
        return (int) counters.getLong(CounterLayout.LAST_ERROR);
    }

    /** What the last error was of, in words; empty: there was none. */
    public Optional<String> lastFailure() {
        long last = counters.getLong(CounterLayout.LAST_ERROR);
        int number = Failing.number(last);
        return last == 0 || number >= compiled.failing().size() ? Optional.empty()
                : Optional.of(FailingSentence.of(compiled.failing().get(number), (int) last,
                        counters.getLong(CounterLayout.ERROR_ADDRESS)));
    }

    /** The last error in words, once for each part of the rule that fails; empty: there is nothing new. */
    public Optional<String> news() {
        long last = counters.getLong(CounterLayout.LAST_ERROR);
        return last != 0 && told.add(last) ? lastFailure() : Optional.empty();
    }

    /** Events that found no room. */
    public long dropped() {
        return counters.getLong(CounterLayout.DROPPED);
    }

    /** Hits the kernel dropped since another program ran on that CPU, or returns of more calls at once than it remembers. */
    public long missed() {
        return released ? missed : missedBefore + programs.stream().mapToLong(BpfProgram::missed).sum()
                + links.stream().mapToLong(ProbeLink::missed).sum() + counters.getLong(CounterLayout.UNKEPT);
    }

    /** {@code for} has detached it, or somebody has. */
    public boolean over() {
        if (waiting) {
            return deadline() != 0 && System.nanoTime() - deadline() > 0;
        }
        return released || (compiled.duration().isPresent() && links.stream().noneMatch(ProbeLink::attached));
    }

    /** {@code armed}, {@code disarmed}, {@code gone} while it is {@link #waiting}, or {@code expired} once it is {@link #over}. */
    public String state() {
        return over() ? "expired" : waiting ? "gone" : armed() ? "armed" : "disarmed";
    }

    /** Keeps its probes attached beyond the process, each as a file of the folder. */
    public void pin(Path folder) {
        for (int i = 0; i < links.size(); i++) {
            links.get(i).pin(folder.resolve("link" + i).toString());
        }
        // In order of name it comes last, and so it is let go last.
        hold().ifPresent(hold -> hold.pin(folder.resolve("target").toString()));
    }

    /** Lets go of it without detaching what is pinned. */
    public void release() {
        detach();
        hold().ifPresent(ModuleHold::close);
    }

    /** Where its {@code goto} sends calls. */
    Optional<JumpTarget> target() {
        return target;
    }

    private Optional<ModuleHold> hold() {
        return target.flatMap(JumpTarget::hold);
    }

    private void detach() {
        if (released) {
            return;
        }
        missed = missed();
        released = true;
        links.forEach(ProbeLink::close);
        programs.forEach(BpfProgram::close);
        maps.forEach(BpfMap::close);
        ByteBuffer copy = ByteBuffer.allocate(CounterLayout.SIZE).order(counters.order());
        for (int at = 0; at < CounterLayout.SIZE; at += Long.BYTES) {
            copy.putLong(at, counters.getLong(at));
        }
        counters = copy;
    }

    /** The module that stays loaded after {@link #close}, since a task is where the rule has sent it; empty: none. */
    public Optional<String> stillIn() {
        return stillIn;
    }

    /** Disarmed first, so that no program of it acts while the others are still being detached. */
    @Override
    public void close() {
        arm(false);
        detach();
        stillIn = hold().filter(hold -> !hold.left()).map(ModuleHold::module);
    }
}
