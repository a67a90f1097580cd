// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.CompileContext;
import dev.regsh.bpf.encode.Alu;
import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.CodeBuilder;
import dev.regsh.bpf.ir.Op;
import dev.regsh.bpf.ir.Target;
import dev.regsh.bpf.program.Relocation;
import dev.regsh.bpf.register.Register;
import dev.regsh.bpf.register.RegisterTable;
import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.resolve.RegisterNames;
import dev.regsh.grammar.ast.Assignment;
import dev.regsh.grammar.ast.Clause;
import dev.regsh.grammar.ast.Rule;
import dev.regsh.grammar.ast.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a rule changes, as the words it gives {@code bpf_override_regs}: struct bpf_reg_value, 16 bytes each. */
final class Overrides {
    private static final int PARM = 1;
    private static final int RETURN = 2;
    private static final int VALUE_BYTES = 16;

    private record Part(Register register, Value value) {}

    private final CompileContext context;
    private final Rule rule;
    private final CodeBuilder code;
    private final ExpressionLowering expressions;
    /** By slot, in the order written; parts of one register come together. */
    private final Map<Integer, List<Part>> bySlot = new LinkedHashMap<>();
    private int flags;

    Overrides(CompileContext context, Rule rule, CodeBuilder code, ExpressionLowering expressions) {
        this.context = context;
        this.rule = rule;
        this.code = code;
        this.expressions = expressions;
    }

    /** Reads and checks the assignments; every value is computed before any is written. */
    void collect(boolean atEntry) {
        RegisterTable table = context.architecture().registers();
        rule.clause(Clause.Set.class).ifPresent(set -> set.assignments().forEach(a -> assign(a, table, atEntry)));
        rule.clause(Clause.Ret.class).ifPresent(ret -> {
            if (!rule.after() && !atEntry) {
                throw Errors.at(ret.span(), "a function can be skipped at its entry only",
                        "leave the offset out, or change registers with set");
            }
            add(table.result(), expressions.lower(ret.value()));
            flags |= rule.after() ? PARM : RETURN;
        });
    }

    boolean isEmpty() {
        return bySlot.isEmpty();
    }

    /** The value of {@code ret=}, if it is all there is and a constant: what bpf_override_return can do. */
    Value onlyReturn() {
        return flags == RETURN && bySlot.size() == 1 ? bySlot.values().iterator().next().get(0).value() : null;
    }

    private void assign(Assignment assignment, RegisterTable table, boolean atEntry) {
        Span span = assignment.targetSpan();
        String name = assignment.target();
        Register register = assignment.parameter() ? null : RegisterNames.find(table, name);
        if (register == null) {
            String absent = table.whyAbsent(name);
            if (absent != null) {
                throw Errors.at(span, absent);
            }
            throw Errors.at(span, "no register '" + name + "'", Errors.didYouMean(RegisterNames.near(table, name)));
        }
        if (!register.writable()) {
            throw Errors.at(span, name + " cannot be set: " + register.readOnly());
        }
        if (rule.after() && register.slot() != table.result().slot()) {
            throw Errors.at(span, "after a function has returned only its result can be set", "write ret=VALUE");
        }
        if (atEntry && register.whole().equals("r11")) {
            throw Errors.at(span, "r11 is not restored at a function's entry", "set it at an offset inside the function");
        }
        Value value = expressions.lower(assignment.value());
        if (value.isConstant() && register.bits() < 64) {
            long least = -(1L << register.bits() - 1);
            long most = (1L << register.bits()) - 1;
            if (value.constant() < least || value.constant() > most) {
                throw Errors.at(assignment.value().span(), value.constant() + " does not fit in " + name + ", which has "
                        + register.bits() + " bits", "give " + least + " to " + most);
            }
        }
        add(register, value);
        flags |= PARM;
    }

    private void add(Register register, Value value) {
        bySlot.computeIfAbsent(register.slot(), slot -> new ArrayList<>()).add(new Part(register, value));
    }

    /** Calls the override function; the result is 0 or a negative errno. */
    int call() {
        int size = bySlot.size() * VALUE_BYTES;
        int at = code.newStack(size);
        int place = at;
        for (Map.Entry<Integer, List<Part>> entry : bySlot.entrySet()) {
            // Slot and the reserved word in one store.
            code.add(new Op.StackStoreConstant(8, place, entry.getKey()));
            store(place + 8, entry.getKey(), entry.getValue());
            place += VALUE_BYTES;
        }
        int result = code.newValue();
        code.add(new Op.Call(new Target.Relocated(Relocation.Kind.OVERRIDE_CALL, "bpf_override_regs"), result,
                List.of(new Argument.Context(), new Argument.Stack(at), new Argument.Constant(size),
                        new Argument.Constant(flags))));
        return result;
    }

    private void store(int place, int slot, List<Part> parts) {
        Part first = parts.get(0);
        if (parts.size() == 1 && first.register().bits() >= 32) {
            Value value = first.register().bits() == 64 ? first.value() : low32(first.value());
            if (value.isConstant() && value.constant() == (int) value.constant()) {
                code.add(new Op.StackStoreConstant(8, place, (int) value.constant()));
            } else {
                code.add(new Op.StackStore(8, place, value.isConstant() ? expressions.materialize(value) : value.id()));
            }
            return;
        }
        int word = code.newValue();
        code.add(new Op.ContextLoad(word, 8, slot * 8));
        for (Part part : parts) {
            merge(word, part);
        }
        code.add(new Op.StackStore(8, place, word));
    }

    private Value low32(Value value) {
        if (value.isConstant()) {
            return Value.of(value.constant() & 0xFFFF_FFFFL, false);
        }
        int cut = expressions.materialize(value);
        code.add(new Op.BinaryConstant(Alu.LSH, true, cut, 32));
        code.add(new Op.BinaryConstant(Alu.RSH, true, cut, 32));
        return new Value(cut, 0, false);
    }

    /** Puts a part of a register into the whole, as the processor would: 32 bits clear the upper half. */
    private void merge(int word, Part part) {
        Register register = part.register();
        int mask = code.newValue();
        code.add(new Op.Constant(mask, ~register.written()));
        code.add(new Op.Binary(Alu.AND, true, word, mask));
        int value = expressions.materialize(part.value());
        int keep = code.newValue();
        code.add(new Op.Constant(keep, register.bits() == 64 ? -1L : (1L << register.bits()) - 1));
        code.add(new Op.Binary(Alu.AND, true, value, keep));
        if (register.shift() > 0) {
            code.add(new Op.BinaryConstant(Alu.LSH, true, value, register.shift()));
        }
        code.add(new Op.Binary(Alu.OR, true, word, value));
    }
}
