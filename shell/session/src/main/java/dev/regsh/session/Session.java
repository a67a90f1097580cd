// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session;

import dev.regsh.bpf.compile.CompileContext;
import dev.regsh.bpf.compile.CompiledRule;
import dev.regsh.bpf.compile.RuleCompiler;
import dev.regsh.bpf.engine.NoEngineException;
import dev.regsh.bpf.program.CounterLayout;
import dev.regsh.bpf.program.MapSpec;
import dev.regsh.bpf.register.Architecture;
import dev.regsh.grammar.statement.Rule;
import dev.regsh.libbpf.BpfMap;
import dev.regsh.session.attach.JumpTarget;
import dev.regsh.session.attach.LiveRule;
import dev.regsh.session.attach.Loader;
import dev.regsh.session.engine.Engines;
import dev.regsh.session.engine.UserFlow;
import dev.regsh.session.event.EventHub;
import dev.regsh.session.failure.Failure;
import dev.regsh.session.keep.KeptRule;
import dev.regsh.session.machine.Cgroups;
import dev.regsh.session.machine.KernelSymbols;
import dev.regsh.session.machine.KernelTypes;
import dev.regsh.session.machine.LettingGo;
import dev.regsh.session.module.RuleModules;
import dev.regsh.session.peer.PeerServer;
import dev.regsh.session.program.UserPrograms;
import dev.regsh.session.rule.PendingRule;
import dev.regsh.session.rule.RuleFields;
import dev.regsh.session.watchdog.Owner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The rules of this process. They are attached while it lives and it says so; nothing of them outlives it. */
public final class Session implements AutoCloseable {
    /** Rules a session can hold: its counters are one value of one map. */
    public static final int MAX_RULES = 4096;
    private static final int MAX_ENDED = 256;
    private static final long LONGEST_DRAIN_MILLIS = 1000;

    private final KernelSymbols symbols = new KernelSymbols();
    private final KernelTypes types = new KernelTypes();
    private final UserPrograms programs = new UserPrograms();
    private final Map<Integer, LiveRule> rules = new TreeMap<>();
    /** The same for those who must not wait while a rule is being attached. */
    private volatile List<LiveRule> snapshot = List.of();
    /** Rules whose time was over, by name: their counters can still be asked for. */
    private final Map<String, LiveRule> ended = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LiveRule> eldest) {
            return size() > MAX_ENDED;
        }
    };
    /** Rules whose module is not loaded yet, by number. */
    private final Map<Integer, PendingRule> pending = new ConcurrentSkipListMap<>();
    private volatile BooleanSupplier waits = () -> false;
    private final Map<Integer, Integer> blocks = new TreeMap<>();
    private final Deque<Integer> freeBlocks = new ArrayDeque<>();
    private final EventHub events = new EventHub();
    private volatile Consumer<String> notes = note -> { };
    private PeerServer peers;
    private RuleWatch watch;
    private Engines engines;
    /** The module as it was when they were asked for. */
    private RuleModules engineModule;
    private UserFlow userFlow;
    private BpfMap counters;
    private Owner owner;
    private volatile boolean lostRules;
    private int lastId;
    /** Blocks of counters that belong to rules that were kept. */
    private int lost;

    public KernelSymbols symbols() {
        return symbols;
    }

    public KernelTypes types() {
        return types;
    }

    /**
     * Those of now: the module may have come since they were asked for, or have come back.
     *
     * @throws Failure if the process may not ask the kernel
     */
    public synchronized Engines engines() {
        RuleModules now = RuleModules.named(Engines.MODULE);
        if (engines == null || !now.same(engineModule)) {
            if (!Engines.privileged()) {
                throw new Failure(Failure.Kind.UNSUPPORTED, "regsh may not load BPF programs: it lacks CAP_SYS_ADMIN",
                        "run it as root: sudo regsh");
            }
            if (!java.nio.file.Files.exists(java.nio.file.Path.of("/sys/kernel/btf/vmlinux"))) {
                throw new Failure(Failure.Kind.UNSUPPORTED, "this kernel has no BTF (/sys/kernel/btf/vmlinux)",
                        "use a kernel built with CONFIG_DEBUG_INFO_BTF");
            }
            engines = new Engines();
            engineModule = now;
            userFlow = null;
        }
        return engines;
    }

    private UserFlow userFlow() {
        Engines now = engines();
        if (userFlow == null) {
            userFlow = new UserFlow(now);
        }
        return userFlow;
    }

    /** Compiles a rule for this machine without loading it. */
    public CompiledRule compile(Rule rule) {
        Engines found = engines();
        try {
            return RuleCompiler.compile(rule, new CompileContext(Architecture.ofThisMachine(), found.available(), symbols,
                    types, programs, new Cgroups(), new LettingGo(), found::can));
        } catch (NoEngineException none) {
            throw new Failure(Failure.Kind.UNSUPPORTED, none.getMessage(), none.could().stream()
                    .map(engine -> engine.label() + " could, but " + found.missing(engine)).collect(Collectors.joining("; ")));
        }
    }

    /** Compiles a rule to be looked at: where the engines cannot be asked for lack of privilege, for any that could do it. */
    public CompiledRule plan(Rule rule) {
        if (Engines.privileged() && !engines().available().isEmpty()) {
            CompiledRule compiled = compile(rule);
            userFlow().check(rule, compiled);
            return compiled;
        }
        return RuleCompiler.compile(rule, new CompileContext(Architecture.ofThisMachine(), java.util.EnumSet.allOf(
                dev.regsh.bpf.program.Engine.class), symbols, types, programs, new Cgroups(), new LettingGo(),
                ability -> true));
    }

    /** Compiles, loads, attaches and arms a rule; whatever fails, nothing of it stays. */
    public synchronized LiveRule attach(Rule rule, String text) {
        return attach(lastId + 1, rule, text);
    }

    private LiveRule attach(int id, Rule rule, String text) {
        engines();
        // Its start takes no time that the compiler does not take.
        Owner own = owner();
        CompiledRule compiled = compile(rule);
        userFlow().check(rule, compiled);
        compiled.name().ifPresent(this::checkFree);
        Integer free = freeBlocks.poll();
        int block = free == null ? rules.size() + lost : free;
        if (block >= MAX_RULES) {
            throw new Failure("a session holds at most " + MAX_RULES + " rules", "detach some");
        }
        ByteBuffer counting = zeroed(block);
        try {
            own.takes(counting);
            LiveRule live = load(id, rule, text, compiled, block, compiled.duration(), true);
            lastId = Math.max(lastId, id);
            synchronized (ended) {
                ended.remove(live.name());
            }
            blocks.put(live.id(), block);
            beginLooking();
            return live;
        } catch (RuntimeException failed) {
            freeBlocks.push(block);
            throw failed;
        }
    }

    /** From now on others can ask for the rules, and those are looked at. */
    private void beginLooking() {
        if (peers == null) {
            peers = new PeerServer(PeerServer.ofThisProcess(), new AllRules(this)::own, note -> notes.accept(note),
                    PeerServer.PATIENCE_MILLIS);
            watch = new RuleWatch(this::look, () -> !snapshot.isEmpty() || !pending.isEmpty());
        }
        watch.wake();
    }

    private void checkFree(String name) {
        if (find(name) != null || findPending(name).isPresent()) {
            throw nameTaken(name);
        }
    }

    /** Rules on modules that are not loaded wait for them as long as this says so. */
    public void waitForModules(BooleanSupplier wanted) {
        waits = wanted;
    }

    /** The module that a rule would wait for; empty: it would not wait. */
    public Optional<String> awaited(Rule rule) {
        return waits.getAsBoolean() ? PendingRule.module(rule).filter(module -> !symbols.loaded(module)) : Optional.empty();
    }

    /** Keeps a rule until its module is loaded, and attaches it then. */
    public synchronized PendingRule await(Rule rule, String text, String module) {
        engines();
        PendingRule waiting = new PendingRule(lastId + 1, rule, text, module, System.nanoTime());
        checkFree(waiting.name());
        pending.put(++lastId, waiting);
        beginLooking();
        return waiting;
    }

    /** Those that wait for a module that was never there, in order of their numbers. */
    public Collection<PendingRule> pending() {
        return List.copyOf(pending.values());
    }

    /** By number or name. */
    public Optional<PendingRule> findPending(String name) {
        return pending.values().stream().filter(rule -> rule.is(name)).findFirst();
    }

    public void forget(PendingRule rule) {
        pending.remove(rule.id());
    }

    private synchronized void attachAwaited(PendingRule waiting) {
        if (!pending.remove(waiting.id(), waiting)) {
            return;
        }
        String what = modules(List.of(waiting.module())) + " loaded";
        try {
            LiveRule live = attach(waiting.id(), waiting.rule(), waiting.text());
            notes.accept(what + ": " + live.name() + " is attached, to " + count(live));
        } catch (RuntimeException cannot) {
            notes.accept(what + ", but " + waiting.name() + " cannot be attached: " + cannot.getMessage());
        }
    }

    private static String count(LiveRule rule) {
        return rule.functions() == 1 ? "1 function" : rule.functions() + " functions";
    }

    private LiveRule load(int id, Rule rule, String text, CompiledRule compiled, int block, Optional<Duration> time, boolean armed) {
        if (compiled.emits()) {
            events.add(id, compiled);
        }
        RuleModules modules = RuleModules.of(rule, compiled, symbols);
        Loader loader = new Loader(engines(), counters(), (long) block * CounterLayout.SIZE, events::ring, programs);
        LiveRule live = loader.attach(id, text, compiled, block(block), time,
                JumpTarget.of(rule, compiled, symbols, rules.values()), armed);
        live.follows(rule, modules);
        rules.put(id, live);
        snapshot = List.copyOf(rules.values());
        return live;
    }

    /** Where a module that the rule needs has come or gone: attaches it to what there is now, or lets it wait. */
    private synchronized void followModules(LiveRule rule) {
        RuleModules now = rule.modules().now();
        if (rules.get(rule.id()) != rule || rule.over() || now.same(rule.modules())) {
            return;
        }
        boolean waited = rule.waiting();
        List<String> back = now.newSince(rule.modules());
        String what = back.isEmpty() ? modules(now.absent()) + " gone" : modules(back) + " back";
        rule.await(now);
        try {
            CompiledRule compiled = compile(rule.source());
            Optional<Duration> left = rule.deadline() == 0 ? Optional.empty()
                    : Optional.of(Duration.ofNanos(rule.deadline() - System.nanoTime()));
            LiveRule next = load(rule.id(), rule.source(), rule.text(), compiled, blocks.get(rule.id()), left, rule.armed());
            next.continues(rule);
            next.follows(rule.source(), next.modules().with(now));
            notes.accept(what + ": " + rule.name() + " is attached " + (waited ? "again" : "anew") + ", to " + count(next));
        } catch (RuntimeException cannot) {
            notes.accept(what + (back.isEmpty() ? ": " + rule.name() + " waits until it is back"
                    : ", but " + rule.name() + " cannot be attached: " + cannot.getMessage()));
        }
    }

    private static String modules(List<String> names) {
        return (names.size() == 1 ? "module " : "modules ") + String.join(", ", names) + (names.size() == 1 ? " is" : " are");
    }

    public static Failure nameTaken(String name) {
        return new Failure("there is a rule named '" + name + "' already", "detach " + name);
    }

    public static Failure noRule(String name) {
        return new Failure("no rule '" + name + "'", "list shows them");
    }

    private Owner owner() {
        if (owner == null) {
            owner = new Owner(counters(), blocks(), new Owner.Listener() {
                @Override
                public void disarmed() {
                    giveUp("this session did not answer for 10 seconds; all its rules were disarmed by its watchdog and are detached");
                }

                @Override
                public void unwatched() {
                    giveUp("regsh-watchdog has ended and cannot be started again; all rules are detached");
                }
            });
        }
        return owner;
    }

    private void giveUp(String why) {
        lostRules = true;
        snapshot.forEach(rule -> rule.arm(false));
        notes.accept(why);
        snapshot.forEach(this::detach);
    }

    /** Rules of this session were ended without its user having asked: what was tested with them was not. */
    public synchronized boolean lostRules() {
        return lostRules || (owner != null && owner.hasHung());
    }

    private BpfMap counters() {
        if (counters == null) {
            counters = new BpfMap(MapSpec.Type.ARRAY.number(), "regsh_counters", 4, (MAX_RULES + 1) * CounterLayout.SIZE, 1,
                    BpfMap.MMAPABLE);
        }
        return counters;
    }

    /** A rule's counters, zeroed. */
    private ByteBuffer zeroed(int number) {
        ByteBuffer block = block(number);
        for (int at = 0; at < CounterLayout.SIZE; at += 8) {
            block.putLong(at, 0);
        }
        return block;
    }

    private ByteBuffer block(int number) {
        return blocks().slice(number * CounterLayout.SIZE, CounterLayout.SIZE).order(ByteOrder.nativeOrder());
    }

    /** Of all rules, and one of the watchdog. */
    private ByteBuffer blocks() {
        return counters().mapped((MAX_RULES + 1L) * CounterLayout.SIZE);
    }

    /** In order of their numbers; does not wait for what the session is doing. */
    public Collection<LiveRule> rules() {
        return snapshot;
    }

    /** By number or name; null: there is none. */
    public LiveRule find(String name) {
        for (LiveRule rule : snapshot) {
            if (rule.name().equals(name) || Integer.toString(rule.id()).equals(name)) {
                return rule;
            }
        }
        return null;
    }

    /** The same, or the last of that name whose time was over ({@code for}) and whose counters are still there. */
    public LiveRule findCounted(String name) {
        LiveRule live = find(name);
        if (live != null) {
            return live;
        }
        synchronized (ended) {
            return ended.get(name);
        }
    }

    /** Tells of errors that nobody was told of, and takes away the rules whose time is over. */
    public void look() {
        for (PendingRule rule : pending.values()) {
            if (symbols.loaded(rule.module())) {
                attachAwaited(rule);
            }
        }
        for (LiveRule rule : snapshot) {
            tellNews(rule);
            if (!rule.modules().none()) {
                followModules(rule);
            }
            if (rule.over() && remove(rule, true)) {
                afterRemoval(rule);
                notes.accept(rule.name() + ": its time is over; fired " + rule.fired() + "; it is detached");
            }
        }
    }

    private void tellNews(LiveRule rule) {
        rule.news().ifPresent(words -> notes.accept(rule.name() + ": " + words));
    }

    /** What its rules log. */
    public EventHub events() {
        return events;
    }

    /** Tells of what happens to its rules without its user having asked. */
    public void onNote(Consumer<String> listener) {
        notes = listener;
    }

    /** Pins a rule so that it outlives this session, which does not know it any more then; gives the name it is kept by. */
    public synchronized String keep(LiveRule rule) {
        rule.compiled().everybodys().ifPresent(what -> {
            throw new Failure("'" + rule.name() + "' cannot be kept: " + what + ", the regsh too that is to detach it",
                    "narrow it with pid, comm, cgroup, caller or when");
        });
        if (rule.waiting()) {
            throw new Failure("'" + rule.name() + "' cannot be kept: nothing of it is attached while " + modules(rule.absent()) + " gone",
                    rule.absent().isEmpty() ? "" : "modprobe " + rule.absent().get(0));
        }
        String name = KeptRule.keep(rule, RuleFields.of(rule), counters(), blocks.get(rule.id())).name();
        rules.remove(rule.id());
        snapshot = List.copyOf(rules.values());
        // Its block of counters is never used again here.
        Owner.leaves(block(blocks.remove(rule.id())));
        lost++;
        rule.release();
        return name;
    }

    /** One that is detached already is only forgotten. */
    public void detach(LiveRule rule) {
        if (remove(rule, false)) {
            afterRemoval(rule);
        } else {
            synchronized (ended) {
                ended.remove(rule.name(), rule);
            }
        }
    }

    private void afterRemoval(LiveRule rule) {
        tellNews(rule);
        rule.stillIn().ifPresent(module -> notes.accept("module " + module + " stays loaded until the tasks that "
                + rule.name() + " has sent there have left it"));
        // Not under the lock: whoever takes an event may ask this session about it.
        if (rule.compiled().emits()) {
            events.drain();
        }
    }

    /** @param ends its counters can still be asked for, at every moment */
    private synchronized boolean remove(LiveRule rule, boolean ends) {
        if (rules.remove(rule.id()) == null) {
            return false;
        }
        if (ends) {
            synchronized (ended) {
                ended.put(rule.name(), rule);
            }
        }
        snapshot = List.copyOf(rules.values());
        rule.close();
        freeBlocks.push(blocks.remove(rule.id()));
        return true;
    }

    /**
     * Nothing acts any more when it has begun, and nothing is attached when it returns. A terminal that takes no output keeps the
     * last events from being shown, not this from ending.
     */
    @Override
    public void close() {
        // At once for all of them: the kernel takes some 100 ms to detach each.
        Collection<LiveRule> last = rules();
        last.forEach(rule -> rule.arm(false));
        last.forEach(rule -> remove(rule, false));
        tellLast(last);
        synchronized (this) {
            events.close();
            if (peers != null) {
                peers.close();
                watch.close();
            }
            programs.close();
            if (owner != null) {
                owner.close();
            }
        }
    }

    private void tellLast(Collection<LiveRule> last) {
        Thread drain = new Thread(() -> {
            last.forEach(this::tellNews);
            events.drain();
        }, "last events");
        drain.setDaemon(true);
        drain.start();
        try {
            drain.join(LONGEST_DRAIN_MILLIS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
