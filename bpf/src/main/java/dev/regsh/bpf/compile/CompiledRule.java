// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.compile;

import dev.regsh.bpf.isa.Program;
import dev.regsh.bpf.program.AttachPoint;
import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.program.EventLayout;
import dev.regsh.bpf.program.Failing;
import dev.regsh.bpf.program.LeftOut;
import dev.regsh.bpf.program.MapSpec;
import dev.regsh.bpf.typed.TypedRule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A rule ready to be loaded. Load each probe's program as BPF_PROG_TYPE_KPROBE (2), expected attach type 0, licence
 * {@link #LICENSE}; create the maps first, arm (write 1 to {@link CounterLayout#ARMED}) last.
 *
 * @param name as given with {@code as}
 * @param engine what carries its changes out; empty where it changes no register and no kernel memory
 * @param probe as the rule names it
 * @param functions where it acts, one for each that a glob matches; never empty. The cookie of a function's probes is its
 *     number in this list, which events carry
 * @param leftOut functions that the glob matches and that have no probe
 * @param maps everything the programs' relocations name
 * @param firedIsHits the programs do not count fired themselves: it is hits - errors
 * @param duration of {@code for}: the rule is to be detached after it
 * @param everybodys a reason not to keep the rule: what it changes for every process, a regsh that is to detach it included
 * @param failing what can fail at a hit; the programs number it from 0
 */
public record CompiledRule(Optional<String> name, boolean dry, Optional<Engine> engine, String probe, List<Function> functions,
        List<LeftOut> leftOut, List<MapSpec> maps, boolean firedIsHits, Optional<Duration> duration,
        Optional<String> everybodys, List<Failing> failing) {
    public static final String LICENSE = "GPL";
    /** BPF_PROG_TYPE_KPROBE, of user probes too. */
    public static final int PROGRAM_TYPE = 2;

    /** Probes with equal programs share the instance, those of other functions too: load it once. */
    public record ProbeProgram(AttachPoint attach, Program program) {}

    /**
     * The rule at one function, or at one place in it.
     *
     * @param name with its module or file, and the offset
     * @param probes never empty; to be attached in this order, all or none
     * @param events the layout of the events from there, if the rule emits any
     * @param typed the rule as it is there
     */
    public record Function(String name, List<ProbeProgram> probes, Optional<EventLayout> events, TypedRule typed) {
        public Function {
            probes = List.copyOf(probes);
        }
    }

    /** Those of all functions. */
    public List<ProbeProgram> probes() {
        return functions.stream().flatMap(function -> function.probes().stream()).toList();
    }

    /** It sends events. */
    public boolean emits() {
        return functions.stream().anyMatch(function -> function.events().isPresent());
    }

    public CompiledRule {
        functions = List.copyOf(functions);
        leftOut = List.copyOf(leftOut);
        maps = List.copyOf(maps);
        failing = List.copyOf(failing);
    }
}
