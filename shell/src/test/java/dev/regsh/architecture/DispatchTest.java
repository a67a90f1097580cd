// SPDX-License-Identifier: Apache-2.0
package dev.regsh.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Cases of a sealed type are told apart by a visitor, of which the compiler knows that it answers for each: not by a chain of questions. */
final class DispatchTest {
    private static final Pattern CHAIN = Pattern.compile("else if \\(.*\\binstanceof\\b");

    /** Files that tell apart what is not ours, and has no visitors: ANTLR's transitions, the exceptions and the values of the JDK. */
    private static final Set<String> FOREIGN = Set.of("Readings.java", "Reason.java", "Json.java");

    @Test
    void noChainOfInstanceofs() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : mainSources()) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (CHAIN.matcher(lines.get(i)).find()) {
                    found.add(file + ":" + (i + 1) + ": " + lines.get(i).strip());
                }
            }
        }
        assertEquals("", String.join("\n", found));
    }

    /** Every main source file of the project; tests run in shell's folder. */
    private static List<Path> mainSources() throws IOException {
        try (Stream<Path> all = Files.walk(Path.of(".."))) {
            return all.filter(file -> file.toString().contains("/src/main/java/") && file.toString().endsWith(".java"))
                    .filter(file -> !FOREIGN.contains(file.getFileName().toString())).sorted().toList();
        }
    }
}
