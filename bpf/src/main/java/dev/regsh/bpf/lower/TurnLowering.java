// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.Op;
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
    private final int counters;
    /** Is 1, so it serves as the constant too. */
    private final int armed;
    private final int out;
    private final boolean fetch;
    private final List<MapSpec> maps = new ArrayList<>();

    TurnLowering(Frame frame, int counters, int armed, int out, boolean fetch) {
        this.frame = frame;
        this.counters = counters;
        this.armed = armed;
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
            numbered(turn, fetchAndAdd(CounterLayout.HITS));
        } else {
            frame.code.add(new Op.AtomicAdd(counters, CounterLayout.HITS, armed));
            if (turn.numbered()) {
                column(turn, turn.skip() > 0 ? 0 : 1);
                maps.add(MapSpec.queue(NUMBERS, TOKENS, TOKENS));
                int number = take(NUMBERS);
                putNext(NUMBERS, number);
                numbered(turn, number);
            }
        }
        if (turn.millionths() != TypedRule.Turn.ALWAYS) {
            column(turn, 2);
            int random = frame.call(Helper.GET_PRANDOM_U32);
            frame.cut(random, 32, false);
            // The fraction of 2^32 that is the chance; a remainder would prefer small numbers.
            long most = (turn.millionths() * (1L << 32) + TypedRule.Turn.ALWAYS / 2) / TypedRule.Turn.ALWAYS;
            frame.code.add(new Op.Branch(Condition.GE, random, frame.constant(most), out));
        }
        if (turn.limit() != TypedRule.Turn.UNLIMITED) {
            column(turn, 3);
            limit(turn.limit());
        }
        frame.code.column(0);
    }

    private void column(TypedRule.Turn turn, int part) {
        frame.code.column(turn.where().get(part).column());
    }

    private void numbered(TypedRule.Turn turn, int number) {
        if (turn.skip() > 0) {
            int hits = frame.constant(turn.skip());
            frame.code.add(new Op.Branch(Condition.LT, number, hits, out));
            frame.code.add(new Op.Binary(Alu.SUB, true, number, hits));
        }
        if (turn.every() > 1) {
            column(turn, 1);
            frame.code.add(new Op.Binary(Alu.MOD, true, number, frame.constant(turn.every())));
            frame.code.add(new Op.BranchConstant(Condition.NE, number, 0, out));
        }
    }

    private int fetchAndAdd(int offset) {
        int value = frame.copy(armed);
        frame.code.add(new Op.AtomicFetchAdd(counters, offset, value));
        return value;
    }

    /** A look first: once all are taken, no CPU writes there any more. */
    private void limit(long limit) {
        if (fetch) {
            int taken = frame.code.newValue();
            int most = frame.constant(limit);
            frame.code.add(new Op.Load(taken, 8, counters, CounterLayout.TAKEN));
            frame.code.add(new Op.Branch(Condition.SGE, taken, most, out));
            int granted = frame.code.newLabel();
            frame.code.add(new Op.Branch(Condition.SLT, fetchAndAdd(CounterLayout.TAKEN), most, granted));
            // Another CPU was faster. What was counted too much is taken back, or none could be given back later.
            count(-1);
            frame.code.add(new Op.Jump(out));
            frame.code.add(new Op.Place(granted));
        } else if (limit == 0) {
            frame.code.add(new Op.BranchConstant(Condition.NE, armed, 0, out));
        } else {
            limitByTokens(limit);
        }
    }

    /** One that was given back stands for no number; behind the last number nothing is put back. */
    private void limitByTokens(long limit) {
        maps.add(MapSpec.queue(LIMIT, (int) Math.min(limit, TOKENS + MOST_GIVEN_BACK), (int) Math.min(limit, TOKENS)));
        int number = take(LIMIT);
        if (limit > TOKENS) {
            int granted = frame.code.newLabel();
            frame.code.add(new Op.BranchConstant(Condition.EQ, number, GIVEN_BACK, granted));
            frame.code.add(new Op.Branch(Condition.GE, number, frame.constant(limit - TOKENS), granted));
            putNext(LIMIT, number);
            frame.code.add(new Op.Place(granted));
        }
    }

    private void count(long times) {
        frame.code.add(new Op.AtomicAdd(counters, CounterLayout.TAKEN, frame.constant(times)));
    }

    /** Of a hit that was let through and whose action failed: it uses up nothing of the limit. */
    void giveBack(TypedRule.Turn turn) {
        if (fetch) {
            count(-1);
        } else if (turn.limit() > 0) {
            frame.code.add(new Op.StackStoreConstant(8, frame.word(), GIVEN_BACK));
            put(LIMIT);
        }
    }

    /** A number from a queue; where there is none left, this hit goes no further. */
    private int take(String queue) {
        int taken = frame.call(Helper.MAP_POP_ELEM, new Argument.Map(queue), new Argument.Stack(frame.word()));
        frame.code.add(new Op.BranchConstant(Condition.NE, taken, 0, out));
        int number = frame.code.newValue();
        frame.code.add(new Op.StackLoad(number, 8, frame.word()));
        return number;
    }

    private void putNext(String queue, int number) {
        int next = frame.copy(number);
        frame.code.add(new Op.BinaryConstant(Alu.ADD, true, next, TOKENS));
        frame.code.add(new Op.StackStore(8, frame.word(), next));
        put(queue);
    }

    /** What the frame's word holds. */
    private void put(String queue) {
        frame.callOnly(Helper.MAP_PUSH_ELEM, new Argument.Map(queue), new Argument.Stack(frame.word()), new Argument.Constant(0));
    }
}
