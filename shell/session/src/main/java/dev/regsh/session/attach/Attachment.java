// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.attach;

import dev.regsh.bpf.compile.CompiledRule;
import dev.regsh.bpf.program.LeftOut;
import dev.regsh.libbpf.BpfMap;
import dev.regsh.libbpf.BpfProgram;
import dev.regsh.libbpf.ModuleHold;
import dev.regsh.libbpf.ProbeLink;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What of a rule is in the kernel: its maps, its programs, its links, and the module it sends calls to. */
public final class Attachment implements AutoCloseable {
    private final String rule;
    private final CompiledRule compiled;
    private final List<LeftOut> refused;
    private final List<BpfMap> maps;
    private final List<BpfProgram> programs;
    private final List<ProbeLink> links;
    private final Optional<JumpTarget> target;
    /** What it was when the programs were closed. */
    private long missed;
    private volatile boolean closed;

    /**
     * @param rule what the rule is called
     * @param refused functions at which the kernel took no probe
     */
    public Attachment(String rule, CompiledRule compiled, List<LeftOut> refused, List<BpfMap> maps, List<BpfProgram> programs,
            List<ProbeLink> links, Optional<JumpTarget> target) {
        this.rule = rule;
        this.compiled = compiled;
        this.refused = List.copyOf(refused);
        this.maps = List.copyOf(maps);
        this.programs = List.copyOf(programs);
        this.links = List.copyOf(links);
        this.target = target;
    }

    /** What the rule is called. */
    public String rule() {
        return rule;
    }

    public CompiledRule compiled() {
        return compiled;
    }

    /** Functions that its glob matches and that it is not attached to. */
    public List<LeftOut> leftOut() {
        return Stream.concat(compiled.leftOut().stream(), refused.stream()).toList();
    }

    /** How many functions it is attached to. */
    public int functions() {
        return compiled.functions().size() - refused.size();
    }

    /** Hits the kernel dropped since another program ran on that CPU, or returns of more calls at once than it remembers. */
    public long missed() {
        return closed ? missed : programs.stream().mapToLong(BpfProgram::missed).sum()
                + links.stream().mapToLong(ProbeLink::missed).sum();
    }

    /** {@code for} has detached it, or it was closed. */
    public boolean over() {
        return closed || (compiled.duration().isPresent() && links.stream().noneMatch(ProbeLink::attached));
    }

    /** Keeps its probes attached beyond the process, each as a file of the folder. */
    public void pin(Path folder) {
        for (int i = 0; i < links.size(); i++) {
            links.get(i).pin(folder.resolve("link" + i).toString());
        }
        // In order of name it comes last, and so it is let go last.
        hold().ifPresent(hold -> hold.pin(folder.resolve("target").toString()));
    }

    /** Lets go of it without detaching what is pinned. */
    public void release() {
        close();
        hold().ifPresent(ModuleHold::close);
    }

    /** Where its {@code goto} sends calls. */
    public Optional<JumpTarget> target() {
        return target;
    }

    /** Once it is closed: the module that stays loaded, since a task is where the rule has sent it; empty: none. */
    public Optional<String> letGo() {
        return hold().filter(hold -> !hold.left()).map(ModuleHold::module);
    }

    private Optional<ModuleHold> hold() {
        return target.flatMap(JumpTarget::hold);
    }

    /** To be disarmed first, so that no program of it acts while the others are still being detached. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        missed = missed();
        closed = true;
        ProbeLink.closeAll(links);
        programs.forEach(BpfProgram::close);
        maps.forEach(BpfMap::close);
    }
}
