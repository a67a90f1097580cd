// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.bpf.typed.Expr;
import dev.regsh.bpf.typed.MemoryOperand;
import dev.regsh.bpf.typed.TypedRule;
import dev.regsh.grammar.clause.WriteClause;
import java.util.Optional;

/** Checks {@code write}: which memory is meant, and what fits it. */
final class WriteChecker {
    private final ExpressionTyper values;
    private final Errnos errnos;

    WriteChecker(ExpressionTyper values, Errnos errnos) {
        this.values = values;
        this.errnos = errnos;
    }

    TypedRule.MemoryWrite write(WriteClause write) {
        String label = write.place().written();
        Spot spot = values.written(write.place());
        MemoryOperand target = spot.place(label);
        Expr value = values.number(write.value());
        errnos.value(label, write.place(), Optional.of(spot.type()));
        return new TypedRule.MemoryWrite(target, Fit.stored(value, spot.type(), target, label), label, write.span());
    }
}
