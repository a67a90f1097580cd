// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.plan;

import dev.regsh.bpf.register.Architecture;
import dev.regsh.bpf.typed.Selector;
import dev.regsh.bpf.typed.TypedRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A typed rule in words, for {@code plan}: every cast, width and address that the compiler found is written out. */
public final class RuleDescription {
    private RuleDescription() {}

    /** A line for each part, in the order in which they are carried out. */
    public static List<String> of(TypedRule rule) {
        List<String> lines = new ArrayList<>();
        rule.selectors().forEach(selector -> lines.add(selector.accept(SELECTORS)));
        turn(rule.turn(), lines);
        rule.memory().forEach(write -> lines.add(ExpressionText.of(write.place()) + " = " + ExpressionText.of(write.value())));
        rule.registers().forEach(write -> lines.add(write.register().name() + " = " + ExpressionText.of(write.value())
                + (write.label().equals(write.register().name()) ? "" : " (" + write.label() + ")")));
        rule.result().ifPresent(value -> lines.add("return " + ExpressionText.of(value)));
        rule.jump().ifPresent(jump -> lines.add("go to " + jump.function() + " at " + address(jump.target(), rule.user())));
        rule.signal().ifPresent(number -> lines.add("send signal " + number));
        rule.log().ifPresent(values -> lines.add(values.isEmpty() ? "log" : "log " + values.stream()
                .map(value -> value.accept(LOGGED)).collect(Collectors.joining(", "))));
        if (rule.dry()) {
            lines.add("dry: counts and logs this, changes nothing");
        }
        return lines;
    }

    private static void turn(TypedRule.Turn turn, List<String> lines) {
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
    }

    /** @param fromProbe it is a distance from the probed instruction */
    private static String address(long address, boolean fromProbe) {
        return fromProbe ? pointer() + (address < 0 ? "-" : "+") + "0x" + Long.toHexString(Math.abs(address))
                : "0x" + Long.toHexString(address);
    }

    private static String pointer() {
        return Architecture.ofThisMachine().registers().instructionPointer().name();
    }

    private static final TypedRule.Logged.Visitor<String> LOGGED = new TypedRule.Logged.Visitor<>() {
        @Override
        public String visitNumber(TypedRule.Logged.Number value) {
            return ExpressionText.of(value.value());
        }

        @Override
        public String visitText(TypedRule.Logged.Text value) {
            return ExpressionText.of(value.source());
        }
    };

    private static final Selector.Visitor<String> SELECTORS = new Selector.Visitor<>() {
        @Override
        public String visitInTime(Selector.InTime selector) {
            return "until the time is over";
        }

        @Override
        public String visitOneOf(Selector.OneOf selector) {
            return "when " + selector.values().stream().map(value -> selector.name().keyword() + " == " + value)
                    .collect(Collectors.joining(" || "));
        }

        @Override
        public String visitComm(Selector.Comm selector) {
            return "when comm == \"" + selector.name() + "\"";
        }

        @Override
        public String visitCgroup(Selector.Cgroup selector) {
            return "when in cgroup " + selector.cgroup().id() + " at level " + selector.cgroup().level();
        }

        @Override
        public String visitCaller(Selector.Caller selector) {
            return "when called from " + address(selector.start(), selector.user()) + ", " + selector.size() + " bytes";
        }

        @Override
        public String visitWhen(Selector.When selector) {
            return "when " + ExpressionText.of(selector.condition());
        }
    };
}
