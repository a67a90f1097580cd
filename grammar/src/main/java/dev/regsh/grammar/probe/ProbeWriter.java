// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.probe;

import dev.regsh.grammar.literal.LiteralWriter;
import java.util.Optional;
import java.util.regex.Pattern;

/** ProbeWriter and function names as text. */
public final class ProbeWriter {
    /** What needs no quotes; a colon or a plus would be taken for what parts a path from a symbol or an offset. */
    private static final Pattern PLAIN = Pattern.compile("[\\w./@,=%*?-]+");

    private static final Pattern LIBRARY = Pattern.compile(".+\\.so(\\.[0-9.]+)?");

    private ProbeWriter() {}

    public static String format(Probe probe) {
        if (probe instanceof Probe.KernelFunction function) {
            return function(function.module(), function.function(), function.address()) + offset(function.offset());
        } else if (probe instanceof Probe.KernelGlob glob) {
            return module(glob.module()) + glob.pattern();
        } else if (probe instanceof Probe.UserSymbol user) {
            return path(user.path()) + ":" + quoted(user.symbol()) + offset(user.offset());
        } else if (probe instanceof Probe.UserOffset user) {
            return path(user.path()) + "+0x" + Long.toHexString(user.offset());
        }
        throw new IllegalStateException(probe.getClass().getName());
    }

    public static String format(FunctionName name) {
        return function(name.module(), name.function(), name.address());
    }

    private static String function(Optional<String> module, String function, long address) {
        return module(module) + function + (address == 0 ? "" : "@0x" + Long.toHexString(address));
    }

    private static String module(Optional<String> module) {
        return module.map(name -> name + ":").orElse("");
    }

    private static String offset(long offset) {
        return offset == 0 ? "" : "+0x" + Long.toHexString(offset);
    }

    /** A slash, a library's ending or quotes tell a path from a function. */
    private static String path(String path) {
        return path.indexOf('/') >= 0 || LIBRARY.matcher(path).matches() ? quoted(path) : LiteralWriter.string(path);
    }

    private static String quoted(String text) {
        return PLAIN.matcher(text).matches() ? text : LiteralWriter.string(text);
    }
}
