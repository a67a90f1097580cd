// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.CodeBuilder;
import dev.regsh.bpf.ir.Label;
import dev.regsh.bpf.ir.Value;
import dev.regsh.bpf.isa.Alu;
import dev.regsh.bpf.program.CounterLayout;
import dev.regsh.bpf.program.Failing;
import dev.regsh.bpf.typed.TypedRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Where a program ends. Each way to fail sets the error's word; those of actions give back what they took of the limit. */
final class Epilogue {
    private final Frame frame;
    private final CodeBuilder code;
    private final CounterWords counters;
    private final List<Failing> failing;

    /** @param failing what can fail in programs of this rule; what is new in this one is added */
    Epilogue(Frame frame, CounterWords counters, List<Failing> failing) {
        this.frame = frame;
        code = frame.code;
        this.counters = counters;
        this.failing = failing;
    }

    /** @param out what leaves from elsewhere comes here */
    void write(TurnLowering turn, TypedRule rule, Label out) {
        List<Map.Entry<Frame.Failure, Label>> ways = new ArrayList<>(frame.failures().entrySet());
        ways.sort(Comparator.comparing(way -> way.getKey().acting()));
        if (!ways.isEmpty()) {
            code.jump(out);
            failures(ways, turn, rule.turn());
            counters.store(CounterLayout.LAST_ERROR, frame.error());
            counters.count(CounterLayout.ERRORS);
        }
        code.place(out);
        code.exit();
    }

    /** @param ways those of actions last */
    private void failures(List<Map.Entry<Frame.Failure, Label>> ways, TurnLowering turnLowering, TypedRule.Turn turn) {
        boolean limited = turn.limit() != TypedRule.Turn.UNLIMITED;
        Label giveBack = code.label();
        Label count = code.label();
        for (int i = 0; i < ways.size(); i++) {
            Frame.Failure way = ways.get(i).getKey();
            code.place(ways.get(i).getValue());
            failure(way);
            if (i < ways.size() - 1) {
                code.jump(limited && way.acting() ? giveBack : count);
            }
        }
        if (limited && ways.get(ways.size() - 1).getKey().acting()) {
            code.place(giveBack);
            turnLowering.giveBack(turn);
        }
        code.place(count);
    }

    private void failure(Frame.Failure way) {
        int number = failing.indexOf(way.failing());
        if (number < 0) {
            number = failing.size();
            failing.add(way.failing());
        }
        if (way.failing().kind().reads()) {
            counters.store(CounterLayout.ERROR_ADDRESS, code.loadStack(frame.address()));
        }
        if (way.errno() != 0) {
            code.set(frame.error(), Value.of(Failing.word(number) - way.errno()));
        } else if (number > 0) {
            code.alu(frame.error(), Alu.ADD, Failing.word(number));
        }
    }
}
