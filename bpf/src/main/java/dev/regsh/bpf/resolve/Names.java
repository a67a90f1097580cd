// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.resolve;

import dev.regsh.bpf.register.Register;
import dev.regsh.bpf.type.FunctionType;
import dev.regsh.bpf.type.Type;
import dev.regsh.bpf.type.Types;
import dev.regsh.bpf.typed.ContextName;
import dev.regsh.bpf.typed.Returning;
import dev.regsh.grammar.ast.Span;
import dev.regsh.grammar.diagnostic.Nearest;
import dev.regsh.grammar.errno.Errno;
import dev.regsh.grammar.syntax.ClauseWords;
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
            Register register = scope.registers().named(name);
            if (register != null) {
                return new Binding.OfRegister(register);
            }
            String absent = scope.registers().whyAbsent(name);
            if (absent != null) {
                throw Errors.at(span, absent);
            }
            if (name.equals("comm")) {
                return new Binding.Comm();
            }
            ContextName context = ContextName.of(name);
            if (context != null) {
                return new Binding.OfContext(context);
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
        Type type = scope.prototype().map(FunctionType::returns).orElse(null);
        if (type instanceof Type.Void) {
            throw Errors.at(span, scope.function() + " returns nothing", "raw registers can still be read: rax");
        }
        return new Binding.Result(scope.registers().result(), type);
    }

    private static Optional<Integer> argumentNumber(String name) {
        if (!name.startsWith("arg") || name.length() < 4 || name.length() > 5
                || !name.chars().skip(3).allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        return Optional.of(Integer.parseInt(name.substring(3)));
    }

    private Binding argument(int number, String name, Span span) {
        int registers = scope.registers().arguments().size();
        if (scope.prototype().isEmpty()) {
            scope.elsewhere().get().ifPresent(elsewhere -> {
                throw Errors.at(span, elsewhere.why(), elsewhere.remedy());
            });
            if (number >= registers) {
                throw onStack(name, (number - registers) * 8L, 8, span);
            }
            checkPlace(name, span);
            return new Binding.Parameter(name, number, scope.registers().arguments().get(number), scope.after(), null);
        }
        FunctionType prototype = scope.prototype().get();
        if (number >= prototype.parameters().size()) {
            if (prototype.variadic() && number < registers) {
                checkPlace(name, span);
                return new Binding.Parameter(name, number, scope.registers().arguments().get(number), scope.after(), null);
            }
            int count = prototype.parameters().size();
            throw Errors.at(span, scope.function() + " has " + (count == 0 ? "no parameters" : count + " parameter"
                    + (count == 1 ? "" : "s") + ", arg0" + (count == 1 ? "" : " to arg" + (count - 1))),
                    Types.show(prototype));
        }
        return parameter(prototype, number, name, span);
    }

    private Binding named(String name, boolean dollar, Span span) {
        if (scope.prototype().isPresent()) {
            FunctionType prototype = scope.prototype().get();
            for (int i = 0; i < prototype.parameters().size(); i++) {
                if (prototype.parameters().get(i).name().equals(name)) {
                    return parameter(prototype, i, name, span);
                }
            }
        }
        throw unknown(name, dollar, span);
    }

    private Binding parameter(FunctionType prototype, int number, String name, Span span) {
        FunctionType.Parameter parameter = prototype.parameters().get(number);
        if (parameter.type() instanceof Type.Float) {
            throw Errors.at(span, name + " is a " + parameter.declared() + ": floating point numbers do not travel in the"
                    + " registers a probe sees", "");
        }
        List<Register> registers = CallingConvention.places(prototype, scope.registers()).get(number);
        long stackOffset = CallingConvention.stackOffset(prototype, scope.registers(), number);
        if (parameter.type() instanceof Type.Struct) {
            throw Errors.at(span, name + ", a " + parameter.declared() + ", is passed by value", registers.isEmpty()
                    ? "it lies on the stack, from " + stackPlace(stackOffset) + " on"
                    : "name the register that carries it: " + String.join(", ",
                            registers.stream().map(Register::name).toList()));
        }
        if (registers.isEmpty()) {
            throw onStack(name, stackOffset, Types.size(parameter.type()), span);
        }
        if (!Types.isInteger(parameter.type())) {
            throw Errors.at(span, name + " is a " + parameter.declared() + ", which does not fit one register",
                    "its registers are "
                    + String.join(" and ", registers.stream().map(Register::name).toList()));
        }
        checkPlace(name, span);
        return new Binding.Parameter(name, scope.registers().arguments().indexOf(registers.get(0)), registers.get(0),
                scope.after(), parameter.type());
    }

    private void checkPlace(String name, Span span) {
        if (!scope.atEntry() && !scope.after()) {
            throw Errors.at(span, "inside a function " + name + " may be in any register or in none",
                    scope.remedy("probe the function's entry, or name a register"));
        }
    }

    /** @param offset from the first that is, in bytes */
    private RuntimeException onStack(String name, long offset, long size, Span span) {
        String memory = (scope.user() ? "user u" : "u") + Math.min(size, 8) * 8 + "[" + stackPlace(offset) + "]";
        return Errors.at(span, name + " is passed on the stack: registers carry the first "
                + scope.registers().arguments().size()
                + " arguments, arg0 to arg" + (scope.registers().arguments().size() - 1),
                "read it with " + memory + (scope.after() ? "" : ", change it with write " + memory + "=VALUE"));
    }

    /** Above the return address, as long as that is there. */
    private String stackPlace(long offset) {
        return scope.registers().stackPointer().name() + "+" + (scope.returning() == Returning.HOOKED ? offset : offset + 8);
    }

    private RuntimeException unknown(String name, boolean dollar, Span span) {
        Optional<String> number = Optional.ofNullable(dollar ? null : NUMBERS.get(name));
        if (number.isPresent()) {
            return Errors.at(span, "nothing is named '" + name + "'", "write " + number.get());
        }
        if (!dollar && Errno.number(name).isPresent()) {
            return Errors.at(span, name + " is an errno", "kernel functions return it negated: -" + name);
        }
        if (!dollar && ClauseWords.BY_TYPE.containsValue(name)) {
            boolean operand = name.equals("caller") || name.equals("goto");
            return Errors.at(span, "nothing is named '" + name + "', which is a clause", operand
                    ? "write it by itself, before or after the other clauses: " + name + " FUNCTION" : "put a value before it");
        }
        List<String> known = new ArrayList<>();
        if (name.matches("E[A-Z0-9]+")) {
            Errno.all().forEach(each -> known.add(each.name()));
        }
        scope.prototype().ifPresent(p -> p.parameters().forEach(each -> known.add(each.name())));
        String where = scope.prototype().isPresent() ? Types.show(scope.prototype().get())
                : scope.user() ? "a user program's parameters are known by number: arg0 to arg5"
                : "the kernel's BTF does not have " + scope.function() + ": parameters are known by number, arg0 to arg5";
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
