// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.base.text.Glob;
import dev.regsh.bpf.symbol.KernelSymbol;
import dev.regsh.session.Session;
import dev.regsh.shell.output.Column;
import dev.regsh.shell.output.Output;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code find}: lists the kernel functions whose name matches. */
final class FindCommand extends RegshCommand {
    private final Session session;
    private final Output output;

    FindCommand(Session session, Output output) {
        super("find", "GLOB", "lists the kernel functions whose name matches");
        this.session = session;
        this.output = output;
    }

    @Override
    void check(List<String> words) {
        only(words);
    }

    @Override
    void run(List<String> words) {
        String glob = words.get(0);
        List<KernelSymbol> found = session.symbols().matching(Glob.isOne(glob) ? glob : "*" + glob + "*");
        output.table("function", List.of(Column.of("address", 1), Column.of("function"), Column.of("module", 2)),
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
