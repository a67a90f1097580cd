// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.completion;

import dev.regsh.kallsyms.Kallsyms;
import java.util.ArrayList;
import java.util.List;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** The kernel's functions and modules for what is typed of a name. */
public final class FunctionProposals {
    /** More than these no terminal shows, and the terminal library takes long to sort them. */
    static final int MOST = 500;
    /** Of more than these nobody reads the prototypes, and each takes its time. */
    private static final int MOST_DESCRIBED = 100;

    private final KernelNames kernel;

    public FunctionProposals(KernelNames kernel) {
        this.kernel = kernel;
    }

    /** {@code NAME} or {@code MODULE:NAME}; nothing until the symbols are read. */
    public List<CompletionProposal> functions(String typed) {
        if (kernel.functions().isEmpty()) {
            return List.of();
        }
        Kallsyms all = kernel.functions().get();
        int colon = typed.indexOf(':');
        String module = typed.substring(0, Math.max(0, colon));
        String name = typed.substring(colon + 1);
        List<Kallsyms.Symbol> found = colon < 0 ? all.find(name, MOST) : all.find(module, name, MOST);
        boolean described = found.size() <= MOST_DESCRIBED;
        List<CompletionProposal> proposals = new ArrayList<>();
        for (Kallsyms.Symbol symbol : found) {
            proposals.add(Proposal.word(typed.substring(0, colon + 1) + symbol.name(), described ? describe(symbol) : "",
                    "functions"));
        }
        if (colon < 0) {
            for (String each : all.modules()) {
                if (each.startsWith(typed) && found.size() < MOST) {
                    proposals.add(Proposal.open(each + ":", "", "modules"));
                }
            }
        }
        return proposals;
    }

    private String describe(Kallsyms.Symbol symbol) {
        String description = kernel.describe(symbol);
        return symbol.module().isEmpty() ? description : (description + "  [" + symbol.module() + "]").strip();
    }
}
