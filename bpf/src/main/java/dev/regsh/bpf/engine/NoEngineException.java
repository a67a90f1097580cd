// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.engine;

import dev.regsh.bpf.program.Engine;
import java.util.List;
import java.util.Objects;

/** No engine of the machine can do all that a rule asks. */
public final class NoEngineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Engine> could;

    NoEngineException(String message, List<Engine> could) {
        super(message, null, false, false);
        this.could = List.copyOf(could);
    }

    /** Those that could if the machine had them, the best first. */
    public List<Engine> could() {
        return could;
    }

    /** There always is one. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
