// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.program;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A rule ready to be loaded. Load each probe's program as BPF_PROG_TYPE_KPROBE (2), expected attach type 0, licence
 * {@link #LICENSE}; create the maps first, arm (write 1 to {@link CounterLayout#ARMED}) last.
 *
 * @param name as given with {@code as}
 * @param engine what carries its changes out; empty where it changes no register and no kernel memory
 * @param probes one for each function matched; never empty. Probes with equal programs share the instance: load it once
 * @param leftOut functions that the glob matches and that have no probe
 * @param maps everything the programs' relocations name
 * @param firedIsHits the program does not count fired itself: it is hits - errors
 * @param duration of {@code for}: the rule is to be detached after it
 * @param events the layout of the events it emits, if it emits any
 * @param failing what can fail at a hit; the programs number it from 0
 * @param description the typed rule, one line each, for {@code plan}
 */
public record CompiledRule(Optional<String> name, boolean dry, Optional<Engine> engine, List<ProbeProgram> probes,
        List<LeftOut> leftOut, List<MapSpec> maps, boolean firedIsHits, Optional<Duration> duration,
        Optional<EventLayout> events, List<Failing> failing, List<String> description) {
    public static final String LICENSE = "GPL";
    /** BPF_PROG_TYPE_KPROBE, of user probes too. */
    public static final int PROGRAM_TYPE = 2;

    public record ProbeProgram(AttachPoint attach, Program program) {}

    /** The engine as users see it. */
    public String engineLabel() {
        return engine.map(Engine::label).orElse("-");
    }

    public CompiledRule {
        probes = List.copyOf(probes);
        leftOut = List.copyOf(leftOut);
        maps = List.copyOf(maps);
        failing = List.copyOf(failing);
        description = List.copyOf(description);
    }
}
