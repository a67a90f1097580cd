// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.ir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects operations; hands out values, labels and stack space. */
public final class CodeBuilder {
    private final List<Op> ops = new ArrayList<>();
    private int[] columns = new int[64];
    private int column;
    private int values;
    private int labels;
    private int stackBytes;

    public void column(int from) {
        column = from;
    }

    public int column() {
        return column;
    }

    public int newValue() {
        return values++;
    }

    public int newLabel() {
        return labels++;
    }

    /** @return the offset of so many bytes from the frame pointer, a multiple of 8 */
    public int newStack(int bytes) {
        stackBytes += bytes + 7 & ~7;
        return -stackBytes;
    }

    public void add(Op op) {
        if (ops.size() == columns.length) {
            columns = Arrays.copyOf(columns, columns.length * 2);
        }
        columns[ops.size()] = column;
        ops.add(op);
    }

    public Code finish() {
        return new Code(ops, columns, values, labels, stackBytes);
    }
}
