// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.integration;

import dev.regsh.bpf.register.Architecture;
import dev.regsh.bpf.register.Register;
import dev.regsh.grammar.expression.BinaryOperator;
import dev.regsh.grammar.expression.Expression;
import dev.regsh.grammar.expression.IntType;
import dev.regsh.grammar.expression.UnaryOperator;
import dev.regsh.grammar.source.Span;
import java.util.List;
import java.util.Random;

/** Random expressions; not all of them are well-typed. Memory is read near the address in {@link #base}. */
final class RandomExpressions {
    static final long UNREADABLE = 0x10;

    private static final long[] NUMBERS = {0, 1, 2, 3, 7, 8, 31, 32, 63, 64, 65, 127, 128, 255, 256, 32767, 65535, 65536,
        Integer.MAX_VALUE, 0x8000_0000L, 0xffff_ffffL, 0x1_0000_0000L, Long.MAX_VALUE, Long.MIN_VALUE, -1L};
    private static final List<String> ERRNOS = List.of("ENOMEM", "EPERM", "EIO", "EAGAIN");
    private static final List<String> CONTEXT = List.of("pid", "tid", "uid", "gid", "cgroup", "hits", "arg0", "arg3");
    static final List<String> TEXTS = List.of("", "a", "abc", "main", "java", "regsh test", "abcabcabcabcabc",
            "/etc/passwd");
    private static final List<String> GLOBS = List.of("*", "a*", "*a", "*b*", "?", "???", "", "abc", "a?c", "*a*a*", "?*",
            "**", "m*n", "/etc/*d", "*test", "a*b*c*");

    private final Random random;
    private final boolean user;
    private final List<Register> registers;
    private final String base;

    RandomExpressions(Random random, boolean user, Architecture architecture) {
        this.random = random;
        this.user = user;
        registers = List.copyOf(architecture.registers().all());
        base = base(architecture);
    }

    /** The register that holds an address of readable memory. */
    static String base(Architecture architecture) {
        return architecture == Architecture.ARM64 ? "x29" : "r15";
    }

    Expression next(int depth) {
        int kind = random.nextInt(depth <= 0 ? 6 : 20);
        if (kind < 2) {
            return number();
        } else if (kind < 5) {
            return name(registers.get(random.nextInt(registers.size())).name());
        } else if (kind == 5) {
            return random.nextInt(6) == 0 ? new Expression.Errno(pick(ERRNOS), Span.NONE) : name(pick(CONTEXT));
        } else if (kind < 8) {
            return new Expression.Unary(UnaryOperator.values()[random.nextInt(4)], next(depth - 1), Span.NONE);
        } else if (kind < 10) {
            return new Expression.Cast(type(), next(depth - 1), Span.NONE);
        } else if (kind == 10) {
            return new Expression.Conditional(next(depth - 1), next(depth - 1), next(depth - 1), Span.NONE);
        } else if (kind == 11) {
            return new Expression.Memory(type(), user, address(depth), Span.NONE);
        } else if (kind == 12) {
            return text(depth);
        }
        BinaryOperator[] operators = BinaryOperator.values();
        return binary(operators[random.nextInt(operators.length)], next(depth - 1), next(depth - 1));
    }

    /** Always in the memory around the base, or, seldom, nowhere. */
    Expression address(int depth) {
        if (random.nextInt(150) == 0) {
            return literal(UNREADABLE);
        }
        return binary(BinaryOperator.ADD, name(base), binary(BinaryOperator.BIT_AND, next(depth - 1), literal(63)));
    }

    private Expression text(int depth) {
        Expression source = random.nextInt(3) == 0 ? name("comm") : new Expression.Str(user, address(depth), Span.NONE);
        boolean glob = random.nextBoolean();
        Expression wanted = new Expression.Text(glob ? pick(GLOBS) : pick(TEXTS), Span.NONE);
        return binary(glob ? BinaryOperator.MATCH : random.nextBoolean() ? BinaryOperator.EQUAL : BinaryOperator.NOT_EQUAL,
                source, wanted);
    }

    private Expression number() {
        return literal(random.nextInt(3) == 0 ? random.nextLong() : NUMBERS[random.nextInt(NUMBERS.length)]);
    }

    private IntType type() {
        return IntType.values()[random.nextInt(8)];
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** A value for a register. */
    long word() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextInt(1000) - 500;
            case 2 -> random.nextInt();
            default -> NUMBERS[random.nextInt(NUMBERS.length)];
        };
    }

    static Expression literal(long value) {
        return new Expression.Literal(value, Span.NONE);
    }

    static Expression name(String name) {
        return new Expression.Name(name, false, Span.NONE);
    }

    static Expression binary(BinaryOperator operator, Expression left, Expression right) {
        return new Expression.Binary(operator, left, right, Span.NONE);
    }
}
