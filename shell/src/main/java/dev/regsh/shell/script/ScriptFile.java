// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.script;

import dev.regsh.file.HeldFile;
import dev.regsh.grammar.Source;
import dev.regsh.grammar.ast.Span;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.errno.Errno;
import dev.regsh.libbpf.KernelException;
import dev.regsh.shell.ExitCode;
import dev.regsh.shell.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;

/** A script, read once and whole before anything of it is done. */
public final class ScriptFile {
    private static final int LARGEST = 16 << 20;

    private ScriptFile() {}

    /**
     * Reads a script.
     *
     * @param trust take it although others could have written it
     */
    public static Source read(String name, boolean trust) {
        byte[] bytes;
        try (HeldFile file = new HeldFile(name)) {
            if (Files.isDirectory(file.path())) {
                throw new Failure(ExitCode.USAGE, name + " is a folder", "regsh run FILE.rsh");
            }
            if (!trust) {
                checkOwner(name, file.path());
            }
            try (InputStream in = Files.newInputStream(file.path())) {
                bytes = in.readNBytes(LARGEST + 1);
            }
        } catch (KernelException refused) {
            throw new Failure(ExitCode.USAGE, "cannot open " + name + ": " + Errno.text(refused.errno()), "");
        } catch (IOException unreadable) {
            throw new Failure(ExitCode.USAGE, "cannot read " + name + ": " + unreadable.getMessage(), "");
        }
        if (bytes.length > LARGEST) {
            throw new Failure(ExitCode.USAGE, name + " is longer than " + (LARGEST >> 20) + " MiB or has no end",
                    "a script is a text file of rules and commands");
        }
        try {
            return new Source(name, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException binary) {
            throw new DiagnosticException(new Diagnostic(Span.NONE, name + " is not a text file in UTF-8"));
        }
    }

    /** As root, what others may write is not to be run: its author could be anybody. */
    private static void checkOwner(String name, Path path) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(path, "unix:uid,permissions");
        int self = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        if (self != 0) {
            return;
        }
        String caller = System.getenv().getOrDefault("SUDO_UID", "0");
        int owner = (Integer) attributes.get("uid");
        @SuppressWarnings("unchecked")
        Set<PosixFilePermission> permissions = (Set<PosixFilePermission>) attributes.get("permissions");
        boolean shared = permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE);
        if (shared || owner != 0 && !Integer.toString(owner).equals(caller)) {
            throw new Failure(ExitCode.USAGE, name + (shared ? " may be written by others" : " belongs to user " + owner)
                    + ", and root would run it", "check it, then: chmod go-w, chown, or --trust");
        }
    }
}
