// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.antlr.RegshParser;
import dev.regsh.grammar.expression.IntType;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The words of the language by token type, as a user writes them. */
public final class ClauseWords {
    /** What begins a clause, the most wanted first. */
    public static final Map<Integer, String> BY_TYPE;
    /** ClauseWords a rule may have several of. */
    public static final Set<Integer> REPEATABLE = Set.of(RegshParser.SET, RegshParser.WRITE);
    /** The integer types, {@code u8} to {@code s64}. */
    public static final List<String> TYPES = Arrays.stream(IntType.values()).map(IntType::keyword).toList();

    static {
        Map<Integer, String> words = new LinkedHashMap<>();
        words.put(RegshParser.SET, "set");
        words.put(RegshParser.RET, "ret=");
        words.put(RegshParser.WHEN, "when");
        words.put(RegshParser.LIMIT, "limit");
        words.put(RegshParser.LOG, "log");
        words.put(RegshParser.PID, "pid");
        words.put(RegshParser.TID, "tid");
        words.put(RegshParser.UID, "uid");
        words.put(RegshParser.COMM, "comm");
        words.put(RegshParser.CGROUP_PATH, "cgroup");
        words.put(RegshParser.CALLER_FUNCTION, "caller");
        words.put(RegshParser.SKIP_HITS, "skip");
        words.put(RegshParser.EVERY, "every");
        words.put(RegshParser.CHANCE, "chance");
        words.put(RegshParser.FOR, "for");
        words.put(RegshParser.GOTO_FUNCTION, "goto");
        words.put(RegshParser.WRITE, "write");
        words.put(RegshParser.SIGNAL, "signal");
        words.put(RegshParser.AS, "as");
        words.put(RegshParser.FORCE, "force");
        BY_TYPE = Collections.unmodifiableMap(words);
    }

    private ClauseWords() {}

    /** Whether a clause may begin with this word. */
    public static boolean isWord(String text) {
        return BY_TYPE.keySet().stream().anyMatch(type -> word(type).equals(text));
    }

    /** The first word of the clause a token begins, or nothing: {@code ret}, {@code goto}. */
    public static String word(int type) {
        String word = BY_TYPE.getOrDefault(type, "");
        return word.endsWith("=") ? word.substring(0, word.length() - 1) : word;
    }
}
