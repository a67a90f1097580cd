// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.commandline;

/** What {@code regsh --help} and the manual say of the command line. */
public final class CommandLineHelp {
    public static final String SYNOPSIS = """
            regsh                          a session at the prompt
            regsh run FILE.rsh [ARG...]    runs a script; its rules are detached at the end
            regsh check FILE.rsh [ARG...]  refuses what run would refuse, and runs nothing
            regsh -c 'STATEMENT; ...'      runs statements
            regsh COMMAND [OPERAND...]     runs one command: list, detach, doctor, find, info, plan, help ...""";
    public static final String DESCRIPTION = """
            regsh changes what running kernel and user functions do: their arguments, whether they run, what they return.
            Each rule is compiled to a BPF program and attached to a probe; it is detached when the session ends, however
            it ends, unless it was kept. regsh doctor says what this machine allows.""";
    public static final String OPTIONS = options();
    public static final String EXIT_STATUS = "0 done, 1 a statement failed, 2 syntax or usage, 3 privilege or kernel support missing, 130 interrupted.";
    public static final String FILES = """
            $XDG_STATE_HOME/regsh/history   lines typed, for your eyes only (~/.local/state without the variable)
            $XDG_STATE_HOME/regsh/log       what went wrong inside regsh
            /run/regsh                      sockets of the sessions, descriptions of kept rules; root's alone
            /sys/fs/bpf/regsh               kept rules; root's alone""";
    public static final String ENVIRONMENT = """
            NO_COLOR     no colours and no suggestions at the prompt
            REGSH_JAVA   the Java runtime to use
            REGSH_NO_KPROBES   set: nothing is attached to the kernel, whatever is typed (for builds and tests)
            TERM         dumb: a plain prompt""";

    private CommandLineHelp() {}

    private static String options() {
        StringBuilder text = new StringBuilder(row("FILE", "- is standard input"));
        for (Flag flag : Flag.values()) {
            text.append('\n').append(row(flag.usage(), flag.meaning()));
        }
        return text.toString();
    }

    private static String row(String written, String meaning) {
        return String.format("%-15s %s", written, meaning);
    }

    /** The answer to {@code --help}. */
    public static String text() {
        return SYNOPSIS + "\n\n" + OPTIONS.indent(2) + "\nExit status: " + EXIT_STATUS;
    }
}
