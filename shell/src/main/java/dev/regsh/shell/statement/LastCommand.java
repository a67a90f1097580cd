// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.statement;

import dev.regsh.session.failure.Failure;
import dev.regsh.shell.output.Output;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs what stands behind {@code !}, and knows how the last of it went; script variables are its environment, never part of its text. */
final class LastCommand {
    /** What is kept of a command's output for expect. */
    private static final int KEPT = 1 << 20;

    private final Output output;
    private int status;
    /** Null: it went to the terminal. */
    private @Nullable String captured = "";

    LastCommand(Output output) {
        this.output = output;
    }

    int status() {
        return status;
    }

    /** @throws Failure if it was not kept */
    String output() {
        if (captured == null) {
            throw new Failure("what the command printed went to the terminal and was not kept",
                    "set capture on, and run it again; scripts, replayed ones too, keep it");
        }
        return captured;
    }

    boolean kept() {
        return captured != null;
    }

    /** @param capture its output is read and handed on, and kept; else it has the terminal, as programs with a screen need it */
    void run(String line, Map<String, String> variables, boolean capture) {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", line);
        asBeforeTheStart(builder.environment());
        variables.forEach((name, value) -> {
            if (value.indexOf('\0') < 0) {
                builder.environment().put(Character.isDigit(name.charAt(0)) ? "ARG" + name : name, value);
            }
        });
        builder.inheritIO();
        if (capture) {
            builder.redirectOutput(ProcessBuilder.Redirect.PIPE);
            builder.redirectErrorStream(true);
        }
        try {
            Process process = builder.start();
            captured = capture ? pass(process.getInputStream()) : null;
            status = await(process);
        } catch (IOException missing) {
            throw new Failure("/bin/sh cannot be run: " + missing.getMessage(), "");
        }
    }

    /** bin/regsh has set a locale for Java. */
    private static void asBeforeTheStart(Map<String, String> environment) {
        String before = environment.remove("REGSH_LC_ALL");
        if (before != null && before.isEmpty()) {
            environment.remove("LC_ALL");
        } else if (before != null) {
            environment.put("LC_ALL", before);
        }
    }

    /** Ctrl-C at the terminal goes to the command too: it decides whether it ends. */
    private static int await(Process process) {
        while (true) {
            try {
                return process.waitFor();
            } catch (InterruptedException passed) {
                // On with the waiting.
            }
        }
    }

    /** A reader decodes: a letter's bytes may come in several pieces. */
    private String pass(InputStream from) throws IOException {
        StringBuilder all = new StringBuilder();
        char[] buffer = new char[8192];
        Reader text = new InputStreamReader(from, StandardCharsets.UTF_8);
        for (int got = text.read(buffer); got >= 0; got = text.read(buffer)) {
            output.commandOutput(new String(buffer, 0, got));
            all.append(buffer, 0, Math.min(got, KEPT - all.length()));
        }
        return all.toString();
    }
}
