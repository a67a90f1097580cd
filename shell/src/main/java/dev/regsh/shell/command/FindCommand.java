// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.base.text.Glob;
import dev.regsh.bpf.symbol.KernelSymbol;
import dev.regsh.shell.completion.FunctionProposals;
import dev.regsh.shell.output.Column;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.shell.core.command.CommandContext;

/** {@code find}: lists the kernel functions whose name matches. */
final class FindCommand extends RegshCommand {
    FindCommand(Workspace workspace) {
        super(workspace, "find", "GLOB", "lists the kernel functions whose name matches");
        setCompletionProvider(new FirstOperand(new FunctionProposals(workspace.kernel())::functions));
    }

    @Override
    protected void check(CommandContext context) {
        only(context);
    }

    @Override
    protected void run(CommandContext context) {
        String glob = only(context);
        List<KernelSymbol> found = workspace().session().symbols().matching(Glob.isOne(glob) ? glob : "*" + glob + "*");
        workspace().output().table("function", List.of(Column.of("address", 1), Column.of("function"), Column.of("module", 2)),
                found.stream().map(FindCommand::fields).toList());
    }

    static Map<String, Object> fields(KernelSymbol symbol) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("address", symbol.address() == 0 ? "hidden" : "0x" + Long.toHexString(symbol.address()));
        fields.put("function", symbol.name());
        fields.put("module", symbol.module());
        return fields;
    }
}
