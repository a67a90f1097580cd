// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.CodeBuilder;
import dev.regsh.bpf.ir.Value;
import dev.regsh.bpf.isa.Condition;
import dev.regsh.bpf.isa.Helper;
import dev.regsh.bpf.program.CounterLayout;
import dev.regsh.bpf.program.EventLayout;
import dev.regsh.bpf.program.MapSpec;
import dev.regsh.bpf.typed.Expr;
import dev.regsh.bpf.typed.StringSource;
import dev.regsh.bpf.typed.TypedRule;

/** The event of a hit: built on the stack with the values from before the change, sent after it. */
final class EventLowering {
    private final CodeBuilder code;
    private final Frame frame;
    private final ExpressionLowering expressions;
    private final FunctionNumber function;
    private final CounterWords counters;
    private final EventLayout layout;
    private int at;
    private int next;

    EventLowering(Frame frame, ExpressionLowering expressions, FunctionNumber function, CounterWords counters, EventLayout layout) {
        code = frame.code;
        this.frame = frame;
        this.expressions = expressions;
        this.function = function;
        this.counters = counters;
        this.layout = layout;
    }

    /** Everything but the changes, which the actions put in as they compute them. */
    void begin(TypedRule rule) {
        at = code.stack(layout.size());
        store(EventLayout.RULE, counters.load(CounterLayout.RULE));
        store(EventLayout.TIME, code.call(Helper.KTIME_GET_NS));
        store(EventLayout.TID, frame.thread());
        code.storeStack(4, at + EventLayout.CPU, code.call(Helper.GET_SMP_PROCESSOR_ID));
        EventLayout.Kind kind = rule.dry() ? EventLayout.Kind.DRY : EventLayout.Kind.FIRED;
        code.storeStack(4, at + EventLayout.KIND, Value.of(kind.ordinal()));
        expressions.strings().storeComm(at + EventLayout.COMM);
        store(EventLayout.FUNCTION, function.value(code));
        rule.log().ifPresent(values -> values.forEach(value -> value.accept(new Logging(nextPlace()))));
    }

    /** Puts a logged value into its place. */
    private final class Logging implements TypedRule.Logged.Visitor<Void>, StringSource.Visitor<Void> {
        private final int place;

        Logging(int place) {
            this.place = place;
        }

        @Override
        public Void visitNumber(TypedRule.Logged.Number value) {
            store(place, expressions.lower(value.value()));
            return null;
        }

        @Override
        public Void visitText(TypedRule.Logged.Text value) {
            code.at(value.span().column(), () -> value.source().accept(this));
            return null;
        }

        @Override
        public Void visitComm(StringSource.Comm source) {
            clearFrom(StringLowering.COMM_BYTES);
            expressions.strings().storeComm(at + place);
            return null;
        }

        @Override
        public Void visitMemory(StringSource.Memory source) {
            Value address = expressions.lower(source.address());
            clearFrom(0);
            expressions.memory().readString(source.user(), at + place, EventLayout.STRING, address, source.label());
            return null;
        }

        /** What the helpers leave untouched must not be old stack. */
        private void clearFrom(int bytes) {
            for (int i = bytes; i < EventLayout.STRING; i += 8) {
                store(place + i, Value.of(0));
            }
        }
    }

    /** The next change, the old value computed here. */
    void change(Expr old, Value value) {
        int place = nextPlace();
        store(place, expressions.lower(old));
        store(place + 8, value);
    }

    /** The next value that replaces nothing. */
    void value(Value value) {
        store(nextPlace(), value);
    }

    private int nextPlace() {
        return layout.values().get(next++).offset();
    }

    private void store(int place, Value value) {
        code.storeStack(at + place, value);
    }

    void send() {
        Value failed = code.call(Helper.RINGBUF_OUTPUT, Argument.map(MapSpec.EVENTS), Argument.stack(at),
                Value.of(layout.size()), Value.of(0));
        code.when(failed, Condition.NE, 0, () -> counters.count(CounterLayout.DROPPED));
    }
}
