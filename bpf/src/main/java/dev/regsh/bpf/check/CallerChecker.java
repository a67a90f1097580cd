// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.bpf.program.AttachPoint;
import dev.regsh.bpf.register.Register;
import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.resolve.FunctionFinder;
import dev.regsh.bpf.resolve.Scope;
import dev.regsh.bpf.symbol.KernelSymbol;
import dev.regsh.bpf.typed.Selector;
import dev.regsh.grammar.clause.CallerClause;
import dev.regsh.grammar.probe.FunctionName;
import java.util.List;

/** Checks {@code caller}: which code calls must come from. */
final class CallerChecker {
    /**
     * What finds the return address that a return probe stands in for, so that stacks lead over it (kernel/kprobes.c,
     * kernel/trace/rethook.c); a kernel has one of them.
     */
    private static final List<String> OVER_RETURN_PROBES = List.of("rethook_find_ret_addr", "kretprobe_find_ret_addr");

    private final CheckContext context;
    private final AttachPoint point;
    private final Scope scope;

    CallerChecker(CheckContext context, AttachPoint point, Scope scope) {
        this.context = context;
        this.point = point;
        this.scope = scope;
    }

    Selector caller(CallerClause caller) {
        return point.accept(new AttachPoint.Visitor<>() {
            @Override
            public Selector visitKernel(AttachPoint.Kernel probe) {
                return inKernel(caller);
            }

            @Override
            public Selector visitUser(AttachPoint.User probe) {
                return inProgram(caller, probe);
            }
        });
    }

    private Selector inKernel(CallerClause caller) {
        FunctionName name = caller.function();
        if (scope.after() && OVER_RETURN_PROBES.stream().allMatch(function -> context.symbols().named(function).isEmpty())) {
            throw Errors.at(caller.span(), "this kernel does not see who called when a function returns (Linux 5.15 does)",
                    "use on, or narrow the rule with pid, comm or when");
        }
        KernelSymbol symbol = new FunctionFinder(context).named(name.module(), name.function(), name.address(), name.span());
        if (symbol.address() == 0) {
            throw Errors.at(caller.span(), "caller needs the address of " + symbol.name() + ", which the kernel hides",
                    "sysctl kernel.kptr_restrict=0, or run regsh as root");
        }
        return new Selector.Caller(symbol.address(), context.symbols().size(symbol), scope.atEntry(), false, caller.span());
    }

    private String returnAddress() {
        return scope.registers().link().map(Register::name).orElse("u64[" + scope.registers().stackPointer().name() + "]");
    }

    private Selector inProgram(CallerClause caller, AttachPoint.User probe) {
        if (!scope.atEntry()) {
            throw Errors.at(caller.span(), "in a user program the caller is known at a function's entry only",
                    scope.after() ? "use on" : scope.remedy("leave the offset out"));
        }
        UserFunction function = UserFunction.of(context, probe, caller.function(), "caller");
        if (function.size() == 0) {
            throw Errors.at(caller.function().span(),
                    probe.path() + " does not tell where " + caller.function().function() + " ends",
                    "compare the return address: when " + returnAddress() + " == ADDRESS");
        }
        return new Selector.Caller(function.distance(), function.size(), true, true, caller.span());
    }
}
