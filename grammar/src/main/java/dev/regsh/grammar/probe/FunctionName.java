// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.probe;

import dev.regsh.grammar.source.Node;
import dev.regsh.grammar.source.Span;
import java.util.Optional;

/**
 * A function named in a clause ({@code goto}, {@code caller}): {@code [module:]function[@address]}.
 *
 * @param address 0: not given
 */
public record FunctionName(Optional<String> module, String function, long address, Span span) implements Node {
    @Override
    public String written() {
        return ProbeWriter.function(module, function, address);
    }
}
