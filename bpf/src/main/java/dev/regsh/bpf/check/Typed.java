// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.bpf.type.Type;
import dev.regsh.bpf.typed.Expr;
import java.util.Optional;

/**
 * A value and its C type.
 *
 * @param type empty: a bare number or register
 */
record Typed(Expr expr, Optional<Type> type) {
    static Typed of(Expr expr, Type type) {
        return new Typed(expr, Optional.of(type));
    }

    static Typed bare(Expr expr) {
        return new Typed(expr, Optional.empty());
    }
}
