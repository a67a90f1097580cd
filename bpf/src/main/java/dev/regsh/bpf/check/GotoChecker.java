// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.bpf.abi.CallLayout;
import dev.regsh.bpf.program.AttachPoint;
import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.resolve.FunctionFinder;
import dev.regsh.bpf.resolve.Scope;
import dev.regsh.bpf.symbol.KernelSymbol;
import dev.regsh.bpf.type.FunctionType;
import dev.regsh.bpf.type.SameCall;
import dev.regsh.bpf.type.TypeText;
import dev.regsh.bpf.typed.TypedRule;
import dev.regsh.grammar.clause.GotoClause;
import dev.regsh.grammar.probe.FunctionName;
import dev.regsh.grammar.source.Span;
import java.util.Optional;

/** Checks {@code goto}: where to, and that the target takes what the callers of the probed function pass. */
final class GotoChecker {
    private final CheckContext context;
    private final Scope scope;
    private final boolean force;

    GotoChecker(CheckContext context, Scope scope, boolean force) {
        this.context = context;
        this.scope = scope;
        this.force = force;
    }

    TypedRule.Jump jump(GotoClause jump, AttachPoint point) {
        if (scope.after()) {
            throw Errors.at(jump.span(), "a function that has returned cannot go elsewhere", "use on");
        }
        if (!scope.atEntry()) {
            throw Errors.at(jump.span(), "goto works at a function's entry only", scope.remedy("leave the offset out"));
        }
        return point.accept(new AttachPoint.Visitor<>() {
            @Override
            public TypedRule.Jump visitKernel(AttachPoint.Kernel from) {
                return inKernel(jump, from);
            }

            @Override
            public TypedRule.Jump visitUser(AttachPoint.User from) {
                return inProgram(jump, from);
            }
        });
    }

    private TypedRule.Jump inKernel(GotoClause jump, AttachPoint.Kernel from) {
        FunctionName name = jump.function();
        Span span = name.span();
        KernelSymbol to = new FunctionFinder(context).named(name.module(), name.function(), name.address(), span);
        if (to.address() == 0) {
            throw Errors.at(span, "goto needs the address of " + to.name() + ", which the kernel hides",
                    "sysctl kernel.kptr_restrict=0, or run regsh as root");
        }
        if (to.name().equals(from.function()) && to.module().equals(from.module())) {
            throw Errors.at(span, "goto " + to.name() + " from " + from.function() + " itself would never end");
        }
        if (!force) {
            checkPrototypes(to, span);
        }
        return new TypedRule.Jump(to.name(), to.address(), jump.span());
    }

    private void checkPrototypes(KernelSymbol to, Span span) {
        Optional<FunctionType> target = context.types().function(to.name(), to.module());
        if (scope.prototype().isEmpty() || target.isEmpty()) {
            throw Errors.at(span, "the kernel's BTF does not have the prototype of "
                    + (target.isEmpty() ? to.name() : scope.function()),
                    "if you know that both are called alike, insist with force");
        }
        boolean same = SameCall.of(scope.prototype().get(), target.get())
                && scope.layout().orElseThrow().sameCall(CallLayout.of(target.get(), scope.registers()));
        if (!same) {
            throw Errors.at(span, to.name() + " is not called like " + scope.function() + ": "
                    + TypeText.of(target.get()) + " against " + TypeText.of(scope.prototype().get()), "force insists");
        }
    }

    /** In user programs nothing tells the prototypes. */
    private TypedRule.Jump inProgram(GotoClause jump, AttachPoint.User from) {
        FunctionName name = jump.function();
        UserFunction function = UserFunction.of(context, from, name, "goto");
        if (!function.begins()) {
            throw Errors.at(name.span(), name.function() + " is no function but a part of one that the compiler has moved away");
        }
        long distance = function.distance();
        if (distance == 0) {
            throw Errors.at(name.span(), "goto " + name.function() + " from itself would never end");
        }
        return new TypedRule.Jump(name.function(), distance, jump.span());
    }
}
