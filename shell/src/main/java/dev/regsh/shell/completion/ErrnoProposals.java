// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.completion;

import dev.regsh.base.errno.Errno;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** The errnos with their texts: {@code -ENOMEM  12 Cannot allocate memory}. */
final class ErrnoProposals {
    /**
     * The first ones, and some others, are what functions return; with nothing typed the whole list would only hide
     * them.
     */
    private static final int OLD = 34;
    private static final Set<String> USUAL = Set.of("ENAMETOOLONG", "ENOSYS", "ENOTEMPTY", "EOPNOTSUPP", "EADDRINUSE",
            "ENETUNREACH", "ECONNRESET", "ENOBUFS", "ETIMEDOUT", "ECONNREFUSED", "EINPROGRESS", "ESTALE", "EDQUOT",
            "ECANCELED");

    private ErrnoProposals() {}

    /** @param typed what stands behind the minus, or the minus and it; by name, or by a word of the text */
    static List<CompletionProposal> errnos(String typed) {
        String sign = typed.startsWith("-") ? "-" : "";
        String name = typed.substring(sign.length());
        if (name.isEmpty()) {
            return Errno.all().stream().filter(e -> e.number() <= OLD || USUAL.contains(e.name()))
                    .map(e -> proposal(sign, e)).toList();
        }
        List<Errno.Entry> found = Errno.all().stream().filter(e -> e.name().startsWith(name.toUpperCase(Locale.ROOT)))
                .toList();
        if (found.isEmpty()) {
            String text = name.toLowerCase(Locale.ROOT);
            found = Errno.all().stream().filter(e -> e.text().toLowerCase(Locale.ROOT).contains(text)
                    || e.name().contains(name.toUpperCase(Locale.ROOT))).toList();
        }
        return found.stream().map(e -> proposal(sign, e)).toList();
    }

    private static CompletionProposal proposal(String sign, Errno.Entry errno) {
        return Proposal.word(sign + errno.name(), errno.number() + " " + errno.text(), "errnos");
    }
}
