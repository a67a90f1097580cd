// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.ir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Operations in their order, each with the source column that it comes from. */
final class OpList {
    private final List<Op> ops = new ArrayList<>();
    private int[] columns = new int[64];
    private int column;

    void column(int from) {
        column = from;
    }

    int column() {
        return column;
    }

    void add(Op op) {
        if (ops.size() == columns.length) {
            columns = Arrays.copyOf(columns, columns.length * 2);
        }
        columns[ops.size()] = column;
        ops.add(op);
    }

    Code finish(int values, int labels, int stackBytes) {
        return new Code(ops, columns, values, labels, stackBytes);
    }
}
