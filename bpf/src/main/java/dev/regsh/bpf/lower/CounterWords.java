// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.CodeBuilder;
import dev.regsh.bpf.ir.Label;
import dev.regsh.bpf.ir.Value;
import dev.regsh.bpf.isa.Condition;
import dev.regsh.bpf.program.CounterLayout;
import dev.regsh.bpf.program.MapSpec;

/** The words of the rule's block of counters ({@link CounterLayout}), as a program reaches them. */
final class CounterWords {
    private final CodeBuilder code;
    private final Value block;
    private final Value armed;

    /** @param out where to go while the rule is disarmed */
    CounterWords(CodeBuilder code, Label out) {
        this.code = code;
        block = code.mapValue(MapSpec.COUNTERS, 0);
        armed = load(CounterLayout.ARMED);
        code.jumpIf(armed, Condition.EQ, 0, out);
    }

    /** Is 1, and serves as that constant too. */
    Value armed() {
        return armed;
    }

    Value load(int word) {
        return code.load(block, word);
    }

    /** Of 32 bits. */
    Value loadHalf(int word) {
        return code.load(4, block, word);
    }

    void store(int word, Value value) {
        code.store(block, word, value);
    }

    /** Counts one more. */
    void count(int word) {
        code.atomicAdd(block, word, armed);
    }

    void count(int word, long more) {
        code.atomicAdd(block, word, Value.of(more));
    }

    /** Counts one more and gives what was there before; kernels from 5.12. */
    Value next(int word) {
        return code.fetchAndAdd(block, word, armed);
    }
}
