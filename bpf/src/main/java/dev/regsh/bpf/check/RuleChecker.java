// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.base.text.Glob;
import dev.regsh.bpf.program.AttachPoint;
import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.resolve.Scope;
import dev.regsh.bpf.type.FunctionType;
import dev.regsh.bpf.type.Type;
import dev.regsh.bpf.typed.Expr;
import dev.regsh.bpf.typed.Returning;
import dev.regsh.bpf.typed.StringSource;
import dev.regsh.bpf.typed.TypedRule;
import dev.regsh.grammar.clause.ChanceClause;
import dev.regsh.grammar.clause.Clause;
import dev.regsh.grammar.clause.EveryClause;
import dev.regsh.grammar.clause.ForceClause;
import dev.regsh.grammar.clause.GotoClause;
import dev.regsh.grammar.clause.LimitClause;
import dev.regsh.grammar.clause.LogClause;
import dev.regsh.grammar.clause.RetClause;
import dev.regsh.grammar.clause.SetClause;
import dev.regsh.grammar.clause.SignalClause;
import dev.regsh.grammar.clause.SkipClause;
import dev.regsh.grammar.clause.WriteClause;
import dev.regsh.grammar.expression.Expression;
import dev.regsh.grammar.probe.Probe;
import dev.regsh.grammar.source.Span;
import dev.regsh.grammar.statement.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pass that types a rule at one of its probes. */
public final class RuleChecker {
    /** What compilers call a part of a function that they move away: nothing enters it as a function. */
    /** What gcc writes behind the name of a function that it has made of another. */
    private static final Pattern CLONE = Pattern.compile("\\.(isra|constprop|part)\\.");
    private static final Pattern MOVED = Pattern.compile("\\.cold(\\.\\d+)?$");

    private final CheckContext context;
    private final Rule rule;
    private final AttachPoint point;
    private final Scope scope;
    private final ExpressionTyper values;
    private final AssignmentTyper assignments;
    private final ResultTyper results;
    private final Errnos errnos;

    private RuleChecker(CheckContext context, Rule rule, AttachPoint point) {
        this.context = context;
        this.rule = rule;
        this.point = point;
        scope = scope(context, rule, point);
        values = new ExpressionTyper(scope);
        results = new ResultTyper(scope, values, rule.clause(ForceClause.class).isPresent());
        errnos = new Errnos(scope);
        assignments = new AssignmentTyper(scope, values, results, errnos);
    }

    public static TypedRule check(CheckContext context, Rule rule, AttachPoint point) {
        return new RuleChecker(context, rule, point).run();
    }

    private static Scope scope(CheckContext context, Rule rule, AttachPoint point) {
        if (point instanceof AttachPoint.Kernel kernel) {
            return new Scope(context.architecture().registers(), kernel.function(), new Once(context, kernel),
                    rule.after() ? Returning.HOOKED : Returning.NOT,
                    rule.after() || kernel.offset() != 0 || MOVED.matcher(kernel.function()).find() ? AttachPoint.Entry.NO
                            : AttachPoint.Entry.YES, false, () -> clone(rule, point));
        }
        AttachPoint.User user = (AttachPoint.User) point;
        return new Scope(context.architecture().registers(), user.symbol(), Optional::empty, returning(user),
                rule.after() ? AttachPoint.Entry.NO : user.entry(), true, () -> clone(rule, point).or(() -> go(context, user)));
    }

    private static Returning returning(AttachPoint.User user) {
        return !user.onReturn() ? Returning.NOT : user.hooked() ? Returning.HOOKED
                : user.lastCalls().isEmpty() ? Returning.AT_INSTRUCTIONS : Returning.AT_SOME_INSTRUCTIONS;
    }

    /** It is one of a glob's. */
    private static Optional<Scope.Elsewhere> clone(Rule rule, AttachPoint point) {
        boolean glob = rule.probe() instanceof Probe.KernelGlob
                || (rule.probe() instanceof Probe.UserSymbol user && Glob.isOne(user.symbol())
                        && !user.symbol().equals(point.function()));
        return glob && CLONE.matcher(point.function()).find() ? Optional.of(new Scope.Elsewhere("the compiler has made it of another function: its arguments may be others, in"
                + " other registers", "name the register, or the function itself")) : Optional.empty();
    }

    /** All names of Go have a dot; without one it is a C function in a program of both, and without a name nobody knows. */
    private static Optional<Scope.Elsewhere> go(CheckContext context, AttachPoint.User user) {
        boolean go = (user.symbol().isEmpty() || user.symbol().indexOf('.') > 0) && context.userSymbols().isGo(user.path());
        return go ? Optional.of(new Scope.Elsewhere("a Go function's arguments are in other registers: rax, rbx, rcx, rdi, rsi, r8, r9,"
                + " r10, r11", "name the register; a string takes two, a slice three")) : Optional.empty();
    }

    /** Asks for the prototype at the first use. */
    private static final class Once implements Supplier<Optional<FunctionType>> {
        private final CheckContext context;
        private final AttachPoint.Kernel point;
        private Optional<FunctionType> known;

        Once(CheckContext context, AttachPoint.Kernel point) {
            this.context = context;
            this.point = point;
        }

        @Override
        public Optional<FunctionType> get() {
            if (known == null) {
                known = context.types().function(point.function(), point.module());
            }
            return known;
        }
    }

    private TypedRule run() {
        List<TypedRule.RegisterWrite> registers = new ArrayList<>();
        List<TypedRule.MemoryWrite> memory = new ArrayList<>();
        List<TypedRule.Logged> logged = new ArrayList<>();
        for (Clause clause : rule.clauses()) {
            if (clause instanceof SetClause set) {
                set.assignments().forEach(assignment -> registers.add(assignments.register(assignment)));
            } else if (clause instanceof WriteClause write) {
                memory.add(assignments.memory(write));
            } else if (clause instanceof LogClause log) {
                log.values().forEach(value -> logged.add(logged(value)));
            }
        }
        Optional<Expr> result = Optional.empty();
        Optional<RetClause> ret = rule.clause(RetClause.class);
        ret.ifPresent(given -> errnos.result());
        if (ret.isPresent() && rule.after()) {
            registers.add(new TypedRule.RegisterWrite(scope.registers().result(), results.result(ret.get()),
                    results.returned(ret.get().span()), "ret", ret.get().span()));
        } else if (ret.isPresent()) {
            if (!scope.atEntry()) {
                throw Errors.at(ret.get().span(), "a function can be skipped at its entry only",
                        scope.remedy("leave the offset out, or change registers with set"));
            }
            result = Optional.of(results.result(ret.get()));
            checkResultAlone(registers);
            results.checkFilled(ret.get(), registers);
        }
        AssignmentTyper.checkTwice(registers);
        Optional<TypedRule.Jump> jump = rule.clause(GotoClause.class)
                .map(g -> new JumpChecker(context, scope, rule.clause(ForceClause.class).isPresent()).jump(g, point));
        OptionalInt signal = rule.clause(SignalClause.class).map(s -> OptionalInt.of(Signals.number(s)))
                .orElse(OptionalInt.empty());
        boolean logs = rule.clause(LogClause.class).isPresent();
        TypedRule typed = new TypedRule(rule.dry(), scope.returning(), scope.user(), rule.clause(ForceClause.class).isPresent(),
                new SelectorChecker(context, point, scope, values).selectors(rule), turn(), registers, result,
                jump, memory, signal,
                logs ? Optional.of(List.copyOf(logged)) : Optional.empty(), errnos.labels());
        if (!typed.acts() && !typed.emits()) {
            throw Errors.at(rule.span(), "this rule changes nothing",
                    "add set REGISTER=VALUE, ret=VALUE or log, or begin it with dry");
        }
        return typed;
    }

    /** The result travels in a register of its own, which {@code set} must not name too. */
    private void checkResultAlone(List<TypedRule.RegisterWrite> registers) {
        for (TypedRule.RegisterWrite write : registers) {
            if (write.register().slot() == scope.registers().result().slot()) {
                throw Errors.at(write.span(), write.label() + " and ret set the same register", "leave one of them out");
            }
        }
    }

    private TypedRule.Turn turn() {
        return new TypedRule.Turn(rule.clause(SkipClause.class).map(SkipClause::hits).orElse(0L),
                rule.clause(EveryClause.class).map(EveryClause::hits).orElse(1L),
                rule.clause(ChanceClause.class).map(ChanceClause::millionths).orElse(TypedRule.Turn.ALWAYS),
                rule.clause(LimitClause.class).map(LimitClause::times).orElse(TypedRule.Turn.UNLIMITED),
                Stream.of(SkipClause.class, EveryClause.class, ChanceClause.class, LimitClause.class)
                        .map(kind -> rule.clause(kind).map(Clause::span).orElse(Span.NONE)).toList());
    }

    private TypedRule.Logged logged(Expression value) {
        String label = value.written();
        Optional<StringSource> text = values.string(value);
        if (text.isPresent()) {
            return new TypedRule.Logged.Text(label, text.get(), value.span());
        }
        Typed typed = values.value(value);
        errnos.value(label, value, typed.type());
        return new TypedRule.Logged.Number(label, typed.expr(), typed.type() instanceof Type.Pointer);
    }
}
