// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.base.text.CompilerSuffix;
import dev.regsh.base.text.Glob;
import dev.regsh.bpf.program.AttachPoint;
import dev.regsh.bpf.register.Architecture;
import dev.regsh.bpf.resolve.Scope;
import dev.regsh.bpf.type.FunctionType;
import dev.regsh.bpf.typed.Returning;
import dev.regsh.grammar.probe.Probe;
import dev.regsh.grammar.statement.Rule;
import java.util.Optional;
import java.util.function.Supplier;

/** What names can mean at one of a rule's probes. */
final class ScopeFinder implements AttachPoint.Visitor<Scope> {
    private final CheckContext context;
    private final Rule rule;

    ScopeFinder(CheckContext context, Rule rule) {
        this.context = context;
        this.rule = rule;
    }

    @Override
    public Scope visitKernel(AttachPoint.Kernel point) {
        boolean inside = rule.after() || point.offset() != 0 || CompilerSuffix.isColdPart(point.function());
        return new Scope(context.architecture().registers(), point.function(), new Once(context, point),
                rule.after() ? Returning.HOOKED : Returning.NOT, inside ? AttachPoint.Entry.NO : AttachPoint.Entry.YES, false,
                () -> clone(point));
    }

    @Override
    public Scope visitUser(AttachPoint.User point) {
        return new Scope(context.architecture().registers(), point.symbol(), Optional::empty, returning(point),
                rule.after() ? AttachPoint.Entry.NO : point.entry(), true, () -> clone(point).or(() -> go(point)));
    }

    private static Returning returning(AttachPoint.User user) {
        return !user.onReturn() ? Returning.NOT : user.hooked() ? Returning.HOOKED
                : user.lastCalls().isEmpty() ? Returning.AT_INSTRUCTIONS : Returning.AT_SOME_INSTRUCTIONS;
    }

    /** It is one of a glob's. */
    private Optional<Scope.Elsewhere> clone(AttachPoint point) {
        boolean glob = rule.probe() instanceof Probe.KernelGlob
                || (rule.probe() instanceof Probe.UserSymbol user && Glob.isOne(user.symbol())
                        && !user.symbol().equals(point.function()));
        return glob && CompilerSuffix.isClone(point.function()) ? Optional.of(new Scope.Elsewhere(
                "the compiler has made it of another function: its arguments may be others, in other registers",
                "name the register, or the function itself")) : Optional.empty();
    }

    /** All names of Go have a dot; without one it is a C function in a program of both, and without a name nobody knows. */
    private Optional<Scope.Elsewhere> go(AttachPoint.User user) {
        boolean go = (user.symbol().isEmpty() || user.symbol().indexOf('.') > 0) && context.userSymbols().isGo(user.path());
        return go ? Optional
                .of(new Scope.Elsewhere("a Go function's arguments are in other registers: " + goRegisters(),
                        "name the register; a string takes two, a slice three"))
                : Optional.empty();
    }

    /** Of integers, in order (Go's src/cmd/compile/abi-internal.md). */
    private String goRegisters() {
        return context.architecture() == Architecture.ARM64 ? "x0 to x15" : "rax, rbx, rcx, rdi, rsi, r8, r9, r10, r11";
    }

    /** Asks for the prototype at the first use. */
    private static final class Once implements Supplier<Optional<FunctionType>> {
        private final CheckContext context;
        private final AttachPoint.Kernel point;
        private boolean asked;
        private Optional<FunctionType> known = Optional.empty();

        Once(CheckContext context, AttachPoint.Kernel point) {
            this.context = context;
            this.point = point;
        }

        @Override
        public Optional<FunctionType> get() {
            if (!asked) {
                asked = true;
                known = context.types().function(point.function(), point.module());
            }
            return known;
        }
    }
}
