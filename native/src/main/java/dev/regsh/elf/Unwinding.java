// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Signs that a program looks at the return addresses on its stack or leaves functions otherwise than by their return. A hooked
 * return address (uretprobe) is one that its unwinder does not know: it ends the program.
 */
final class Unwinding {
    /** The section with the functions of Go, in stripped programs too. */
    static final String GO_TABLE = ".gopclntab";

    private static final Map<String, String> BY_SECTION = Map.of(GO_TABLE, "it is written in Go, whose stacks move",
            ".gcc_except_table", "it has exception tables");
    /** Functions, its own or of libraries. */
    private static final Map<String, String> BY_FUNCTION = Map.of("rust_eh_personality", "it is written in Rust",
            "__gxx_personality_v0", "it is written in C++", "swapcontext", "it changes between stacks",
            "setcontext", "it changes between stacks", "_Unwind_RaiseException", "it unwinds its stack",
            "_Unwind_ForcedUnwind", "it unwinds its stack", "_Unwind_Backtrace", "it unwinds its stack");
    private static final List<String> LIBRARIES = List.of("libstdc++.", "libc++.", "libc++abi.", "libgcc_s.", "libunwind.",
            "libunwind-", "libgo.", "libgnat-", "libobjc.", "libstd-");

    private Unwinding() {}

    /** @param functions all names of functions that the file defines */
    static String reason(ElfReader reader, ElfHeaders headers, Collection<String> functions) throws IOException {
        for (Map.Entry<String, String> sign : BY_SECTION.entrySet()) {
            if (headers.named(reader, sign.getKey()) != null) {
                return sign.getValue() + " (" + sign.getKey() + ")";
            }
        }
        Collection<String> imported = Imports.names(reader, headers);
        for (Map.Entry<String, String> sign : BY_FUNCTION.entrySet()) {
            if (functions.contains(sign.getKey()) || imported.contains(sign.getKey())) {
                return sign.getValue() + " (" + sign.getKey() + ")";
            }
        }
        if (!headers.program) {
            return "it is a library, which may be called by such";
        }
        return needed(reader, headers);
    }

    private static String needed(ElfReader reader, ElfHeaders headers) throws IOException {
        for (String name : Imports.libraries(reader, headers)) {
            if (LIBRARIES.stream().anyMatch(name::startsWith)) {
                return "it uses " + name;
            }
        }
        return "";
    }
}
