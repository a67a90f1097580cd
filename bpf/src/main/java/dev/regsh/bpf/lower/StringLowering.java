// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.CodeBuilder;
import dev.regsh.bpf.ir.Label;
import dev.regsh.bpf.ir.Value;
import dev.regsh.bpf.isa.Condition;
import dev.regsh.bpf.isa.Helper;
import dev.regsh.bpf.typed.Expr;
import dev.regsh.bpf.typed.StringSource;
import java.nio.charset.StandardCharsets;

/** Comparisons of strings. */
final class StringLowering {
    static final int COMM_BYTES = 16;

    private final Frame frame;
    private final CodeBuilder code;
    private final ExpressionLowering expressions;

    StringLowering(Frame frame, ExpressionLowering expressions) {
        this.frame = frame;
        code = frame.code;
        this.expressions = expressions;
    }

    /** Jumps where the test's truth is {@code when}. */
    void branch(Expr.StringTest test, boolean when, Label label) {
        byte[] text = test.text().getBytes(StandardCharsets.UTF_8);
        boolean equal = when != test.negated();
        if (test.glob()) {
            int at = copy(test.source(), test.source().most() + 1);
            Value matched = new GlobLowering(code, at, test.source().most() + 1).match(text);
            code.jumpIf(matched, equal ? Condition.NE : Condition.EQ, 0, label);
            return;
        }
        // One byte more than the text and its NUL, so that a longer string differs.
        int at = copy(test.source(), text.length + 2);
        if (equal) {
            Label different = code.label();
            compare(at, text, different);
            code.jump(label);
            code.place(different);
        } else {
            compare(at, text, label);
        }
    }

    /** Goes on where the task's name is that text, jumps where it is not. */
    void compareComm(String name, Label different) {
        compare(copy(new StringSource.Comm(), COMM_BYTES), name.getBytes(StandardCharsets.UTF_8), different);
    }

    /** Puts so many bytes of it on the stack, and says where. */
    private int copy(StringSource source, int bytes) {
        return source.accept(new StringSource.Visitor<Integer>() {
            @Override
            public Integer visitComm(StringSource.Comm comm) {
                int at = frame.text(COMM_BYTES);
                storeComm(at);
                return at;
            }

            @Override
            public Integer visitMemory(StringSource.Memory memory) {
                Value address = expressions.lower(memory.address());
                int at = frame.text(bytes);
                expressions.memory().readString(memory.user(), at, bytes, address, memory.label());
                return at;
            }
        });
    }

    /** Puts the task's name on the stack, {@link #COMM_BYTES} long. */
    void storeComm(int at) {
        code.run(Helper.GET_CURRENT_COMM, Argument.stack(at), Value.of(COMM_BYTES));
    }

    /** With its NUL; what stands behind it is not looked at. */
    private void compare(int at, byte[] wanted, Label different) {
        for (int i = 0; i <= wanted.length;) {
            int bytes = Integer.highestOneBit(Math.min(8, wanted.length + 1 - i));
            long word = 0;
            for (int k = bytes - 1; k >= 0; k--) {
                word = word << 8 | (i + k < wanted.length ? wanted[i + k] & 0xFF : 0);
            }
            code.jumpIf(code.loadStack(bytes, at + i), Condition.NE, word, different);
            i += bytes;
        }
    }
}
