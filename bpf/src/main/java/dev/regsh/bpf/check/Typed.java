// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.bpf.type.Type;
import dev.regsh.bpf.typed.Expr;

/**
 * A value and its C type.
 *
 * @param type null: a bare number or register
 */
record Typed(Expr expr, Type type) {}
