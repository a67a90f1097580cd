// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.resolve.Scope;
import dev.regsh.bpf.typed.Expr;
import dev.regsh.bpf.typed.TypedRule;
import dev.regsh.grammar.clause.RetClause;
import java.util.List;

/** Checks {@code ret=}: at an entry it skips the function, at a return it changes the result. */
final class RetChecker {
    private final Scope scope;
    private final ResultTyper results;

    RetChecker(Scope scope, ResultTyper results) {
        this.scope = scope;
        this.results = results;
    }

    /** At the return: the result is a register like others. */
    TypedRule.RegisterWrite changed(RetClause ret) {
        return new TypedRule.RegisterWrite(scope.registers().result(), results.result(ret), results.returned(ret.span()), "ret",
                ret.span());
    }

    /**
     * At the entry: what is returned instead of running the function.
     *
     * @param writes what {@code set} sets
     */
    Expr instead(RetClause ret, List<TypedRule.RegisterWrite> writes) {
        if (!scope.atEntry()) {
            throw Errors.at(ret.span(), "a function can be skipped at its entry only",
                    scope.remedy("leave the offset out, or change registers with set"));
        }
        Expr result = results.result(ret);
        checkAlone(writes);
        results.checkFilled(ret, writes);
        return result;
    }

    /** The result travels in a register of its own, which {@code set} must not name too. */
    private void checkAlone(List<TypedRule.RegisterWrite> writes) {
        for (TypedRule.RegisterWrite write : writes) {
            if (write.register().slot() == scope.registers().result().slot()) {
                throw Errors.at(write.span(), write.label() + " and ret set the same register", "leave one of them out");
            }
        }
    }
}
