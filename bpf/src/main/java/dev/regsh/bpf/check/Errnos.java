// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.bpf.resolve.Scope;
import dev.regsh.bpf.type.FunctionType;
import dev.regsh.bpf.type.Type;
import dev.regsh.grammar.expression.Expression;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which values of a rule may be negated errnos, to be shown with the errno's name: kernel functions' results, and what is named
 * like an error, if it is a signed int or long. Other small negative numbers mean something else: AT_FDCWD is -100.
 */
final class Errnos {
    private static final Set<String> NAMES = Set.of("err", "errno", "error", "rc", "res", "result", "ret", "retval", "status");

    private final Scope scope;
    private final Set<String> labels = new TreeSet<>();

    Errnos(Scope scope) {
        this.scope = scope;
    }

    /** The labels of those values. */
    Set<String> labels() {
        return labels;
    }

    /** @param type empty: not known */
    void value(String label, Expression written, Optional<Type> type) {
        Optional<Type> shown = type;
        Expression named = written;
        while (named instanceof Expression.Cast cast) {
            shown = shown.or(() -> Optional.of(new Type.Int("", cast.type().bytes(), cast.type().signed(), false)));
            named = cast.operand();
        }
        String name = named instanceof Expression.Name n ? n.name() : named instanceof Expression.Field field ? field.name() : "";
        named(label, name, shown);
    }

    /** @param type empty: not known */
    void named(String label, String name, Optional<Type> type) {
        if (!scope.user() && NAMES.contains(name) && type.orElse(null) instanceof Type.Int number && number.signed()
                && number.size() >= 4) {
            labels.add(label);
        }
    }

    /** What {@code ret=} gives: of a function that returns pointers, an error pointer. */
    void result() {
        Optional<Type> type = scope.prototype().map(FunctionType::returns);
        if (!scope.user() && (type.isEmpty() || type.get() instanceof Type.Pointer)) {
            labels.add("ret");
        }
        named("ret", "ret", type);
    }
}
