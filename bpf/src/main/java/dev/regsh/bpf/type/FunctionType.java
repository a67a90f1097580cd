// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.type;

import java.util.List;

/** A function's prototype from BTF. */
public record FunctionType(String name, Type returns, List<Parameter> parameters, boolean variadic) {
    /** @param declared the type as C writes it ({@code const struct path *}) for showing */
    public record Parameter(String name, Type type, String declared) {}
}
