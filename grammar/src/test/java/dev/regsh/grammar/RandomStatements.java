// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar;

import dev.regsh.base.errno.Errno;
import dev.regsh.grammar.clause.AsClause;
import dev.regsh.grammar.clause.Assignment;
import dev.regsh.grammar.clause.CallerClause;
import dev.regsh.grammar.clause.CgroupClause;
import dev.regsh.grammar.clause.ChanceClause;
import dev.regsh.grammar.clause.Clause;
import dev.regsh.grammar.clause.CommClause;
import dev.regsh.grammar.clause.EveryClause;
import dev.regsh.grammar.clause.ForClause;
import dev.regsh.grammar.clause.ForceClause;
import dev.regsh.grammar.clause.GotoClause;
import dev.regsh.grammar.clause.LimitClause;
import dev.regsh.grammar.clause.LogClause;
import dev.regsh.grammar.clause.PidClause;
import dev.regsh.grammar.clause.RetClause;
import dev.regsh.grammar.clause.SetClause;
import dev.regsh.grammar.clause.SignalClause;
import dev.regsh.grammar.clause.SkipClause;
import dev.regsh.grammar.clause.TidClause;
import dev.regsh.grammar.clause.UidClause;
import dev.regsh.grammar.clause.WhenClause;
import dev.regsh.grammar.clause.WriteClause;
import dev.regsh.grammar.expression.BinaryOperator;
import dev.regsh.grammar.expression.Expression;
import dev.regsh.grammar.expression.IntType;
import dev.regsh.grammar.expression.UnaryOperator;
import dev.regsh.grammar.probe.FunctionName;
import dev.regsh.grammar.probe.Probe;
import dev.regsh.grammar.source.Span;
import dev.regsh.grammar.statement.Rule;
import dev.regsh.grammar.statement.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Trees such as the parser makes, of every kind of node, words of the language used as names among them. */
public final class RandomStatements {
    private static final Span NOWHERE = Span.NONE;
    /** Names that are also words of the language, beside ordinary ones. */
    private static final List<String> NAMES = List.of("rdi", "count", "ret", "pid", "tid", "uid", "comm", "skip", "every",
            "limit", "chance", "for", "set", "write", "signal", "log", "as", "force", "user", "str", "when", "on", "after",
            "dry", "expect", "hits", "fired", "stop", "x", "_y1", "cgroup");
    private static final List<String> TEXTS = List.of("", "cat", "a b", "*x?", "\"", "\\", "${x}", "$", "\n\t\r", "\u0001\u007f",
            "\u00e9\ud83d\ude00", "#;", "\\x41", "(");

    private final Random random;

    public RandomStatements(Random random) {
        this.random = random;
    }

    public Statement next() {
        return switch (random.nextInt(12)) {
            case 0 -> new Statement.Expect(expression(4, true), NOWHERE);
            case 1 -> new Statement.Sleep(duration(), NOWHERE);
            case 2 -> new Statement.Wait(name(), number(), NOWHERE);
            case 3 -> new Statement.Let(name(), expression(3, true), NOWHERE);
            case 4 -> new Statement.OnError(random.nextBoolean(), NOWHERE);
            case 5 -> new Statement.Shell("echo " + pick(List.of("a; b # c", "\"", "(", "$x ${y}")), NOWHERE);
            default -> rule();
        };
    }

    public Rule rule() {
        List<Clause> clauses = new ArrayList<>();
        Set<Class<?>> kinds = new HashSet<>();
        Set<String> targets = new HashSet<>();
        for (int n = random.nextInt(7); n > 0; n--) {
            Clause clause = clause(targets);
            boolean twice = !(clause instanceof WriteClause || clause instanceof SetClause) && !kinds.add(clause.getClass());
            if (!twice) {
                clauses.add(clause);
            }
        }
        if (kinds.contains(RetClause.class)) {
            clauses.removeIf(GotoClause.class::isInstance);
        }
        return new Rule(random.nextBoolean(), random.nextBoolean(), probe(), List.copyOf(clauses), NOWHERE);
    }

    private Clause clause(Set<String> targets) {
        return switch (random.nextInt(21)) {
            case 0, 1 -> set(targets);
            case 2 -> new RetClause(expression(3, false), NOWHERE);
            case 3 -> new WhenClause(expression(4, false), NOWHERE);
            case 4 -> new PidClause(Collections.nCopies(1 + random.nextInt(3), id()), NOWHERE);
            case 5 -> new TidClause(id(), NOWHERE);
            case 6 -> new UidClause(id(), NOWHERE);
            case 7 -> new CommClause(pick(TEXTS), NOWHERE);
            case 8 -> new CgroupClause(pick(List.of("/", "/a.slice/b", "a b", "/x;y", "/${z}", "", "/\u00e9")), NOWHERE);
            case 9 -> new CallerClause(function(), NOWHERE);
            case 10 -> new SkipClause(number(), NOWHERE);
            case 11 -> new EveryClause(1 + random.nextInt(9), NOWHERE);
            case 12 -> new LimitClause(number(), NOWHERE);
            case 13 -> new ChanceClause(random.nextInt(1_000_001), NOWHERE);
            case 14 -> new ForClause(duration(), NOWHERE);
            case 15 -> new GotoClause(function(), NOWHERE);
            case 16 -> new WriteClause(place(), expression(2, false), NOWHERE);
            case 17 -> new SignalClause(pick(List.of("KILL", "USR1", "log", "stop")), NOWHERE);
            case 18 -> new LogClause(expressions(), NOWHERE);
            case 19 -> new AsClause(name(), NOWHERE);
            default -> new ForceClause(NOWHERE);
        };
    }

    private Clause set(Set<String> targets) {
        List<Assignment> assignments = new ArrayList<>();
        for (int n = random.nextInt(4); n >= 0; n--) {
            boolean parameter = random.nextInt(4) == 0;
            String target = name();
            if ((parameter || !target.equals("ret")) && targets.add((parameter ? "$" : "") + target)) {
                assignments.add(new Assignment(target, parameter, expression(3, false), NOWHERE, NOWHERE));
            }
        }
        return assignments.isEmpty() ? new ForceClause(NOWHERE) : new SetClause(List.copyOf(assignments), NOWHERE);
    }

    private Expression place() {
        Expression base = expression(2, false);
        return switch (random.nextInt(3)) {
            case 0 -> new Expression.Memory(type(), random.nextBoolean(), base, NOWHERE);
            case 1 -> new Expression.Field(base, random.nextBoolean(), name(), NOWHERE);
            default -> new Expression.Index(base, expression(1, false), NOWHERE);
        };
    }

    private List<Expression> expressions() {
        List<Expression> all = new ArrayList<>();
        for (int n = random.nextInt(4); n > 0; n--) {
            all.add(expression(3, false));
        }
        return List.copyOf(all);
    }

    public Expression expression(int depth, boolean counters) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return leaf(counters);
        }
        Expression first = expression(depth - 1, counters);
        return switch (random.nextInt(11)) {
            case 0 -> new Expression.Memory(type(), random.nextBoolean(), first, NOWHERE);
            case 1 -> new Expression.Field(first, random.nextBoolean(), pick(List.of("goto", "caller", "u8", name())), NOWHERE);
            case 2 -> new Expression.Index(first, expression(depth - 1, counters), NOWHERE);
            case 3 -> new Expression.Str(random.nextBoolean(), first, NOWHERE);
            case 4 -> new Expression.Cast(type(), first, NOWHERE);
            case 5 -> unary(first);
            case 6 -> new Expression.Conditional(first, expression(depth - 1, counters), expression(depth - 1, counters), NOWHERE);
            default ->
                new Expression.Binary(pick(List.of(BinaryOperator.values())), first, expression(depth - 1, counters), NOWHERE);
        };
    }

    /** A minus and an errno's name are an {@code Errno}, never these two. */
    private Expression unary(Expression operand) {
        boolean errno = operand instanceof Expression.Name name && !name.parameter() && Errno.number(name.name()).isPresent();
        return errno ? operand : new Expression.Unary(pick(List.of(UnaryOperator.values())), operand, NOWHERE);
    }

    private Expression leaf(boolean counters) {
        return switch (random.nextInt(counters ? 6 : 5)) {
            case 0 -> new Expression.Literal(random.nextBoolean() ? random.nextLong() : number(), NOWHERE);
            case 1 -> new Expression.Errno(pick(Errno.all()).name(), NOWHERE);
            case 2 -> new Expression.Text(pick(TEXTS), NOWHERE);
            case 3, 4 -> name(random.nextInt(3) == 0);
            default -> new Expression.Counter(pick(List.of("hits", "fired")), name(), NOWHERE);
        };
    }

    private Expression name(boolean parameter) {
        return new Expression.Name(random.nextInt(20) == 0 ? pick(List.of("caller", "goto", "ENOMEM")) : name(), parameter,
                NOWHERE);
    }

    private Probe probe() {
        Optional<String> module = random.nextBoolean() ? Optional.of(pick(List.of("btrfs", "8021q", "a_b"))) : Optional.empty();
        long offset = random.nextBoolean() ? 0 : random.nextInt(1 << 20);
        String path = pick(
                List.of("/bin/sh", "./a", "libc.so.6", "/a b/c", "/x:y", "/x+1", "\"", "\\/", "/${x}", "/\u00e9#;", "(/"));
        return switch (random.nextInt(4)) {
            case 0 -> new Probe.KernelFunction(module, pick(List.of("f", "f.isra.0", "on", "set")), random.nextInt(2) * 0x1234L,
                    offset, NOWHERE);
            case 1 -> new Probe.KernelGlob(module, pick(List.of("*", "vfs_*", "?x.*")), NOWHERE);
            case 2 ->
                new Probe.UserSymbol(path, pick(List.of("malloc@GLIBC_2.2.5", "f", "std::f(int) const", "a+5")), offset, NOWHERE);
            default -> new Probe.UserOffset(path, offset, NOWHERE);
        };
    }

    private FunctionName function() {
        return new FunctionName(random.nextBoolean() ? Optional.of("btrfs") : Optional.empty(),
                pick(List.of("g", "g.part.1", "log")),
                random.nextInt(2) * 0xffffffff81000000L, NOWHERE);
    }

    private Duration duration() {
        return Duration.ofNanos(pick(List.of(1L, 1_000L, 1_000_000L, 1_000_000_000L, 60_000_000_000L, 3_600_000_000_000L))
                * random.nextInt(2_000));
    }

    private long number() {
        return pick(List.of(0L, 1L, 42L, 4096L, 0xffffffffL, 0x100000000L, Long.MAX_VALUE));
    }

    private long id() {
        return pick(List.of(0L, 1L, 65_536L, 0xffffffffL));
    }

    private IntType type() {
        return pick(List.of(IntType.values()));
    }

    private String name() {
        return pick(NAMES);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
