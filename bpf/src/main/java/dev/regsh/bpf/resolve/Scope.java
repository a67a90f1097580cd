// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.resolve;

import dev.regsh.bpf.abi.CallLayout;
import dev.regsh.bpf.program.AttachPoint;
import dev.regsh.bpf.register.RegisterTable;
import dev.regsh.bpf.type.FunctionType;
import dev.regsh.bpf.typed.Returning;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What names can mean at a probe.
 *
 * @param function its name, for messages; empty for an offset in a file
 * @param lazily its prototype from BTF; asked for only where a rule needs types
 * @param returning whether and how the probe is at the function's return
 * @param entry whether the probe is at the function's first instruction; no at its return
 * @param user the probe is in a user program
 * @param elsewhere why arguments without a prototype are not where the calling convention has them; empty: they are
 */
public record Scope(RegisterTable registers, String function, Supplier<Optional<FunctionType>> lazily, Returning returning,
        AttachPoint.Entry entry, boolean user, Supplier<Optional<Elsewhere>> elsewhere) {
    /** Its arguments are in other registers than those of a C function. */
    public record Elsewhere(String why, String remedy) {}

    public boolean after() {
        return returning.after();
    }

    public boolean atEntry() {
        return entry == AttachPoint.Entry.YES;
    }

    /**
     * The remedy for what works at a function's entry only.
     *
     * @param inside where the probe is inside a function
     */
    public String remedy(String inside) {
        return entry == AttachPoint.Entry.UNKNOWN
                ? "nothing in the file says whether a function begins there; if you know that one does, insist with force" : inside;
    }

    /** From BTF; empty: it does not have the function. */
    public Optional<FunctionType> prototype() {
        return lazily.get();
    }

    /** Where its arguments and its result are; empty: its prototype is not known. */
    public Optional<CallLayout> layout() {
        return prototype().map(known -> CallLayout.of(known, registers));
    }

    /** The place on the stack, in an expression, of what lies so many bytes behind the first argument there. */
    public String stackPlace(long offset) {
        return registers.stackPointer().name() + "+" + stackOffset(offset);
    }

    /** From the stack pointer: at an entry the return address may be in between. */
    public long stackOffset(long offset) {
        return returning == Returning.HOOKED ? offset : offset + registers.returnAddress();
    }
}
