// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.typed;

import dev.regsh.bpf.register.Register;
import dev.regsh.grammar.source.Span;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A rule at one probe, everything resolved and checked. Rules of a glob that are equal here share a program.
 *
 * @param user the probe is in a user program
 * @param forced the session's own threads are hit too, and at a user function the init process
 * @param registers what {@code set} writes, and in a return probe {@code ret=}
 * @param result what {@code ret=} at an entry returns instead of running the function
 * @param log the values to log; empty: no {@code log}
 * @param errnos the labels of the values that may be negated errnos
 */
public record TypedRule(boolean dry, Returning returning, boolean user, boolean forced, List<Selector> selectors, Turn turn,
        List<RegisterWrite> registers, Optional<Expr> result, Optional<Jump> jump, List<MemoryWrite> memory,
        OptionalInt signal, Optional<List<Logged>> log, Set<String> errnos) {

    /**
     * Which hits fire.
     *
     * @param skip this many first hits do not; 0: none
     * @param every only each so-manyth does, beginning with the first; 1: all
     * @param millionths the chance; {@link #ALWAYS}: no {@code chance}
     * @param limit so many fire in all; {@link #UNLIMITED}: no {@code limit}
     * @param where each of these stands, in this order
     */
    public record Turn(long skip, long every, int millionths, long limit, List<Span> where) {
        public static final int ALWAYS = 1_000_000;
        public static final long UNLIMITED = -1;

        public boolean everyHitFires() {
            return skip == 0 && every == 1 && millionths == ALWAYS && limit == UNLIMITED;
        }

        public boolean numbered() {
            return skip > 0 || every > 1;
        }
    }

    /**
     * A new value of a register or of a part of it.
     *
     * @param old what it holds before, for showing
     * @param label as the source names it
     */
    public record RegisterWrite(Register register, Expr value, Expr old, String label, Span span) {}

    public record MemoryWrite(MemoryOperand place, Expr value, String label, Span span) {}

    /**
     * Where execution goes on.
     *
     * @param target an address, or in a user program the distance from the probed instruction
     */
    public record Jump(String function, long target, Span span) {}

    /** One value of {@code log}: a number or a string. */
    public sealed interface Logged {
        /** What is done with each kind of value. */
        interface Visitor<R> {
            R visitNumber(Number value);

            R visitText(Text value);
        }

        <R> R accept(Visitor<R> visitor);

        String label();

        /** What it is made of. */
        List<Expr> operands();

        record Number(String label, Expr value, boolean pointer) implements Logged {
            @Override
            public List<Expr> operands() {
                return List.of(value);
            }

            @Override
            public <R> R accept(Visitor<R> visitor) {
                return visitor.visitNumber(this);
            }
        }

        record Text(String label, StringSource source, Span span) implements Logged {
            @Override
            public List<Expr> operands() {
                return source.operands();
            }

            @Override
            public <R> R accept(Visitor<R> visitor) {
                return visitor.visitText(this);
            }
        }
    }

    public TypedRule {
        selectors = List.copyOf(selectors);
        registers = List.copyOf(registers);
        memory = List.copyOf(memory);
        errnos = Set.copyOf(errnos);
    }

    /** At the function's return, not at its entry or inside. */
    public boolean after() {
        return returning.after();
    }

    /** The same at the return of functions it ends in. */
    public TypedRule atLastCalls() {
        return new TypedRule(dry, Returning.AT_LAST_CALLS, user, forced, selectors, turn, registers, result, jump, memory,
                signal, log, errnos);
    }

    /** It changes something, if it is not dry. */
    public boolean acts() {
        return !registers.isEmpty() || result.isPresent() || jump.isPresent() || !memory.isEmpty() || signal.isPresent();
    }

    public boolean emits() {
        return dry || log.isPresent();
    }

    /** The registers whose values at the entry a rule at the return asks for. */
    public Set<Register> entryRegisters() {
        Set<Register> found = new HashSet<>();
        if (after()) {
            expressions().flatMap(Expr::all).forEach(expression -> {
                if (expression instanceof Expr.EntryValue entry) {
                    found.add(entry.register());
                }
            });
        }
        return found;
    }

    /** Whether deciding if the rule applies reads memory, which may fail. */
    public boolean selectorsRead() {
        return selectors.stream().anyMatch(Selector::reads);
    }

    private Stream<Expr> expressions() {
        return Stream.of(selectors.stream().flatMap(selector -> selector.operands().stream()),
                registers.stream().map(RegisterWrite::value), result.stream(),
                memory.stream().flatMap(write -> Stream.of(write.place().address(), write.value())),
                log.stream().flatMap(List::stream).flatMap(value -> value.operands().stream())).flatMap(parts -> parts);
    }
}
