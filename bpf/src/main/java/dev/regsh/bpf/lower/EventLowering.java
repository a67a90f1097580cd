// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.Op;
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
    private final Frame frame;
    private final ExpressionLowering expressions;
    private final FunctionNumber function;
    private final int counters;
    private final int armed;
    private final EventLayout layout;
    private int at;
    private int next;

    EventLowering(Frame frame, ExpressionLowering expressions, FunctionNumber function, int counters, int armed,
            EventLayout layout) {
        this.frame = frame;
        this.expressions = expressions;
        this.function = function;
        this.counters = counters;
        this.armed = armed;
        this.layout = layout;
    }

    /** Everything but the changes, which the actions put in as they compute them. */
    void begin(TypedRule rule) {
        at = frame.code.newStack(layout.size());
        int number = frame.code.newValue();
        frame.code.add(new Op.Load(number, 8, counters, CounterLayout.RULE));
        store(EventLayout.RULE, Value.at(number));
        store(EventLayout.TIME, Value.at(frame.call(Helper.KTIME_GET_NS)));
        store(EventLayout.TID, Value.at(frame.thread()));
        int cpu = frame.call(Helper.GET_SMP_PROCESSOR_ID);
        frame.code.add(new Op.StackStore(4, at + EventLayout.CPU, cpu));
        frame.code.add(new Op.StackStoreConstant(4, at + EventLayout.KIND,
                (rule.dry() ? EventLayout.Kind.DRY : EventLayout.Kind.FIRED).ordinal()));
        frame.callOnly(Helper.GET_CURRENT_COMM, new Argument.Stack(at + EventLayout.COMM),
                new Argument.Constant(StringLowering.COMM_BYTES));
        store(EventLayout.FUNCTION, function.value(frame));
        rule.log().ifPresent(values -> values.forEach(this::logged));
    }

    private void logged(TypedRule.Logged value) {
        int place = layout.values().get(next++).offset();
        if (value instanceof TypedRule.Logged.Number number) {
            store(place, expressions.lower(number.value()));
        } else if (value instanceof TypedRule.Logged.Text text) {
            int column = frame.code.column();
            frame.code.column(text.span().column());
            string(place, text.source());
            frame.code.column(column);
        }
    }

    /** What the helpers leave untouched must not be old stack. */
    private void string(int place, StringSource source) {
        int from = source instanceof StringSource.Comm ? StringLowering.COMM_BYTES : 0;
        Value address = source instanceof StringSource.Memory memory ? expressions.lower(memory.address()) : null;
        for (int i = from; i < EventLayout.STRING; i += 8) {
            frame.code.add(new Op.StackStoreConstant(8, at + place + i, 0));
        }
        if (source instanceof StringSource.Memory memory) {
            expressions.memory().readString(memory.user(), at + place, EventLayout.STRING, address, memory.label());
        } else {
            frame.callOnly(Helper.GET_CURRENT_COMM, new Argument.Stack(at + place),
                    new Argument.Constant(StringLowering.COMM_BYTES));
        }
    }

    /** The next change, the old value computed here. */
    void change(Expr old, Value value) {
        EventLayout.Field field = layout.values().get(next++);
        store(field.offset(), expressions.lower(old));
        store(field.offset() + 8, value);
    }

    /** The next value that replaces nothing. */
    void value(Value value) {
        store(layout.values().get(next++).offset(), value);
    }

    private void store(int place, Value value) {
        frame.code.add(value.isImmediate() ? new Op.StackStoreConstant(8, at + place, (int) value.constant())
                : new Op.StackStore(8, at + place, frame.id(value)));
    }

    void send() {
        int result = frame.call(Helper.RINGBUF_OUTPUT, new Argument.Map(MapSpec.EVENTS), new Argument.Stack(at),
                new Argument.Constant(layout.size()), new Argument.Constant(0));
        int sent = frame.code.newLabel();
        frame.code.add(new Op.BranchConstant(Condition.EQ, result, 0, sent));
        frame.code.add(new Op.AtomicAdd(counters, CounterLayout.DROPPED, armed));
        frame.code.add(new Op.Place(sent));
    }
}
