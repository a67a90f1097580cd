// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.event;

import dev.regsh.bpf.compile.CompiledRule;
import dev.regsh.bpf.program.EventLayout;
import java.util.List;

/**
 * A rule that logs, as its events have to be read.
 *
 * @param rule its name
 * @param functions those it is attached to, as events number them
 */
public record EventSource(String rule, List<Function> functions) {
    /** @param layout of the events that come from there */
    public record Function(String name, EventLayout layout) {}

    /** @param id the rule's number, which stands for a name where it has none */
    public static EventSource of(int id, CompiledRule compiled) {
        return new EventSource(compiled.name().orElse(Integer.toString(id)), compiled.functions().stream()
                .map(each -> new Function(each.name(), each.events().orElseThrow())).toList());
    }
}
