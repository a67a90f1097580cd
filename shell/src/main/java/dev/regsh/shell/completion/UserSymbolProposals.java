// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.completion;

import dev.regsh.base.errno.KernelException;
import dev.regsh.base.text.NameSearch;
import dev.regsh.elf.ElfFile;
import dev.regsh.elf.LibraryCache;
import dev.regsh.file.HeldFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** The functions of user programs and libraries, and the files themselves: {@code /usr/bin/bash:readl}. */
final class UserSymbolProposals {
    private final List<Read> recent = new ArrayList<>();

    private record Read(String path, HeldFile.Identity identity, NameSearch names) {}

    /** @param typed a path, or {@code PATH:} and the beginning of a symbol */
    List<CompletionProposal> probes(String typed) {
        int colon = endOfPath(typed);
        if (colon < 0) {
            return FileProposals.files(typed, ":", false, file -> Files.isExecutable(file) || file.toString().contains(".so"));
        }
        String path = typed.substring(0, colon);
        NameSearch names = names(path);
        List<CompletionProposal> proposals = new ArrayList<>();
        for (int number : names.find(typed.substring(colon + 1), FunctionProposals.MOST)) {
            proposals
                    .add(Proposal.word(path + ":" + quoted(names.name(number)), "", "functions of " + Path.of(path).getFileName()));
        }
        return proposals;
    }

    /** The first colon behind the name of a file: C++ names have some of their own. -1: only a path is typed so far. */
    private static int endOfPath(String typed) {
        int colon = typed.indexOf(':');
        while (colon >= 0 && typed.indexOf('/') >= 0 && !Files.isRegularFile(Path.of(typed.substring(0, colon)))) {
            colon = typed.indexOf(':', colon + 1);
        }
        return colon;
    }

    /** A C++ name has characters that mean something in a probe. */
    private static String quoted(String name) {
        return name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '@' || c == '$')
                ? name : '"' + name + '"';
    }

    private synchronized NameSearch names(String path) {
        try {
            String found = path.contains("/") ? path : LibraryCache.locate(path).map(Path::toString).orElse(path);
            try (HeldFile file = HeldFile.regular(found)) {
                HeldFile.Identity identity = file.identity();
                for (Read read : recent) {
                    if (read.path.equals(found) && read.identity.equals(identity)) {
                        return read.names;
                    }
                }
                List<String> symbols = ElfFile.read(Path.of(found), file.path()).functions().startingWith("", Integer.MAX_VALUE);
                if (recent.size() == 4) {
                    recent.remove(0);
                }
                recent.add(new Read(found, identity, NameSearch.of(symbols)));
                return recent.get(recent.size() - 1).names;
            }
        } catch (IOException | KernelException unreadable) {
            return NameSearch.of(List.of());
        }
    }
}
