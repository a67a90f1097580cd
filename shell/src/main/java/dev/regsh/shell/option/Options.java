// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.option;

import dev.regsh.session.failure.Failure;
import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code set} turns on and off. For several threads. */
public final class Options {
    /** The verifier's whole log where a program is refused. */
    public static final String VERBOSE = "verbose";
    /** Events of rules that log are shown as they come. */
    public static final String EVENTS = "events";
    /** The output of {@code !} commands typed at the prompt is kept. */
    public static final String CAPTURE = "capture";
    /** Rules on modules that are not loaded wait for them. */
    public static final String PENDING = "pending";
    public static final String HIGHLIGHT = "highlight";
    public static final String SUGGESTIONS = "suggestions";

    private static final Map<String, String> MEANINGS = new LinkedHashMap<>();

    static {
        MEANINGS.put(VERBOSE, "the verifier's whole log where a program is refused");
        MEANINGS.put(EVENTS, "hits of rules that log are shown as they come");
        MEANINGS.put(CAPTURE, "! commands print through regsh, for expect output; programs with a screen do not work");
        MEANINGS.put(PENDING, "rules on modules that are not loaded wait until they are, instead of being refused");
        MEANINGS.put(HIGHLIGHT, "colours while you type, and errors underlined (never with NO_COLOR)");
        MEANINGS.put(SUGGESTIONS, "the rest of the last line that began so, in grey; the right arrow takes it");
    }

    private final Map<String, Boolean> values = new LinkedHashMap<>();

    public Options(boolean verbose) {
        boolean color = System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
        values.put(VERBOSE, verbose);
        values.put(EVENTS, true);
        values.put(CAPTURE, false);
        values.put(PENDING, false);
        values.put(HIGHLIGHT, color);
        values.put(SUGGESTIONS, color);
    }

    public synchronized boolean on(String name) {
        return values.getOrDefault(name, false);
    }

    public synchronized Map<String, Boolean> all() {
        return new LinkedHashMap<>(values);
    }

    public static Map<String, String> meanings() {
        return java.util.Collections.unmodifiableMap(MEANINGS);
    }

    /** @throws Failure if there is no such option, or it is no value */
    public synchronized void check(String name, String value) {
        if (!values.containsKey(name)) {
            throw new Failure("no option '" + name + "'", "there are " + String.join(", ", values.keySet()));
        } else if (!value.equals("on") && !value.equals("off")) {
            throw new Failure("'" + value + "' is neither on nor off", "set " + name + " on");
        }
    }

    /** @throws Failure as {@link #check} */
    public synchronized void set(String name, String value) {
        check(name, value);
        values.put(name, value.equals("on"));
    }
}
