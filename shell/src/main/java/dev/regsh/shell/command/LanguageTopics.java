// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What help and Tab say of the words of the language. docs/language.md says it in full. */
public final class LanguageTopics {
    /**
     * A word of the language.
     *
     * @param usage as it is written
     * @param meaning one line, for Tab
     * @param details what else there is to know; may be empty
     */
    record Topic(String word, String usage, String meaning, String details, List<String> examples) {}

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
        topic("let", "let NAME = EXPRESSION", "set a script variable", "It is read as ${NAME}; ! commands have it in their environment.",
                "let size = 4K", "on vfs_read set count=${size}");
        topic("onerror", "onerror stop | continue", "stop or continue after a failed statement", "", "onerror continue");
        topic("set", "set TARGET=EXPRESSION...", "write registers or parameters", """
                Registers by the processor's names, parameters by their own or as arg0 to arg5. All expressions see the state
                before the rule. Memory is changed with write.""", "on vfs_read set count=1", "on vfs_write set edx=0, rsi=rdi");
        topic("ret=", "ret=EXPRESSION", "the value to return", """
                In on the function does not run and its callers get this; in after it replaces what was returned.""",
                "on open_ctree ret=-ENOMEM", "after vfs_read when ret > 0 ret=ret - 1");
        topic("when", "when EXPRESSION", "only if a condition holds", """
                Operators are those of C; comm and str(ADDRESS) compare with strings, ~ with globs. Fields follow the kernel's own
                types.""", "on vfs_read when count > 4096 && comm ~ \"ngin*\" log count", "on mount_bdev when str(dev_name) == \"/dev/vdb\" log");
        topic("pid", "pid N[, N]...", "only in these processes", "", "on vfs_read pid 4242 ret=-EIO");
        topic("tid", "tid N", "only in this thread", "", "on vfs_read tid 4243 ret=-EIO");
        topic("uid", "uid N", "only for this user", "The number: id -u NAME tells it.", "on vfs_read uid 1000 ret=-EIO");
        topic("comm", "comm \"NAME\"", "only in processes of this name", "A thread's name, exactly, at most 15 bytes; for a part: when comm ~ \"ngin*\".",
                "on vfs_read comm \"cat\" ret=-EIO");
        topic("cgroup", "cgroup PATH", "only in this cgroup and below", "", "on vfs_read cgroup /system.slice/nginx.service ret=-EIO");
        topic("caller", "caller FUNCTION", "only when called from this function", "Directly or over others. It is a clause, not a value.",
                "on kmem_cache_alloc_noprof caller open_ctree ret=0");
        topic("skip", "skip N", "not the first N times", "", "on vfs_read comm \"cat\" skip 3 ret=-EIO");
        topic("every", "every N", "only each N-th time", "", "on vfs_read comm \"cat\" every 10 ret=-EIO");
        topic("limit", "limit N", "at most N times", "Exactly, over all processors.", "on vfs_read comm \"cat\" limit 1 ret=-EIO");
        topic("chance", "chance P%", "only with this probability: chance 10%", "", "after vfs_read comm \"cat\" chance 10% ret=-EIO");
        topic("for", "for DURATION", "detach after a time", "The kernel keeps to it, also where the shell hangs.",
                "on vfs_read comm \"cat\" ret=-EIO for 10s");
        topic("goto", "goto FUNCTION", "run another function instead", "It gets the same arguments. Refused unless both are called alike; force insists.",
                "on regsh_target_sum goto regsh_target_other");
        topic("write", "write PLACE = EXPRESSION", "write memory", "PLACE is a field through a pointer, or u8[ADDRESS] to u64[ADDRESS]; user before it: the process's.",
                "on mount_bdev write u32[arg1] = 0", "on /usr/bin/cat:main write user u8[rsi] = 0");
        topic("signal", "signal NAME", "send the process a signal", "", "on vfs_read comm \"cat\" signal KILL");
        topic("log", "log [EXPRESSION[, EXPRESSION]...]", "send an event, with these values", """
                Events appear above the prompt; events shows them again. A rule may do nothing else.""",
                "on vfs_read comm \"cat\" log count, str(file->f_path.dentry->d_name.name)");
        topic("as", "as NAME", "name the rule", "For list, detach and expect; without it a rule has a number.", "on vfs_read comm \"cat\" ret=-EIO as eio");
        topic("force", "force", "insist, where regsh would refuse", "See docs/language.md, \"What asks for force\".", "on vfs_read ret=-EIO force for 2s");
        topic("user", "user u8[ADDRESS], user str(ADDRESS)", "memory of the process", "", "on __x64_sys_openat log user str(regs->si)");
        topic("str(", "str(ADDRESS)", "the text at an address", "", "on mount_bdev log str(dev_name)");
        topic("stop", "onerror stop", "end the script at the first failure", "");
        topic("continue", "onerror continue", "go on after a failure", "");
        topic("fired", "fired NAME", "times the rule acted", "In expect and let; so are hits, errors and missed.", "expect fired nomem == 1");
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
    static Topic of(String word) {
        for (String end : new String[] {"", "=", "("}) {
            Topic topic = TOPICS.get(word + end);
            if (topic != null) {
                return topic;
            }
        }
        return null;
    }

    static List<String> words() {
        List<String> words = new ArrayList<>();
        TOPICS.keySet().forEach(word -> words.add(word.replaceAll("[=(]$", "")));
        return words;
    }
}
