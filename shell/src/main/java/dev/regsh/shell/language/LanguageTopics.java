// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.language;

import dev.regsh.grammar.clause.ClauseKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What help and Tab say of the words of the language, those of the clauses by their table. docs/language.md says it in full. */
public final class LanguageTopics {
    /**
     * A word of the language.
     *
     * @param usage as it is written
     * @param meaning one line, for Tab
     * @param details what else there is to know; may be empty
     */
    public record Topic(String word, String usage, String meaning, String details, List<String> examples) {}

    private static final Map<String, Topic> TOPICS = new LinkedHashMap<>();

    static {
        topic("on", "on PROBE CLAUSE...", "when a function is called, or at an instruction", """
                PROBE is a kernel function, MODULE:FUNCTION, a glob, or PATH:SYMBOL of a program or library; +OFFSET behind it is
                an instruction inside. The rule acts from the moment it is typed until it is detached or the session ends.""",
                "on open_ctree ret=-ENOMEM", "on vfs_read comm \"cat\" set count=1", "on /usr/bin/bash:readline log");
        topic("after", "after PROBE CLAUSE...", "when a function returns", """
                ret is what it returned, and all that can be changed; parameters are what they were at the entry.""",
                "after vfs_read comm \"cat\" when ret > 0 ret=-EIO");
        topic("dry", "dry on|after PROBE CLAUSE...", "say what a rule would change, change nothing",
                "It counts, and sends an event with old and new values.", "dry on vfs_read comm \"cat\" set count=1");
        topic("expect", "expect EXPRESSION", "fail unless a condition holds: expect hits NAME == 1", """
                Makes a script a test: exit status 1 and a failure in --report where it does not hold.""",
                "expect fired nomem == 1", "expect status != 0", "expect output ~ \"*No such*\"");
        topic("sleep", "sleep DURATION", "do nothing for a time", "", "sleep 100ms");
        topic("wait", "wait DURATION | wait NAME fired N", "for a time, or until a rule has fired: wait NAME fired 3", "",
                "wait nomem fired 1");
        topic("let", "let NAME = EXPRESSION", "set a script variable",
                "It is read as ${NAME}; ! commands have it in their environment.",
                "let size = 4K", "on vfs_read set count=${size}");
        topic("onerror", "onerror stop | continue", "stop or continue after a failed statement", "", "onerror continue");
        for (ClauseKind clause : ClauseKind.values()) {
            TOPICS.put(clause.keyword(), new Topic(clause.keyword(), clause.usage(), clause.meaning(), clause.details(),
                    clause.examples()));
        }
        topic("user", "user u8[ADDRESS], user str(ADDRESS)", "memory of the process", "",
                "on do_sys_openat2 log user str(filename)");
        topic("str(", "str(ADDRESS)", "the text at an address", "", "on mount_bdev log str(dev_name)");
        topic("stop", "onerror stop", "end the script at the first failure", "");
        topic("continue", "onerror continue", "go on after a failure", "");
        topic("fired", "fired NAME", "times the rule acted", "In expect and let; so are hits, errors and missed.",
                "expect fired nomem == 1");
    }

    private LanguageTopics() {}

    private static void topic(String word, String usage, String meaning, String details, String... examples) {
        TOPICS.put(word, new Topic(word, usage, meaning, details, List.of(examples)));
    }

    /** One line on a word as Tab offers it ({@code ret=}, {@code str(}); empty: none of the language. */
    public static String meaning(String word) {
        Topic topic = TOPICS.get(word);
        return topic == null ? "" : topic.meaning();
    }

    /** The topic of a word, typed with or without the sign it ends in; null: there is none. */
    public static @Nullable Topic of(String word) {
        for (String end : new String[] {"", "=", "("}) {
            Topic topic = TOPICS.get(word + end);
            if (topic != null) {
                return topic;
            }
        }
        return null;
    }

    /** Every word, without the sign it ends in. */
    public static List<String> words() {
        List<String> words = new ArrayList<>();
        TOPICS.keySet().forEach(word -> words.add(word.replaceAll("[=(]$", "")));
        return words;
    }
}
