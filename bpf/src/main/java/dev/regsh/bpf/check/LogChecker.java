// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.bpf.type.Type;
import dev.regsh.bpf.typed.StringSource;
import dev.regsh.bpf.typed.TypedRule;
import dev.regsh.grammar.expression.Expression;
import java.util.Optional;

/** Checks a value of {@code log}: a number or a string. */
final class LogChecker {
    private final ExpressionTyper values;
    private final Errnos errnos;

    LogChecker(ExpressionTyper values, Errnos errnos) {
        this.values = values;
        this.errnos = errnos;
    }

    TypedRule.Logged value(Expression value) {
        String label = value.written();
        Optional<StringSource> text = values.string(value);
        if (text.isPresent()) {
            return new TypedRule.Logged.Text(label, text.get(), value.span());
        }
        Typed typed = values.value(value);
        errnos.value(label, value, typed.type());
        return new TypedRule.Logged.Number(label, typed.expr(), typed.type().orElse(null) instanceof Type.Pointer);
    }
}
