// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.probe;

import dev.regsh.grammar.literal.LiteralWriter;
import java.util.Optional;
import java.util.regex.Pattern;

/** Probes and function names as text. */
final class ProbeWriter implements Probe.Visitor<String> {
    /** What needs no quotes; a colon or a plus would be taken for what parts a path from a symbol or an offset. */
    private static final Pattern PLAIN = Pattern.compile("[\\w./@,=%*?-]+");

    private static final Pattern LIBRARY = Pattern.compile(".+\\.so(\\.[0-9.]+)?");

    @Override
    public String visitKernelFunction(Probe.KernelFunction probe) {
        return function(probe.module(), probe.function(), probe.address()) + offset(probe.offset());
    }

    @Override
    public String visitKernelGlob(Probe.KernelGlob probe) {
        return module(probe.module()) + probe.pattern();
    }

    @Override
    public String visitUserSymbol(Probe.UserSymbol probe) {
        return path(probe.path()) + ":" + quoted(probe.symbol()) + offset(probe.offset());
    }

    @Override
    public String visitUserOffset(Probe.UserOffset probe) {
        return path(probe.path()) + "+0x" + Long.toHexString(probe.offset());
    }

    static String function(Optional<String> module, String function, long address) {
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
