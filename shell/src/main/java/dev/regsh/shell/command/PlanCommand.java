// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.bpf.compile.CompiledRule;
import dev.regsh.bpf.isa.Disassembly;
import dev.regsh.bpf.isa.Program;
import dev.regsh.bpf.program.MapSpec;
import dev.regsh.grammar.Parser;
import dev.regsh.grammar.source.Source;
import dev.regsh.grammar.source.Span;
import dev.regsh.grammar.statement.Rule;
import dev.regsh.grammar.statement.Statement;
import dev.regsh.session.engine.Engines;
import dev.regsh.session.failure.Failure;
import dev.regsh.session.rule.RuleFields;
import dev.regsh.shell.output.LeftOutText;
import dev.regsh.shell.plan.ProbeDescription;
import dev.regsh.shell.plan.RuleDescription;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.shell.core.command.CommandContext;

/** {@code plan}: shows what a rule would be compiled to, without loading it. */
final class PlanCommand extends RegshCommand {
    PlanCommand(Workspace workspace) {
        super(workspace, "plan", "RULE", "shows what a rule would be compiled to, without loading it");
    }

    @Override
    protected void check(CommandContext context) {
        some(context, "a rule");
    }

    @Override
    protected void rehearse(CommandContext context, Rehearsal rehearsal) {
        workspace().session().compiler().plan(rule(context));
    }

    @Override
    protected void run(CommandContext context) {
        show(rule(context));
    }

    /** Read where it stands, if it does: its quotes are its own, and mistakes are shown in their place. */
    private Rule rule(CommandContext context) {
        Source source = workspace().place().source();
        Span span = workspace().place().span();
        int from = span.offset() + getName().length();
        int to = span.length() == 0 ? source.text().length() : span.offset() + span.length();
        if (!source.text().startsWith(getName(), span.offset())) {
            return rule(Parser.parse(new Source("<rule>", String.join(" ", words(context))), Map.of()));
        }
        String before = source.text().substring(0, from).replaceAll("[^\n]", " ");
        return rule(Parser.parse(new Source(source.name(), before + source.text().substring(from, to)), workspace().variables()));
    }

    private Rule rule(List<Statement> statements) {
        if (statements.size() != 1 || !(statements.get(0) instanceof Rule rule)) {
            throw new Failure("plan takes a rule", "usage: " + usage());
        }
        return rule;
    }

    private void show(Rule rule) {
        CompiledRule compiled = workspace().session().compiler().plan(rule);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("engine", RuleFields.engine(compiled));
        fields.put("probes", compiled.probes().stream().map(p -> p.attach().toString()).toList());
        fields.put("leftOut", LeftOutText.fields(compiled.leftOut()));
        List<List<String>> descriptions = compiled.functions().stream().map(CompiledRule.Function::typed).distinct()
                .map(RuleDescription::of).distinct().toList();
        fields.put("description", descriptions.get(0));
        fields.put("maps", compiled.maps().stream().map(MapSpec::name).toList());
        StringBuilder text = new StringBuilder("engine ").append(RuleFields.engine(compiled));
        if (!Engines.privileged()) {
            text.append(", if it is there (asking takes root)");
        }
        if (!compiled.leftOut().isEmpty()) {
            text.append("\n  ").append(LeftOutText.sentence(compiled.leftOut()));
        }
        if (descriptions.size() == 1) {
            descriptions.get(0).forEach(line -> text.append("\n  ").append(line));
        }
        Set<Program> shown = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Object> programs = new ArrayList<>();
        for (CompiledRule.Function function : compiled.functions()) {
            for (CompiledRule.ProbeProgram probe : function.probes()) {
                if (shown.add(probe.program())) {
                    programs.add(program(probe, compiled,
                            descriptions.size() == 1 ? List.of() : RuleDescription.of(function.typed()), text));
                }
            }
        }
        fields.put("instructions", shown.stream().mapToInt(Program::length).sum());
        fields.put("programs", programs);
        workspace().output().result("plan", text.toString(), fields);
    }

    /**
     * A program as text, and as fields.
     *
     * @param description of the rule there, where it is not everywhere the same
     */
    @SuppressWarnings("ReferenceEquality")
    private static Map<String, Object> program(CompiledRule.ProbeProgram probe, CompiledRule compiled, List<String> description,
            StringBuilder text) {
        long probes = compiled.probes().stream().filter(p -> p.program() == probe.program()).count();
        text.append("\nat ").append(ProbeDescription.of(probe.attach()));
        if (probes > 1) {
            text.append(" and ").append(probes - 1).append(" more");
        }
        text.append(": ").append(probe.program().length()).append(" instructions");
        description.forEach(line -> text.append("\n  ").append(line));
        List<Object> instructions = new ArrayList<>();
        for (Disassembly.Line line : Disassembly.of(probe.program())) {
            text.append(String.format("%n%5d  %-44s", line.index(), line.text()));
            if (line.column() > 0) {
                text.append("  column ").append(line.column());
            } else {
                text.setLength(text.length() - trailing(text));
            }
            instructions.add(Map.of("index", line.index(), "text", line.text(), "column", line.column()));
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("probe", probe.attach().toString());
        fields.put("onReturn", probe.attach().onReturn());
        fields.put("length", probe.program().length());
        fields.put("instructions", instructions);
        return fields;
    }

    private static int trailing(StringBuilder text) {
        int blanks = 0;
        while (text.charAt(text.length() - 1 - blanks) == ' ') {
            blanks++;
        }
        return blanks;
    }
}
