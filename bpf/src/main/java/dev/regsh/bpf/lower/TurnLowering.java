// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.encode.Alu;
import dev.regsh.bpf.encode.Condition;
import dev.regsh.bpf.encode.Helper;
import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.Op;
import dev.regsh.bpf.program.CounterLayout;
import dev.regsh.bpf.program.MapSpec;
import dev.regsh.bpf.typed.TypedRule;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts a hit and leaves unless it is its turn: skip, every, chance, limit, in this order. Exact on any number of CPUs by
 * fetching atomics; kernels before 5.12 have none in BPF and take tokens from queues instead.
 */
final class TurnLowering {
    /** Tokens of one queue; more would be memory the kernel keeps for a counter. */
    static final int MOST_TOKENS = 1 << 20;
    /** So many rounds of {@code every} are in its queue that CPUs at work on some of them do not empty it. */
    private static final int ROUNDS = 256;
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
            if (turn.skip() > 0) {
                column(turn, 0);
                skipByTokens(turn.skip());
            }
            if (turn.every() > 1) {
                column(turn, 1);
                everyByTokens(turn.every());
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
            take(-1);
            frame.code.add(new Op.Jump(out));
            frame.code.add(new Op.Place(granted));
        } else if (limit == 0) {
            frame.code.add(new Op.BranchConstant(Condition.NE, armed, 0, out));
        } else {
            frame.code.add(new Op.BranchConstant(Condition.NE, pop(queue(LIMIT, limit)), 0, out));
        }
    }

    private void take(long times) {
        frame.code.add(new Op.AtomicAdd(counters, CounterLayout.TAKEN, frame.constant(times)));
    }

    /** Of a hit that was let through and whose action failed: it uses up nothing of the limit. */
    void giveBack(TypedRule.Turn turn) {
        if (fetch) {
            take(-1);
        } else if (turn.limit() > 0) {
            frame.callOnly(Helper.MAP_PUSH_ELEM, new Argument.Map(LIMIT), new Argument.Stack(frame.word()),
                    new Argument.Constant(0));
        }
    }

    private void skipByTokens(long skip) {
        frame.code.add(new Op.BranchConstant(Condition.EQ, pop(queue("skip", skip)), 0, out));
    }

    /** The tokens go round; those that are a multiple of the period let pass. */
    private void everyByTokens(long every) {
        long rounds = Math.max(1, Math.min(ROUNDS, MOST_TOKENS / every));
        String queue = queue("every", every * rounds);
        int taken = pop(queue);
        frame.code.add(new Op.BranchConstant(Condition.NE, taken, 0, out));
        frame.callOnly(Helper.MAP_PUSH_ELEM, new Argument.Map(queue), new Argument.Stack(frame.word()),
                new Argument.Constant(0));
        int token = frame.code.newValue();
        frame.code.add(new Op.StackLoad(token, 8, frame.word()));
        frame.code.add(new Op.Binary(Alu.MOD, true, token, frame.constant(every)));
        frame.code.add(new Op.BranchConstant(Condition.NE, token, 0, out));
    }

    private String queue(String name, long tokens) {
        maps.add(MapSpec.queue(name, (int) tokens));
        return name;
    }

    /** 0: a token was there and is now in the frame's word. */
    private int pop(String queue) {
        return frame.call(Helper.MAP_POP_ELEM, new Argument.Map(queue), new Argument.Stack(frame.word()));
    }
}
