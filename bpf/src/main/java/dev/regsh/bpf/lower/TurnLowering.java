// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.CodeBuilder;
import dev.regsh.bpf.ir.Label;
import dev.regsh.bpf.ir.Value;
import dev.regsh.bpf.isa.Alu;
import dev.regsh.bpf.isa.Condition;
import dev.regsh.bpf.isa.Helper;
import dev.regsh.bpf.program.CounterLayout;
import dev.regsh.bpf.program.MapSpec;
import dev.regsh.bpf.typed.TypedRule;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts a hit and leaves unless it is its turn: skip, every, chance, limit, in this order. Exact on any number of CPUs by
 * fetching atomics; kernels before 5.12 have none in BPF and take numbered tokens from queues instead: whoever takes a number puts
 * back the one that is {@link #TOKENS} larger, so each number is taken once, however large it gets.
 */
final class TurnLowering {
    /** More than CPUs can hold between taking one and putting back the next. */
    static final int TOKENS = 4096;
    /** Beside the numbers, those that are given back. */
    private static final int MOST_GIVEN_BACK = 1 << 16;
    private static final int GIVEN_BACK = -1;
    private static final String NUMBERS = "numbers";
    private static final String LIMIT = "limit";

    private final Frame frame;
    private final CodeBuilder code;
    private final CounterWords counters;
    private final Label out;
    private final boolean fetch;
    private final List<MapSpec> maps = new ArrayList<>();

    TurnLowering(Frame frame, CounterWords counters, Label out, boolean fetch) {
        this.frame = frame;
        code = frame.code;
        this.counters = counters;
        this.out = out;
        this.fetch = fetch;
    }

    /** The queues it takes from. */
    List<MapSpec> maps() {
        return maps;
    }

    void lower(TypedRule.Turn turn) {
        if (turn.numbered() && fetch) {
            column(turn, turn.skip() > 0 ? 0 : 1);
            numbered(turn, counters.next(CounterLayout.HITS));
        } else {
            counters.count(CounterLayout.HITS);
            if (turn.numbered()) {
                column(turn, turn.skip() > 0 ? 0 : 1);
                maps.add(MapSpec.queue(NUMBERS, TOKENS, TOKENS));
                Value number = take(NUMBERS);
                putNext(NUMBERS, number);
                numbered(turn, number);
            }
        }
        if (turn.millionths() != TypedRule.Turn.ALWAYS) {
            column(turn, 2);
            chance(turn.millionths());
        }
        if (turn.limit() != TypedRule.Turn.UNLIMITED) {
            column(turn, 3);
            limit(turn.limit());
        }
        code.column(0);
    }

    private void column(TypedRule.Turn turn, int part) {
        code.column(turn.where().get(part).column());
    }

    private void numbered(TypedRule.Turn turn, Value number) {
        if (turn.skip() > 0) {
            Value hits = code.constant(turn.skip());
            code.jumpIf(number, Condition.LT, hits, out);
            code.alu(number, Alu.SUB, hits);
        }
        if (turn.every() > 1) {
            column(turn, 1);
            code.alu(number, Alu.MOD, turn.every());
            code.jumpIf(number, Condition.NE, 0, out);
        }
    }

    private void chance(int millionths) {
        Value random = code.call(Helper.GET_PRANDOM_U32);
        code.cut(random, 32, false);
        // The fraction of 2^32 that is the chance; a remainder would prefer small numbers.
        long most = (millionths * (1L << 32) + TypedRule.Turn.ALWAYS / 2) / TypedRule.Turn.ALWAYS;
        code.jumpIf(random, Condition.GE, most, out);
    }

    /** A look first: once all are taken, no CPU writes there any more. */
    private void limit(long limit) {
        if (fetch) {
            Value most = code.constant(limit);
            code.jumpIf(counters.load(CounterLayout.TAKEN), Condition.SGE, most, out);
            Label granted = code.label();
            code.jumpIf(counters.next(CounterLayout.TAKEN), Condition.SLT, most, granted);
            // Another CPU was faster. What was counted too much is taken back, or none could be given back later.
            counters.count(CounterLayout.TAKEN, -1);
            code.jump(out);
            code.place(granted);
        } else if (limit == 0) {
            code.jumpIf(counters.armed(), Condition.NE, 0, out);
        } else {
            limitByTokens(limit);
        }
    }

    /** One that was given back stands for no number; behind the last number nothing is put back. */
    private void limitByTokens(long limit) {
        maps.add(MapSpec.queue(LIMIT, (int) Math.min(limit, TOKENS + MOST_GIVEN_BACK), (int) Math.min(limit, TOKENS)));
        Value number = take(LIMIT);
        if (limit > TOKENS) {
            Label granted = code.label();
            code.jumpIf(number, Condition.EQ, GIVEN_BACK, granted);
            code.jumpIf(number, Condition.GE, limit - TOKENS, granted);
            putNext(LIMIT, number);
            code.place(granted);
        }
    }

    /** Of a hit that was let through and whose action failed: it uses up nothing of the limit. */
    void giveBack(TypedRule.Turn turn) {
        if (fetch) {
            counters.count(CounterLayout.TAKEN, -1);
        } else if (turn.limit() > 0) {
            put(LIMIT, Value.of(GIVEN_BACK));
        }
    }

    /** A number from a queue; where there is none left, this hit goes no further. */
    private Value take(String queue) {
        Value none = code.call(Helper.MAP_POP_ELEM, Argument.map(queue), Argument.stack(frame.word()));
        code.jumpIf(none, Condition.NE, 0, out);
        return code.loadStack(frame.word());
    }

    private void putNext(String queue, Value number) {
        Value next = code.copy(number);
        code.alu(next, Alu.ADD, TOKENS);
        put(queue, next);
    }

    private void put(String queue, Value number) {
        code.storeStack(frame.word(), number);
        code.run(Helper.MAP_PUSH_ELEM, Argument.map(queue), Argument.stack(frame.word()), Value.of(0));
    }
}
