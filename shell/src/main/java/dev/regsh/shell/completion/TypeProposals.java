// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.completion;

import dev.regsh.bpf.abi.CallLayout;
import dev.regsh.bpf.abi.Passing;
import dev.regsh.bpf.register.Architecture;
import dev.regsh.bpf.register.Register;
import dev.regsh.bpf.register.RegisterTable;
import dev.regsh.bpf.type.FunctionType;
import dev.regsh.bpf.type.Type;
import dev.regsh.session.machine.ArgumentRegisters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** What BTF knows of a function: its parameters, and the fields they lead to. */
final class TypeProposals {
    private TypeProposals() {}

    /** @param suffix {@code =} where they are to be set */
    static List<CompletionProposal> parameters(FunctionType function, String suffix) {
        List<String> registers = ArgumentRegisters.of(function, Architecture.ofThisMachine());
        List<CompletionProposal> proposals = new ArrayList<>();
        for (int i = 0; i < function.parameters().size(); i++) {
            FunctionType.Parameter parameter = function.parameters().get(i);
            if (!parameter.name().isEmpty()) {
                proposals.add(Proposal.of(parameter.name() + suffix, parameter.declared()
                        + (registers.get(i).isEmpty() ? "" : ", " + registers.get(i)), "parameters", suffix.isEmpty()));
            }
        }
        return proposals;
    }

    /**
     * The 64-bit registers first: the narrow ones are listed only where their name is begun.
     *
     * @param carried what is in them
     */
    static List<CompletionProposal> registers(Map<Register, String> carried, String typed, boolean toSet) {
        List<CompletionProposal> proposals = new ArrayList<>();
        for (Register register : Architecture.ofThisMachine().registers().all()) {
            if ((toSet && !register.writable()) || (register.bits() != 64 && typed.isEmpty())) {
                continue;
            }
            String description = carried.containsKey(register) ? carried.get(register) : register.bits() == 64 ? ""
                    : register.bits() + " bits of " + register.whole();
            proposals.add(Proposal.of(register.name() + (toSet ? "=" : ""), description, "registers", !toSet));
        }
        return proposals;
    }

    /**
     * What registers carry at a function's entry: arguments, and the address of its result.
     *
     * @param function empty: its prototype is not known
     */
    static Map<Register, String> carried(Optional<FunctionType> function) {
        RegisterTable table = Architecture.ofThisMachine().registers();
        Map<Register, String> carried = new HashMap<>();
        if (function.isEmpty()) {
            table.arguments().forEach(register -> carried.put(register, "argument " + table.arguments().indexOf(register)));
            return carried;
        }
        CallLayout layout = CallLayout.of(function.get(), table);
        for (int i = 0; i < layout.parameters().size(); i++) {
            Passing passing = layout.parameters().get(i) instanceof Passing.ByReference reference ? reference.address()
                    : layout.parameters().get(i);
            if (passing instanceof Passing.InRegisters in) {
                String what = "argument " + i + (in.parts().size() > 1 ? ", part of it" : "");
                in.registers().forEach(register -> carried.put(register, what));
            }
        }
        if (layout.result() instanceof Passing.InCallersMemory memory) {
            carried.put(memory.address(), "the address of the result");
        }
        return carried;
    }

    /** The fields behind {@code ->} or {@code .}; those of anonymous members count as the struct's own. */
    static List<CompletionProposal> fields(Type type) {
        List<CompletionProposal> proposals = new ArrayList<>();
        addFields(struct(type), proposals);
        return proposals;
    }

    private static void addFields(Optional<Type.Struct> struct, List<CompletionProposal> proposals) {
        for (Type.Member member : struct.map(s -> s.members().get()).orElse(List.of())) {
            if (member.name().isEmpty()) {
                addFields(struct(member.type()), proposals);
            } else {
                String width = member.bitWidth() == 0 ? "" : " : " + member.bitWidth();
                boolean goesOn = struct(member.type()).isPresent();
                proposals.add(Proposal.of(member.name(), member.type().accept(TypeText.OF) + width, "fields", !goesOn));
            }
        }
    }

    /** The type behind a path such as {@code file->f_path.dentry}; empty where a step leads nowhere. */
    static Optional<Type> follow(FunctionType function, List<String> path) {
        Optional<Type> type = function.parameters().stream().filter(p -> p.name().equals(path.get(0)))
                .map(FunctionType.Parameter::type).findFirst()
                .or(() -> path.get(0).equals("ret") ? Optional.of(function.returns()) : Optional.empty());
        for (String step : path.subList(1, path.size())) {
            type = type.flatMap(TypeProposals::struct).flatMap(struct -> member(struct, step)).map(Type.Member::type);
        }
        return type;
    }

    private static Optional<Type.Member> member(Type.Struct struct, String name) {
        for (Type.Member member : struct.members().get()) {
            if (member.name().equals(name)) {
                return Optional.of(member);
            } else if (member.name().isEmpty()) {
                Optional<Type.Member> inner = struct(member.type()).flatMap(s -> member(s, name));
                if (inner.isPresent()) {
                    return inner;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Type.Struct> struct(Type type) {
        if (type instanceof Type.Pointer pointer) {
            return pointer.target().get() instanceof Type.Struct target ? Optional.of(target) : Optional.empty();
        }
        return type instanceof Type.Struct struct ? Optional.of(struct) : Optional.empty();
    }
}
