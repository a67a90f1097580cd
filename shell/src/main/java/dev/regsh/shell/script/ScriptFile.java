// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.script;

import dev.regsh.base.errno.Errno;
import dev.regsh.base.errno.KernelException;
import dev.regsh.file.HeldFile;
import dev.regsh.file.Reason;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.source.Source;
import dev.regsh.grammar.source.Span;
import dev.regsh.session.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A script, read once and whole before anything of it is done. */
public final class ScriptFile {
    /** What stands for standard input. */
    public static final String STANDARD_INPUT = "-";
    private static final int LARGEST = 16 << 20;
    private static final Path OWN_INPUT = Path.of("/proc/self/fd/0");

    private ScriptFile() {}

    /**
     * Reads a script: a regular file, standard input ({@code -}), or a pipe that the process was given ({@code /dev/fd/63}). Whatever
     * else can be opened may keep whoever opens or reads it waiting.
     *
     * @param trust take it although others could have written it
     */
    public static Source read(String name, boolean trust) {
        if (name.equals(STANDARD_INPUT) || name.equals("/dev/stdin")) {
            return standardInput(trust);
        }
        try (HeldFile file = HeldFile.waitingForNobody(name)) {
            Path path = file.path();
            if (Files.isDirectory(path)) {
                throw new Failure(Failure.Kind.USAGE, name + " is a folder", "regsh run FILE.rsh");
            } else if (!Files.isRegularFile(path) && !isGivenPipe(path)) {
                throw new Failure(Failure.Kind.USAGE, name + " is no regular file", "regsh run - reads standard input");
            }
            if (!trust && Files.isRegularFile(path)) {
                checkOwner(name, path);
            }
            return source(name, path);
        } catch (KernelException refused) {
            throw new Failure(Failure.Kind.USAGE, "cannot open " + name + ": " + Errno.text(refused.errno()), "");
        } catch (IOException unreadable) {
            throw new Failure(Failure.Kind.USAGE, "cannot read " + name + ": " + Reason.of(unreadable), "");
        }
    }

    /** Standard input to its end; where that is a file, who may write it counts as it does for others. */
    public static Source standardInput(boolean trust) {
        try {
            if (!trust && Files.isRegularFile(OWN_INPUT)) {
                checkOwner("standard input", OWN_INPUT);
            }
            return source("<stdin>", System.in);
        } catch (IOException unreadable) {
            throw new Failure(Failure.Kind.USAGE, "standard input cannot be read: " + Reason.of(unreadable), "");
        }
    }

    /** Not one with a name, which nobody may have opened for writing. */
    private static boolean isGivenPipe(Path file) throws IOException {
        return Files.readSymbolicLink(file).toString().startsWith("pipe:");
    }

    private static Source source(String name, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return source(name, in);
        }
    }

    private static Source source(String name, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw new Failure(Failure.Kind.USAGE, name + " is longer than " + (LARGEST >> 20) + " MiB or has no end",
                    "a script is a text file of rules and commands");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\ufffd') >= 0 && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
            throw new DiagnosticException(new Diagnostic(Span.NONE, name + " is not a text file in UTF-8"));
        }
        return new Source(name, text);
    }

    /** As root, what others may write is not to be run: its author could be anybody. */
    private static void checkOwner(String name, Path path) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(path, "unix:uid,permissions");
        int self = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        if (self != 0) {
            return;
        }
        String caller = System.getenv().getOrDefault("SUDO_UID", "0");
        int owner = (Integer) Objects.requireNonNull(attributes.get("uid"));
        @SuppressWarnings("unchecked")
        Set<PosixFilePermission> permissions = (Set<PosixFilePermission>) Objects.requireNonNull(attributes.get("permissions"));
        boolean shared = permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE);
        if (shared || (owner != 0 && !Integer.toString(owner).equals(caller))) {
            throw new Failure(Failure.Kind.USAGE, name + (shared ? " may be written by others" : " belongs to user " + owner)
                    + ", and root would run it", "check it, then: chmod go-w, chown, or --trust");
        }
    }
}
