// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regsh.base.text.Printable;
import dev.regsh.shell.completion.Proposal;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.IntStream;
import org.jline.reader.Candidate;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;
import org.springframework.shell.core.command.completion.CompletionProposal;

class MenuTest {
    private static List<CompletionProposal> functions(int count, String description) {
        return IntStream.range(0, count).mapToObj(i -> Proposal.of("tcp_" + i, description, "functions", true)).toList();
    }

    private static Menu menu(int width, int height) throws Exception {
        Terminal terminal = new DumbTerminal(new ByteArrayInputStream(new byte[0]), OutputStream.nullOutputStream());
        terminal.setSize(new Size(width, height));
        return new Menu(terminal);
    }

    @Test
    void meaningsStandBelowEachOtherAndAreCut() {
        List<String> shown = Menu.candidates(List.of(Proposal.of("set", "write registers", "words", true),
                Proposal.of("caller", "only when called from this function", "words", true),
                Proposal.of("btrfs:", "", "modules", false)), 24).stream().map(Candidate::displ).toList();
        assertEquals(List.of("set     write registers", "caller  only when call" + Printable.CUT, "btrfs:"), shown);
    }

    @Test
    void isNoLongerThanTheScreen() throws Exception {
        Menu menu = menu(80, 24);
        List<Candidate> all = Menu.candidates(functions(200, "long int (struct sock *sk, struct sk_buff *skb)"), 80);
        List<Candidate> shown = menu.matches(all);
        assertEquals(20, shown.size());
        assertEquals("and 181 more", shown.get(19).displ());
        assertEquals("tcp_", menu.getCommonPrefix(), "all that was found counts");
        assertTrue(menu(200, 60).matches(Menu.candidates(functions(200, ""), 200)).size() == 200, "several fit a line");
        assertEquals(3, menu.matches(all.subList(0, 3)).size());
    }
}
