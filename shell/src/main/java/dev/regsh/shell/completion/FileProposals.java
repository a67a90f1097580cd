// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.completion;

import dev.regsh.base.text.Printable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.springframework.shell.core.command.completion.CompletionContext;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** Files and folders for a path that is being typed. */
public final class FileProposals {
    private FileProposals() {}

    /** Scripts, also those whose name takes quotes. */
    public static List<CompletionProposal> scripts(CompletionContext typed) {
        return files(Objects.requireNonNullElse(typed.currentWordUpToCursor(), ""), "", true,
                file -> file.toString().endsWith(".rsh"));
    }

    /**
     * @param behind what follows a file's name: {@code :} where its symbols do
     * @param blanks it may hold some
     * @param wanted which files are offered; folders always are
     */
    static List<CompletionProposal> files(String typed, String behind, boolean blanks, Predicate<Path> wanted) {
        int slash = typed.lastIndexOf('/') + 1;
        String folder = typed.substring(0, slash);
        String name = typed.substring(slash);
        List<CompletionProposal> proposals = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(expanded(folder)))) {
            for (Path entry : entries) {
                String found = entry.getFileName().toString();
                boolean hidden = found.startsWith(".") && !name.startsWith(".");
                if (!found.startsWith(name) || hidden || !found.equals(Printable.escape(found))
                        || found.chars().anyMatch(c -> c == '"' || c == '\\' || c == '$' || (!blanks && (c <= ' ' || c == ';')))) {
                    continue;
                }
                if (Files.isDirectory(entry)) {
                    proposals.add(Proposal.open(folder + found + "/", "", "files"));
                } else if (wanted.test(entry)) {
                    proposals.add(Proposal.of(folder + found + behind, "", "files", behind.isEmpty()));
                }
                if (proposals.size() == FunctionProposals.MOST) {
                    break;
                }
            }
        } catch (IOException | InvalidPathException unreadable) {
            return List.of();
        }
        proposals.sort(Comparator.comparing(CompletionProposal::value));
        return proposals;
    }

    private static String expanded(String folder) {
        return folder.isEmpty() ? "." : folder;
    }
}
