// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.bpf.program.CompiledRule;
import dev.regsh.bpf.program.Program;
import dev.regsh.grammar.Parser;
import dev.regsh.grammar.Source;
import dev.regsh.grammar.ast.Rule;
import dev.regsh.grammar.ast.Statement;
import dev.regsh.shell.Failure;
import dev.regsh.shell.output.Output;
import dev.regsh.shell.session.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code plan}: shows what a rule would be compiled to, without loading it. */
final class PlanCommand extends RegshCommand {
    private final Session session;
    private final Output output;

    PlanCommand(Session session, Output output) {
        super("plan", "RULE", "shows what a rule would be compiled to, without loading it");
        this.session = session;
        this.output = output;
    }

    @Override
    void run(List<String> words) {
        Source source = new Source("<rule>", String.join(" ", words));
        List<Statement> statements = Parser.parse(source, Map.of());
        if (statements.size() != 1 || !(statements.get(0) instanceof Rule rule)) {
            throw new Failure("plan takes a rule", "usage: " + usage());
        }
        CompiledRule compiled = session.compile(rule);
        CompiledRule.ProbeProgram first = compiled.probes().get(0);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("engine", compiled.engine().label());
        fields.put("probes", compiled.probes().stream().map(p -> p.attach().toString()).toList());
        fields.put("instructions", first.program().length());
        fields.put("description", compiled.description());
        StringBuilder text = new StringBuilder("engine ").append(compiled.engine().label()).append(", ")
                .append(first.program().length()).append(" instructions, ").append(compiled.probes().size())
                .append(compiled.probes().size() == 1 ? " probe" : " probes");
        compiled.description().forEach(line -> text.append('\n').append(line));
        Program program = first.program();
        for (int i = 0; i < program.length(); i++) {
            text.append(String.format("%n%4d  %016x  %s", i, Long.reverseBytes(program.instructions()[i]),
                    program.columns()[i] == 0 ? "" : "column " + program.columns()[i]));
        }
        output.result("plan", text.toString(), fields);
    }
}
