// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.bpf.program.AttachPoint;
import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.symbol.UserSymbolSource;
import dev.regsh.grammar.probe.FunctionName;
import java.io.IOException;

/**
 * A function that a clause of a user program's rule names: one of the probed file. Where a process has loaded another file is
 * not known; within one file, functions are as far apart as they are linked.
 *
 * @param distance of its first instruction from the probed one, in bytes
 * @param size in bytes; 0: the file does not say
 * @param begins it can be entered there: it is no part of a function that was moved away
 */
record UserFunction(long distance, long size, boolean begins) {
    /** @param clause the clause's word */
    static UserFunction of(CheckContext context, AttachPoint.User probe, FunctionName name, String clause) {
        if (name.module().isPresent() || name.address() != 0) {
            throw Errors.at(name.span(), clause + " in a user program names a function of the same file",
                    "write " + clause + " " + name.function());
        }
        UserSymbolSource.Function found;
        try {
            found = context.userSymbols().function(probe.path(), name.function()).orElseThrow(() -> Errors.at(name.span(),
                    probe.path() + " has no function '" + name.function() + "', and " + clause
                            + " in a user program names one of the same file",
                    Errors.didYouMean(context.userSymbols().nearest(probe.path(), name.function(), 3))));
        } catch (IOException unreadable) {
            throw Errors.at(name.span(), probe.path() + ": " + unreadable.getMessage());
        }
        return new UserFunction(found.address() - probe.address(), found.size(), found.begins());
    }
}
