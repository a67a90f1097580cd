// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.completion;

import dev.regsh.base.text.Printable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** Processes and users of this machine. */
final class ProcessProposals {
    private ProcessProposals() {}

    static List<CompletionProposal> pids() {
        List<CompletionProposal> found = new ArrayList<>();
        processes().forEach((pid, comm) -> found.add(Proposal.word(Integer.toString(pid), comm, "processes")));
        return found;
    }

    /** @param quoted the first quote stands already */
    static List<CompletionProposal> comms(boolean quoted) {
        return processes().values().stream()
                .filter(comm -> comm.indexOf('"') < 0 && comm.indexOf('\\') < 0).distinct().sorted()
                .map(comm -> Proposal.word((quoted ? "" : "\"") + comm + '"', "", "processes")).toList();
    }

    static List<CompletionProposal> users() {
        List<CompletionProposal> found = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(Path.of("/etc/passwd"))) {
                String[] fields = line.split(":");
                if (fields.length > 2) {
                    found.add(Proposal.word(fields[2], fields[0], "users"));
                }
            }
        } catch (IOException unreadable) {
            return List.of();
        }
        return found;
    }

    private static Map<Integer, String> processes() {
        Map<Integer, String> found = new TreeMap<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path folder : folders) {
                String comm = comm(folder);
                if (!comm.isEmpty()) {
                    found.put(Integer.parseInt(folder.getFileName().toString()), comm);
                }
            }
        } catch (IOException unreadable) {
            return found;
        }
        return found;
    }

    private static String comm(Path process) {
        try {
            return Printable.escape(Files.readString(process.resolve("comm")).strip());
        } catch (IOException ended) {
            return "";
        }
    }
}
