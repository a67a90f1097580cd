// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.completion;

import dev.regsh.elf.ElfFile;
import dev.regsh.elf.LibraryCache;
import dev.regsh.file.HeldFile;
import dev.regsh.libbpf.KernelException;
import dev.regsh.text.NameSearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The functions of user programs and libraries, and the files themselves: {@code /usr/bin/bash:readl}. */
final class UserSymbolProposals {
    private final List<Read> recent = new ArrayList<>();

    private record Read(String path, HeldFile.Identity identity, NameSearch names) {}

    /** @param typed a path, or {@code PATH:} and the beginning of a symbol */
    List<Proposal> probes(String typed) {
        int colon = typed.lastIndexOf(':');
        if (colon < 0) {
            return FileProposals.files(typed, ":", file -> Files.isExecutable(file) || file.toString().contains(".so"));
        }
        String path = typed.substring(0, colon);
        NameSearch names = names(path);
        List<Proposal> proposals = new ArrayList<>();
        for (int number : names.find(typed.substring(colon + 1), FunctionProposals.MOST)) {
            proposals.add(Proposal.word(path + ":" + names.name(number), "", "functions of " + Path.of(path).getFileName()));
        }
        return proposals;
    }

    private synchronized NameSearch names(String path) {
        try {
            String found = path.contains("/") ? path : LibraryCache.find(LibraryCache.PATH, path).map(Path::toString).orElse(path);
            try (HeldFile file = HeldFile.regular(found)) {
                HeldFile.Identity identity = file.identity();
                for (Read read : recent) {
                    if (read.path.equals(found) && read.identity.equals(identity)) {
                        return read.names;
                    }
                }
                List<String> symbols = ElfFile.read(Path.of(found), file.path()).startingWith("", Integer.MAX_VALUE);
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
