// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.Op;
import dev.regsh.bpf.isa.Condition;
import dev.regsh.bpf.isa.Helper;
import dev.regsh.bpf.typed.Expr;
import dev.regsh.bpf.typed.StringSource;
import java.nio.charset.StandardCharsets;

/** Comparisons of strings. */
final class StringLowering {
    static final int COMM_BYTES = 16;

    private final Frame frame;
    private final ExpressionLowering expressions;

    StringLowering(Frame frame, ExpressionLowering expressions) {
        this.frame = frame;
        this.expressions = expressions;
    }

    /** Jumps where the test's truth is {@code when}. */
    void branch(Expr.StringTest test, boolean when, int label) {
        byte[] text = test.text().getBytes(StandardCharsets.UTF_8);
        boolean equal = when != test.negated();
        if (test.glob()) {
            int at = copy(test.source(), test.source().most() + 1);
            int matched = new GlobLowering(frame, at, test.source().most() + 1).match(text);
            frame.code.add(new Op.BranchConstant(equal ? Condition.NE : Condition.EQ, matched, 0, label));
            return;
        }
        // One byte more than the text and its NUL, so that a longer string differs.
        int at = copy(test.source(), text.length + 2);
        if (equal) {
            int different = frame.code.newLabel();
            compare(at, text, different);
            frame.code.add(new Op.Jump(label));
            frame.code.add(new Op.Place(different));
        } else {
            compare(at, text, label);
        }
    }

    /** Goes on where the task's name is that text, jumps where it is not. */
    void compareComm(String name, int different) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        compare(copy(new StringSource.Comm(), COMM_BYTES), text, different);
    }

    private int copy(StringSource source, int bytes) {
        if (source instanceof StringSource.Memory memory) {
            Value address = expressions.lower(memory.address());
            int at = frame.text(bytes);
            expressions.memory().readString(memory.user(), at, bytes, address, memory.label());
            return at;
        }
        int at = frame.text(COMM_BYTES);
        frame.callOnly(Helper.GET_CURRENT_COMM, new Argument.Stack(at), new Argument.Constant(COMM_BYTES));
        return at;
    }

    /** With its NUL; what stands behind it is not looked at. */
    private void compare(int at, byte[] wanted, int different) {
        for (int i = 0; i <= wanted.length;) {
            int bytes = Integer.highestOneBit(Math.min(8, wanted.length + 1 - i));
            long word = 0;
            for (int k = bytes - 1; k >= 0; k--) {
                word = word << 8 | (i + k < wanted.length ? wanted[i + k] & 0xFF : 0);
            }
            int seen = frame.code.newValue();
            frame.code.add(new Op.StackLoad(seen, bytes, at + i));
            frame.code.add(word == (int) word ? new Op.BranchConstant(Condition.NE, seen, (int) word, different)
                    : new Op.Branch(Condition.NE, seen, frame.constant(word), different));
            i += bytes;
        }
    }
}
