// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.resolve;

import dev.regsh.base.errno.Errno;
import dev.regsh.base.text.Nearest;
import dev.regsh.bpf.abi.CallLayout;
import dev.regsh.bpf.abi.Passing;
import dev.regsh.bpf.register.Register;
import dev.regsh.bpf.type.FunctionType;
import dev.regsh.bpf.type.Type;
import dev.regsh.bpf.type.TypeText;
import dev.regsh.bpf.typed.ContextName;
import dev.regsh.grammar.clause.ClauseKind;
import dev.regsh.grammar.source.Span;
import dev.regsh.grammar.token.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pass that resolves names: a register, a context name or a parameter, in this order. */
public final class Names {
    /** Names that C has for numbers. */
    private static final Map<String, String> NUMBERS = Map.of("NULL", "0", "nullptr", "0", "true", "1", "false", "0",
            "AT_FDCWD", "-100", "INT_MAX", "0x7fffffff", "ULONG_MAX", "-1");

    private final Scope scope;

    public Names(Scope scope) {
        this.scope = scope;
    }

    /** @param parameter written with a dollar: only a parameter will do */
    public Binding find(String name, boolean parameter, Span span) {
        if (!parameter) {
            Optional<Register> register = scope.registers().find(name);
            if (register.isPresent()) {
                return new Binding.OfRegister(register.get());
            }
            Optional<String> absent = scope.registers().whyAbsent(name);
            if (absent.isPresent()) {
                throw Errors.at(span, absent.get());
            }
            if (name.equals("comm")) {
                return new Binding.Comm();
            }
            Optional<ContextName> context = ContextName.of(name);
            if (context.isPresent()) {
                return new Binding.OfContext(context.get());
            }
            if (name.equals("ret")) {
                return result(span);
            }
        }
        Optional<Integer> number = argumentNumber(name);
        if (number.isPresent() && !parameter) {
            return argument(number.get(), name, span);
        }
        return named(name, parameter, span);
    }

    private Binding result(Span span) {
        if (!scope.after()) {
            throw Errors.at(span, "nothing has been returned yet", "ret has a value in after rules");
        }
        Optional<FunctionType> prototype = scope.prototype();
        if (prototype.isEmpty()) {
            return new Binding.Result(scope.registers().result(), Optional.empty());
        }
        Type type = prototype.get().returns();
        Passing passing = scope.layout().orElseThrow().result();
        if (passing instanceof Passing.Nothing) {
            throw Errors.at(span, scope.function() + " returns nothing", "raw registers can still be read: "
                    + scope.registers().result().name());
        }
        return type.isInteger() ? new Binding.Result(scope.registers().result(), Optional.of(type))
                : new Binding.ByValue("ret", type, TypeText.of(type), passing, true, true);
    }

    private static Optional<Integer> argumentNumber(String name) {
        if (!name.startsWith("arg") || name.length() < 4 || name.length() > 5
                || !name.chars().skip(3).allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        return Optional.of(Integer.parseInt(name.substring(3)));
    }

    private Binding argument(int number, String name, Span span) {
        checkPlace(name, span);
        List<Register> registers = scope.registers().arguments();
        if (scope.prototype().isEmpty()) {
            scope.elsewhere().get().ifPresent(elsewhere -> {
                throw Errors.at(span, elsewhere.why(), elsewhere.remedy());
            });
            if (number >= registers.size()) {
                throw onStack(name, (number - registers.size()) * 8L, 8, span);
            }
            return new Binding.Parameter(name, registers.get(number), scope.after(), Optional.empty());
        }
        FunctionType prototype = scope.prototype().get();
        int beyond = number - prototype.parameters().size();
        if (beyond < 0) {
            return parameter(prototype, number, name, span);
        }
        List<Passing> more = scope.layout().orElseThrow().more();
        if (prototype.variadic() && beyond < more.size()) {
            Passing passing = more.get(beyond);
            if (passing instanceof Passing.OnStack stack) {
                throw onStack(name, stack.offset(), 8, span);
            }
            return new Binding.Parameter(name, passing.single().orElseThrow(), scope.after(), Optional.empty());
        }
        int count = prototype.parameters().size();
        throw Errors.at(span, scope.function() + " has " + (count == 0 ? "no parameters" : count + " parameter"
                + (count == 1 ? "" : "s") + ", arg0" + (count == 1 ? "" : " to arg" + (count - 1))),
                TypeText.of(prototype));
    }

    private Binding named(String name, boolean dollar, Span span) {
        if (scope.prototype().isPresent()) {
            FunctionType prototype = scope.prototype().get();
            for (int i = 0; i < prototype.parameters().size(); i++) {
                if (prototype.parameters().get(i).name().equals(name)) {
                    checkPlace(name, span);
                    return parameter(prototype, i, name, span);
                }
            }
        }
        throw unknown(name, dollar, span);
    }

    private Binding parameter(FunctionType prototype, int number, String name, Span span) {
        FunctionType.Parameter parameter = prototype.parameters().get(number);
        Passing passing = scope.layout().orElseThrow().parameters().get(number);
        boolean integer = parameter.type().isInteger();
        if (passing instanceof Passing.OnStack stack && !(parameter.type() instanceof Type.Struct)) {
            throw onStack(name, stack.offset(), parameter.type().size(), span);
        }
        return integer ? new Binding.Parameter(name, passing.single().orElseThrow(), scope.after(),
                Optional.of(parameter.type()))
                : new Binding.ByValue(name, parameter.type(), parameter.declared(), passing, false, scope.after());
    }

    private void checkPlace(String name, Span span) {
        if (!scope.atEntry() && !scope.after()) {
            throw Errors.at(span, "inside a function " + name + " may be in any register or in none",
                    scope.remedy("probe the function's entry, or name a register"));
        }
    }

    /** @param offset from the first that is, in bytes */
    private RuntimeException onStack(String name, long offset, long size, Span span) {
        int registers = scope.layout().map(Names::inRegisters).orElse(scope.registers().arguments().size());
        String memory = (scope.user() ? "user u" : "u") + Math.min(size, 8) * 8 + "[" + scope.stackPlace(offset) + "]";
        return Errors.at(span, name + " is passed on the stack" + (registers < 2 ? "" : ": registers carry the first "
                + registers + " arguments, arg0 to arg" + (registers - 1)),
                "read it with " + memory + (scope.after() ? "" : ", change it with write " + memory + "=VALUE"));
    }

    /** How many arguments are, before the first that is not. */
    private static int inRegisters(CallLayout layout) {
        int count = 0;
        while (count < layout.parameters().size() && layout.parameters().get(count) instanceof Passing.InRegisters) {
            count++;
        }
        return count;
    }

    private RuntimeException unknown(String name, boolean dollar, Span span) {
        Optional<String> number = Optional.ofNullable(dollar ? null : NUMBERS.get(name));
        if (number.isPresent()) {
            return Errors.at(span, "nothing is named '" + name + "'", "write " + number.get());
        }
        if (!dollar && Errno.number(name).isPresent()) {
            return Errors.at(span, name + " is an errno", "kernel functions return it negated: -" + name);
        }
        Optional<ClauseKind> clause = ClauseKind.named(name).filter(kind -> !dollar && kind.keyword().equals(name));
        if (clause.isPresent()) {
            return Errors.at(span, "nothing is named '" + name + "', which is a clause", clause.get().operand() == Slot.FUNCTION
                    ? "write it by itself, before or after the other clauses: " + name + " FUNCTION" : "put a value before it");
        }
        List<String> known = new ArrayList<>();
        if (name.matches("E[A-Z0-9]+")) {
            Errno.all().forEach(each -> known.add(each.name()));
        }
        scope.prototype().ifPresent(p -> p.parameters().forEach(each -> known.add(each.name())));
        String last = "arg" + (scope.registers().arguments().size() - 1);
        String where = scope.prototype().isPresent() ? TypeText.of(scope.prototype().get())
                : scope.user() ? "a user program's parameters are known by number: arg0 to " + last
                : "the kernel's BTF does not have " + scope.function() + ": parameters are known by number, arg0 to " + last;
        if (!dollar) {
            scope.registers().all().forEach(register -> known.add(register.name()));
            for (ContextName context : ContextName.values()) {
                known.add(context.keyword());
            }
            known.add("comm");
        }
        List<String> near = Nearest.of(name, known, 3);
        return Errors.at(span, (dollar ? "no parameter is named '" : "nothing is named '") + name + "'",
                near.isEmpty() ? where : Errors.didYouMean(near));
    }
}
