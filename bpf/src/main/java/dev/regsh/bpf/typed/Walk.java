// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.typed;

import dev.regsh.bpf.register.Register;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Visits every expression of a rule. */
public final class Walk {
    private Walk() {}

    /** The registers whose values at the entry a rule at the return asks for. */
    public static Set<Register> entryRegisters(TypedRule rule) {
        Set<Register> found = new HashSet<>();
        if (rule.after()) {
            rule(rule, expression -> {
                if (expression instanceof Expr.EntryValue entry) {
                    found.add(entry.register());
                }
            });
        }
        return found;
    }

    /** Whether deciding if the rule applies reads memory, which may fail. */
    public static boolean selectorsRead(TypedRule rule) {
        boolean[] reads = {false};
        for (Selector selector : rule.selectors()) {
            if (selector instanceof Selector.Caller) {
                return true;
            } else if (selector instanceof Selector.When when) {
                expression(when.condition(), each -> reads[0] |= each instanceof Expr.Load
                        || (each instanceof Expr.StringTest test && test.source() instanceof StringSource.Memory));
            }
        }
        return reads[0];
    }

    /** Whether it is the same at every hit. */
    public static boolean constant(Expr expression) {
        boolean[] varies = {false};
        expression(expression, each -> varies[0] |= each instanceof Expr.RegisterValue || each instanceof Expr.Context
                || each instanceof Expr.EntryValue || each instanceof Expr.Load || each instanceof Expr.StringTest);
        return !varies[0];
    }

    private static void rule(TypedRule rule, Consumer<Expr> visitor) {
        for (Selector selector : rule.selectors()) {
            if (selector instanceof Selector.When when) {
                expression(when.condition(), visitor);
            }
        }
        rule.registers().forEach(write -> expression(write.value(), visitor));
        rule.result().ifPresent(value -> expression(value, visitor));
        rule.memory().forEach(write -> {
            expression(write.place().address(), visitor);
            expression(write.value(), visitor);
        });
        rule.log().ifPresent(values -> values.forEach(value -> {
            if (value instanceof TypedRule.Logged.Number number) {
                expression(number.value(), visitor);
            } else if (value instanceof TypedRule.Logged.Text text) {
                source(text.source(), visitor);
            }
        }));
    }

    private static void source(StringSource source, Consumer<Expr> visitor) {
        if (source instanceof StringSource.Memory memory) {
            expression(memory.address(), visitor);
        }
    }

    private static void expression(Expr expression, Consumer<Expr> visitor) {
        visitor.accept(expression);
        if (expression instanceof Expr.Cast e) {
            expression(e.operand(), visitor);
        } else if (expression instanceof Expr.Negate e) {
            expression(e.operand(), visitor);
        } else if (expression instanceof Expr.Complement e) {
            expression(e.operand(), visitor);
        } else if (expression instanceof Expr.Not e) {
            expression(e.operand(), visitor);
        } else if (expression instanceof Expr.Binary e) {
            expression(e.left(), visitor);
            expression(e.right(), visitor);
        } else if (expression instanceof Expr.Choice e) {
            expression(e.condition(), visitor);
            expression(e.then(), visitor);
            expression(e.otherwise(), visitor);
        } else if (expression instanceof Expr.Load e) {
            expression(e.place().address(), visitor);
        } else if (expression instanceof Expr.StringTest e) {
            source(e.source(), visitor);
        }
    }
}
