// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.typed;

import dev.regsh.grammar.expression.BinaryOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A typed rule in words, for {@code plan}: every cast, width and address that the compiler found is written out. */
public final class Describe {
    private Describe() {}

    /** A line for each part, in the order in which they are carried out. */
    public static List<String> rule(TypedRule rule) {
        List<String> lines = new ArrayList<>();
        rule.selectors().forEach(selector -> lines.add(selector(selector)));
        TypedRule.Turn turn = rule.turn();
        if (turn.skip() > 0) {
            lines.add("skip the first " + turn.skip());
        }
        if (turn.every() > 1) {
            lines.add("every " + turn.every() + "th");
        }
        if (turn.millionths() != TypedRule.Turn.ALWAYS) {
            lines.add("chance " + turn.millionths() + " in a million");
        }
        if (turn.limit() != TypedRule.Turn.UNLIMITED) {
            lines.add("at most " + turn.limit());
        }
        rule.memory().forEach(write -> lines.add(place(write.place()) + " = " + expression(write.value())));
        rule.registers().forEach(write -> lines.add(write.register().name() + " = " + expression(write.value())
                + (write.label().equals(write.register().name()) ? "" : " (" + write.label() + ")")));
        rule.result().ifPresent(value -> lines.add("return " + expression(value)));
        rule.jump().ifPresent(jump -> lines.add("go to " + jump.function() + (rule.user() ? " at rip"
                + (jump.target() < 0 ? "-" : "+")
                + "0x" + Long.toHexString(Math.abs(jump.target())) : " at 0x" + Long.toHexString(jump.target()))));
        rule.signal().ifPresent(number -> lines.add("send signal " + number));
        rule.log().ifPresent(values -> lines.add(values.isEmpty() ? "log" : "log " + values.stream().map(Describe::logged)
                .collect(Collectors.joining(", "))));
        if (rule.dry()) {
            lines.add("dry: counts and logs this, changes nothing");
        }
        return lines;
    }

    private static String selector(Selector selector) {
        if (selector instanceof Selector.OneOf s) {
            return "when " + s.values().stream().map(value -> s.name().keyword() + " == " + value)
                    .collect(Collectors.joining(" || "));
        } else if (selector instanceof Selector.Comm s) {
            return "when comm == \"" + s.name() + "\"";
        } else if (selector instanceof Selector.Cgroup s) {
            return "when in cgroup " + s.cgroup().id() + " at level " + s.cgroup().level();
        } else if (selector instanceof Selector.Caller s) {
            String start = s.user() ? "rip" + (s.start() < 0 ? "-" : "+") : "";
            return "when called from " + start + "0x" + Long.toHexString(s.user() ? Math.abs(s.start()) : s.start()) + ", "
                    + s.size() + " bytes";
        } else if (selector instanceof Selector.When s) {
            return "when " + expression(s.condition());
        }
        return "until the time is over";
    }

    private static String logged(TypedRule.Logged value) {
        return value instanceof TypedRule.Logged.Number number ? expression(number.value())
                : source(((TypedRule.Logged.Text) value).source());
    }

    private static String source(StringSource source) {
        return source instanceof StringSource.Memory memory
                ? (memory.user() ? "user " : "") + "str(" + expression(memory.address()) + ")" : "comm";
    }

    private static String place(MemoryOperand place) {
        String address = expression(place.address());
        String offset = place.offset() == 0 ? "" : place.offset() < 0 ? " - " + -place.offset() : " + " + place.offset();
        String bits = place.isBitField() ? " bits " + place.shift() + " to " + (place.shift() + place.bits() - 1) : "";
        return (place.user() ? "user " : "") + type(place.bytes(), place.signed()) + "[" + address + offset + "]" + bits;
    }

    private static String type(int bytes, boolean signed) {
        return (signed ? "s" : "u") + bytes * 8;
    }

    static String expression(Expr expression) {
        if (expression instanceof Expr.Constant e) {
            return e.signed() && Math.abs(e.value()) < 1 << 16 ? Long.toString(e.value()) : "0x"
                    + Long.toHexString(e.value());
        } else if (expression instanceof Expr.RegisterValue e) {
            return e.register().name();
        } else if (expression instanceof Expr.Context e) {
            return e.name().keyword();
        } else if (expression instanceof Expr.EntryValue e) {
            return e.register().name() + " at entry";
        } else if (expression instanceof Expr.Cast e) {
            return "(" + type(e.bytes(), e.signed()) + ")" + expression(e.operand());
        } else if (expression instanceof Expr.Negate e) {
            return "-" + expression(e.operand());
        } else if (expression instanceof Expr.Complement e) {
            return "~" + expression(e.operand());
        } else if (expression instanceof Expr.Not e) {
            return "!" + expression(e.operand());
        } else if (expression instanceof Expr.Load e) {
            return place(e.place());
        } else if (expression instanceof Expr.Choice e) {
            return "(" + expression(e.condition()) + " ? " + expression(e.then()) + " : " + expression(e.otherwise()) + ")";
        } else if (expression instanceof Expr.Binary e) {
            boolean depends = switch (e.operator()) {
                case DIVIDE, REMAINDER, SHIFT_RIGHT, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> true;
                default -> false;
            };
            return "(" + expression(e.left()) + " " + (depends && e.asSigned() ? "s" : "") + e.operator().symbol() + " "
                    + expression(e.right()) + ")";
        }
        Expr.StringTest test = (Expr.StringTest) expression;
        BinaryOperator operator = test.glob() ? BinaryOperator.MATCH : test.negated() ? BinaryOperator.NOT_EQUAL
                : BinaryOperator.EQUAL;
        return source(test.source()) + " " + operator.symbol() + " \"" + test.text() + "\"";
    }
}
