// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.abi;

import dev.regsh.bpf.register.Architecture;
import dev.regsh.bpf.register.RegisterTable;
import dev.regsh.bpf.type.FunctionType;
import java.util.List;

/**
 * Where the arguments and the result of a call to a function are, at its entry and at its return. What BTF does not say is
 * taken as the C language has it: it does not tell an alignment that was asked for by an attribute and shows in no size, and
 * has vectors as arrays.
 *
 * @param parameters in the order of the prototype
 * @param more how the first arguments after them travel, those of a function with an ellipsis, as integers
 */
public record CallLayout(List<Passing> parameters, Passing result, List<Passing> more) {

    public CallLayout {
        parameters = List.copyOf(parameters);
        more = List.copyOf(more);
    }

    public static CallLayout of(FunctionType function, RegisterTable table) {
        return table.architecture() == Architecture.ARM64 ? new Aapcs64(table).layout(function)
                : new SystemV(table).layout(function);
    }

    /** Same arguments in the same places, and the result too. */
    public boolean sameCall(CallLayout other) {
        return parameters.equals(other.parameters) && result.equals(other.result);
    }
}
