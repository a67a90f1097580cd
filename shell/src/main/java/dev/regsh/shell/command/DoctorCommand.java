// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.bpf.program.Engine;
import dev.regsh.session.engine.Engines;
import dev.regsh.session.engine.Lack;
import dev.regsh.session.machine.Abilities;
import dev.regsh.session.machine.Machine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.shell.core.command.CommandContext;

/** {@code doctor}: says which engines work here, what the others lack, and what would mend it. */
final class DoctorCommand extends RegshCommand {
    DoctorCommand(Workspace workspace) {
        super(workspace, "doctor", "", "says what works here, what is missing, and the command that mends it");
    }

    @Override
    protected String details() {
        return """
                An engine is a way by which the kernel lets a rule act; each rule gets the best one that can do it.
                helper           a kernel with our patch: everything
                kfunc            our module regs_override on a stock kernel from 6.4: everything
                probe            the same on a stock kernel from 5.10, by probes of its own: everything but keep
                override_return  CONFIG_BPF_KPROBE_OVERRIDE: skips functions of a list
                uprobe_ctx       a kernel from 7.x: registers of user programs""";
    }

    @Override
    protected List<String> examples() {
        return List.of("doctor");
    }

    @Override
    protected void check(CommandContext context) {
        none(context);
    }

    @Override
    protected void run(CommandContext context) {
        Machine machine = new Machine();
        if (Engines.privileged() && machine.hasTypes()) {
            Engines engines = workspace().session().compiler().engines();
            for (Engine engine : Engine.values()) {
                show(engine, engines);
            }
            Abilities.findings(engines).forEach(this::show);
        }
        machine.findings(workspace().session().symbols()).forEach(this::show);
    }

    private void show(Engine engine, Engines engines) {
        Optional<Lack> lack = engines.lack(engine);
        String found = lack.isEmpty() ? engines.found(engine) : "";
        String remedy = lack.map(Lack::remedy).orElse("");
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("engine", engine.label());
        fields.put("available", lack.isEmpty());
        fields.put("found", found);
        fields.put("missing", lack.map(Lack::reason).orElse(""));
        fields.put("remedy", remedy);
        workspace().output().result("engine",
                text(engine.label(), lack.isEmpty(), lack.map(Lack::reason).orElse(found), remedy), fields);
    }

    private void show(Machine.Finding finding) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", finding.name());
        fields.put("ok", finding.ok());
        fields.put("found", finding.found());
        fields.put("remedy", finding.ok() ? "" : finding.remedy());
        workspace().output().result("check",
                text(finding.name(), finding.ok(), finding.found(), finding.ok() ? "" : finding.remedy()), fields);
    }

    private static String text(String name, boolean ok, String detail, String remedy) {
        return String.format("%-16s %-3s %s", name, ok ? "yes" : "no", detail).stripTrailing()
                + (remedy.isEmpty() ? "" : String.format("%n%21s-> %s", "", remedy));
    }
}
