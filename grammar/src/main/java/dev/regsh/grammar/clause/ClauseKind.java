// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.antlr.RegshParser;
import dev.regsh.grammar.token.Slot;
import java.util.List;
import java.util.Optional;

/**
 * The table of the clauses, the most wanted first: Tab, help, the manual page, colours and error messages come from it, and
 * docs/language.md is held against it. What stands behind the word is read in the clause's own file.
 */
public enum ClauseKind {
    SET("set", RegshParser.SET, Slot.TARGET,
            "set TARGET=EXPRESSION...", "write registers or parameters", """
                    Registers by the processor's names, parameters by their own or as arg0 to arg5. All expressions see the state
                    before the rule. Memory is changed with write.""",
            "changes registers or parameters; blanks or commas part the assignments",
            "on vfs_read set count=1", "on vfs_write set arg2=0, arg1=arg0"),

    RET("ret=", RegshParser.RET, Slot.VALUE,
            "ret=EXPRESSION", "the value to return", """
                    In on the function does not run and its callers get this; in after it replaces what was returned.""",
            "in `on`: the function's body does not run, callers get this; in `after`: replaces what it returned. `set "
                    + "ret=...` is the same",
            "on open_ctree ret=-ENOMEM", "after vfs_read when ret > 0 ret=ret - 1"),

    WHEN("when", RegshParser.WHEN, Slot.VALUE,
            "when EXPRESSION", "only if a condition holds",
            """
                    Operators are those of C; comm and str(ADDRESS) compare with strings, ~ with globs. Fields follow the kernel's own
                    types.""",
            "hits where it is not 0",
            "on vfs_read when count > 4096 && comm ~ \"ngin*\" log count",
            "on mount_bdev when str(dev_name) == \"/dev/vdb\" log"),

    LIMIT("limit", RegshParser.LIMIT, Slot.NUMBER,
            "limit N", "at most N times", "Exactly, over all processors.",
            "N in all, exactly, over all CPUs; a hit whose action fails uses up none of them",
            "on vfs_read comm \"cat\" limit 1 ret=-EIO"),

    LOG("log", RegshParser.LOG, Slot.VALUE,
            "log [EXPRESSION[, EXPRESSION]...]", "send an event, with these values", """
                    Events appear above the prompt; events shows them again. A rule may do nothing else.""",
            "sends an event with these values to the session; a kernel function's result, and what is named `error`, "
                    + "`ret`, `status` or the like, is shown with the errno's name",
            "on vfs_read comm \"cat\" log count, str(file->f_path.dentry->d_name.name)"),

    PID("pid", RegshParser.PID, Slot.NUMBER,
            "pid N[, N]...", "only in these processes", "",
            "these processes, as user space numbers them",
            "on vfs_read pid 4242 ret=-EIO"),

    TID("tid", RegshParser.TID, Slot.NUMBER,
            "tid N", "only in this thread", "",
            "this thread",
            "on vfs_read tid 4243 ret=-EIO"),

    UID("uid", RegshParser.UID, Slot.NUMBER,
            "uid N", "only for this user", "The number: id -u NAME tells it.",
            "processes of this real user",
            "on vfs_read uid 1000 ret=-EIO"),

    COMM("comm", RegshParser.COMM, Slot.COMM,
            "comm \"NAME\"", "only in processes of this name",
            "A thread's name, exactly, at most 15 bytes; for a part: when comm ~ \"ngin*\".",
            "threads of exactly this name (at most 15 bytes; `when comm ~ \"ngin*\"` for a part)",
            "on vfs_read comm \"cat\" ret=-EIO"),

    CGROUP("cgroup", RegshParser.CGROUP_PATH, Slot.CGROUP,
            "cgroup PATH", "only in this cgroup and below", "",
            "tasks in this cgroup2 folder or below it: `/user.slice` is relative to the mount",
            "on vfs_read cgroup /system.slice/nginx.service ret=-EIO"),

    CALLER("caller", RegshParser.CALLER_FUNCTION, Slot.FUNCTION,
            "caller FUNCTION", "only when called from this function", "Directly or over others. It is a clause, not a value.",
            "calls from this function, direct or over others; in user programs see [there](user-programs.md#whom)",
            "on kmem_cache_alloc_noprof caller open_ctree ret=0"),

    SKIP("skip", RegshParser.SKIP_HITS, Slot.NUMBER,
            "skip N", "not the first N times", "",
            "all but the first N hits",
            "on vfs_read comm \"cat\" skip 3 ret=-EIO"),

    EVERY("every", RegshParser.EVERY, Slot.NUMBER,
            "every N", "only each N-th time", "",
            "the first of each N",
            "on vfs_read comm \"cat\" every 10 ret=-EIO"),

    CHANCE("chance", RegshParser.CHANCE, Slot.NUMBER,
            "chance P%", "only with this probability: chance 10%", "",
            "this share of them, at random",
            "after vfs_read comm \"cat\" chance 10% ret=-EIO"),

    FOR("for", RegshParser.FOR, Slot.DURATION,
            "for DURATION", "detach after a time", "The kernel keeps to it, also where the shell hangs.",
            "all until then; counted from the attaching, and kept by the kernel also if the shell hangs. The rule is "
                    + "detached then and no longer listed, which a note says; `expect` still knows its counters",
            "on vfs_read comm \"cat\" ret=-EIO for 10s"),

    GOTO("goto", RegshParser.GOTO_FUNCTION, Slot.FUNCTION,
            "goto FUNCTION", "run another function instead",
            "It gets the same arguments. Refused unless both are called alike; force insists.",
            "the call lands there, with the same arguments",
            "on regsh_target_sum goto regsh_target_other"),

    WRITE("write", RegshParser.WRITE, Slot.VALUE,
            "write PLACE = EXPRESSION", "write memory",
            "PLACE is a field through a pointer, or u8[ADDRESS] to u64[ADDRESS]; user before it: the process's.",
            "changes memory, the kernel's or (`user`) the process's",
            "on mount_bdev write u32[arg1] = 0", "on /usr/bin/cat:main write user u8[arg1] = 0"),

    SIGNAL("signal", RegshParser.SIGNAL, Slot.SIGNAL,
            "signal NAME", "send the process a signal", "",
            "sends a signal to the current process: `KILL`, `SIGUSR1`",
            "on vfs_read comm \"cat\" signal KILL"),

    AS("as", RegshParser.AS, Slot.NEW_NAME,
            "as NAME", "name the rule", "For list, detach and expect; without it a rule has a number.",
            "names the rule for `list`, `detach NAME`, `expect hits NAME`; without it the rule has a number",
            "on vfs_read comm \"cat\" ret=-EIO as eio"),

    FORCE("force", RegshParser.FORCE, Slot.CLAUSE,
            "force", "insist, where regsh would refuse", "See docs/language.md, \"What asks for force\".",
            "insists where regsh would refuse: see [What asks for force](#what-asks-for-force)",
            "on vfs_read ret=-EIO force for 2s");

    private final String keyword;
    private final int token;
    private final Slot operand;
    private final String usage;
    private final String meaning;
    private final String details;
    private final String effect;
    private final List<String> examples;

    /**
     * A row.
     *
     * @param keyword the word, with the sign that belongs to it
     * @param token of the grammar; it begins the clause
     * @param operand what stands behind the word; {@link Slot#CLAUSE}: nothing of this clause's
     * @param usage as it is written
     * @param meaning one line, for Tab and help
     * @param details what else help says; may be empty
     * @param effect its row in docs/language.md
     */
    ClauseKind(String keyword, int token, Slot operand, String usage, String meaning, String details, String effect,
            String... examples) {
        this.keyword = keyword;
        this.token = token;
        this.operand = operand;
        this.usage = usage;
        this.meaning = meaning;
        this.details = details;
        this.effect = effect;
        this.examples = List.of(examples);
    }

    /** The kind that a token begins. */
    public static Optional<ClauseKind> of(int token) {
        for (ClauseKind kind : values()) {
            if (kind.token == token) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** The kind of this {@link #word}. */
    public static Optional<ClauseKind> named(String word) {
        for (ClauseKind kind : values()) {
            if (kind.word().equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** What begins it, as Tab puts it in: {@code ret=}, {@code goto}. */
    public String keyword() {
        return keyword;
    }

    /** What begins it, letters only: {@code ret}, {@code goto}. */
    public String word() {
        return keyword.endsWith("=") ? keyword.substring(0, keyword.length() - 1) : keyword;
    }

    /** The token of the grammar that begins it. */
    public int token() {
        return token;
    }

    /** What stands behind the word; {@link Slot#CLAUSE}: nothing of this clause's. */
    public Slot operand() {
        return operand;
    }

    /** The word and its operand are one token, so the word alone is a name. */
    public boolean isOneToken() {
        return operand == Slot.FUNCTION || operand == Slot.CGROUP;
    }

    /** A rule may have several. */
    public boolean isRepeatable() {
        return this == SET || this == WRITE;
    }

    public String usage() {
        return usage;
    }

    /** One line, for Tab and help. */
    public String meaning() {
        return meaning;
    }

    /** What else there is to know; may be empty. */
    public String details() {
        return details;
    }

    /** What docs/language.md says of it. */
    public String effect() {
        return effect;
    }

    public List<String> examples() {
        return examples;
    }

    /**
     * The clauses of a parse tree; {@code set ... ret=} makes two. Here and not in the rows, since those are read to
     * complete a line, where no clause need be loaded.
     */
    public List<Clause> read(Operands operands) {
        return switch (this) {
            case SET -> SetClause.read(operands);
            case RET -> List.of(RetClause.read(operands));
            case WHEN -> List.of(WhenClause.read(operands));
            case LIMIT -> List.of(LimitClause.read(operands));
            case LOG -> List.of(LogClause.read(operands));
            case PID -> List.of(PidClause.read(operands));
            case TID -> List.of(TidClause.read(operands));
            case UID -> List.of(UidClause.read(operands));
            case COMM -> List.of(CommClause.read(operands));
            case CGROUP -> List.of(CgroupClause.read(operands));
            case CALLER -> List.of(CallerClause.read(operands));
            case SKIP -> List.of(SkipClause.read(operands));
            case EVERY -> List.of(EveryClause.read(operands));
            case CHANCE -> List.of(ChanceClause.read(operands));
            case FOR -> List.of(ForClause.read(operands));
            case GOTO -> List.of(GotoClause.read(operands));
            case WRITE -> List.of(WriteClause.read(operands));
            case SIGNAL -> List.of(SignalClause.read(operands));
            case AS -> List.of(AsClause.read(operands));
            case FORCE -> List.of(ForceClause.read(operands));
        };
    }
}
