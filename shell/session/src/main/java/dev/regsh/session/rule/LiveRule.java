// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.rule;

import dev.regsh.bpf.compile.CompiledRule;
import dev.regsh.bpf.program.LeftOut;
import dev.regsh.grammar.statement.Rule;
import dev.regsh.session.attach.Attachment;
import dev.regsh.session.counter.CounterBlock;
import dev.regsh.session.module.RuleModules;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An attached rule: what it says, what of it is in the kernel, its block of counters. */
public final class LiveRule implements AutoCloseable {
    private final int id;
    private final Rule source;
    private final long attachedAt = System.nanoTime();
    /** Its block; once it is over, a copy, since another rule may get the block. */
    private volatile CounterBlock block;
    private volatile Attachment attachment;
    private volatile RuleModules modules;
    /** Nothing of it is attached, since a module is gone. */
    private volatile boolean waiting;
    private boolean ended;
    /** What its attachments before this one have missed. */
    private volatile long missedBefore;
    /** The last errors that somebody was told of. */
    private final Set<Long> told = ConcurrentHashMap.newKeySet();
    private volatile Optional<String> stillIn = Optional.empty();

    /**
     * @param source what it was made of
     * @param modules those it needs
     */
    public LiveRule(int id, Rule source, Attachment attachment, CounterBlock block, RuleModules modules) {
        this.id = id;
        this.source = source;
        this.attachment = attachment;
        this.block = block;
        this.modules = modules;
    }

    public int id() {
        return id;
    }

    /** Its name, or its number where it was given none. */
    public String name() {
        return attachment.rule();
    }

    boolean is(String name) {
        return name().equals(name) || Integer.toString(id).equals(name);
    }

    /** Its canonical text, on one line. */
    public String text() {
        return source.written();
    }

    public Rule source() {
        return source;
    }

    public CompiledRule compiled() {
        return attachment.compiled();
    }

    /** What of it is in the kernel, or was last. */
    public Attachment attachment() {
        return attachment;
    }

    public CounterBlock block() {
        return block;
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
            arm(false);
            attachment.close();
            stillIn = attachment.letGo();
            arm(armed);
        }
    }

    /** Attached to what there is now, it goes on. */
    public void resume(Attachment anew, RuleModules needed) {
        missedBefore += attachment.missed();
        attachment = anew;
        modules = needed;
        waiting = false;
    }

    /** Nothing of it is attached until a module is back. */
    public boolean waiting() {
        return waiting;
    }

    /** The modules that are not there, though it needs them. */
    public List<String> absent() {
        return modules.absent();
    }

    /** How long it still acts ({@code for}); empty: as long as it is attached. */
    public Optional<Duration> left() {
        long deadline = block.deadline();
        return deadline == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(deadline - System.nanoTime()));
    }

    /** Functions that its glob matches and that it is not attached to. */
    public List<LeftOut> leftOut() {
        return attachment.leftOut();
    }

    /** How many functions it is attached to. */
    public int functions() {
        return waiting ? 0 : attachment.functions();
    }

    /** Seconds since it was attached. */
    public long age() {
        return (System.nanoTime() - attachedAt) / 1_000_000_000L;
    }

    public boolean armed() {
        return block.armed();
    }

    public void arm(boolean armed) {
        block.arm(armed);
    }

    public long hits() {
        return block.hits();
    }

    public long fired() {
        return block.fired(compiled().firedIsHits());
    }

    public long errors() {
        return block.errors();
    }

    /** The last error as a negative errno; 0: none. */
    public long lastError() {
        return (int) block.lastError();
    }

    /** What the last error was of, in words; empty: there was none. */
    public Optional<String> lastFailure() {
        return block.lastFailure(compiled().failing());
    }

    /** The last error in words, once for each part of the rule that fails; empty: there is nothing new. */
    public Optional<String> news() {
        long last = block.lastError();
        return last != 0 && told.add(last) ? lastFailure() : Optional.empty();
    }

    /** Events that found no room. */
    public long dropped() {
        return block.dropped();
    }

    /** Hits the kernel dropped since another program ran on that CPU, or returns of more calls at once than it remembers. */
    public long missed() {
        return missedBefore + attachment.missed() + block.unkept();
    }

    /** {@code for} has detached it, or somebody has. */
    public boolean over() {
        return (waiting && !ended) ? block.late() : attachment.over();
    }

    /** {@code armed}, {@code disarmed}, {@code gone} while it is {@link #waiting}, or {@code expired} once it is {@link #over}. */
    public String state() {
        return over() ? "expired" : waiting ? "gone" : armed() ? "armed" : "disarmed";
    }

    /** The module that stays loaded after {@link #close}, since a task is where the rule has sent it; empty: none. */
    public Optional<String> stillIn() {
        return stillIn;
    }

    /** Lets go of it without detaching what is pinned; its block may go on counting, here it does no more. */
    public void release() {
        attachment.release();
        end();
    }

    /** Disarmed first, so that no program of it acts while the others are still being detached. */
    @Override
    public void close() {
        arm(false);
        attachment.close();
        end();
        stillIn = attachment.letGo();
    }

    private void end() {
        if (!ended) {
            ended = true;
            block = block.copy();
        }
    }
}
