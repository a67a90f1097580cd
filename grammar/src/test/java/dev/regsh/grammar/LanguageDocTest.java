// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regsh.grammar.assist.Highlight;
import dev.regsh.grammar.assist.Highlighter;
import dev.regsh.grammar.clause.Clause;
import dev.regsh.grammar.clause.ClauseKind;
import dev.regsh.grammar.source.Source;
import dev.regsh.grammar.statement.Rule;
import dev.regsh.grammar.statement.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of the reference parse, and no clause or statement is without one. */
class LanguageDocTest {
    private static final Path PAGE = Path.of("..", "docs", "language.md");
    private static final Pattern BLOCK = Pattern.compile("^```rsh( run)?\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    record Block(int line, boolean run, String text) {}

    static List<Block> blocks() throws IOException {
        String page = Files.readString(PAGE);
        List<Block> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(page);
        while (block.find()) {
            int line = (int) page.substring(0, block.start()).chars().filter(c -> c == '\n').count() + 1;
            blocks.add(new Block(line, block.group(1) != null, block.group(2)));
        }
        return blocks;
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void parses(Block block) {
        List<Statement> statements = parse(block);
        assertEquals(block.run(), statements.stream().anyMatch(Statement.Expect.class::isInstance),
                "what runs expects something");
        for (Highlight part : Highlighter.of(block.text())) {
            assertTrue(part.kind() != Highlight.Kind.WRONG, block.text().substring(part.start(), part.end()));
        }
    }

    @Test
    void everyClauseAndStatementHasAnExample() throws IOException {
        List<Statement> all = blocks().stream().flatMap(block -> parse(block).stream()).toList();
        assertEquals(names(Arrays.stream(Statement.class.getPermittedSubclasses())),
                names(all.stream().map(Object::getClass)));
        assertEquals(names(Arrays.stream(Clause.class.getPermittedSubclasses())
                .flatMap(group -> Arrays.stream(group.getPermittedSubclasses()))),
                names(all.stream().filter(Rule.class::isInstance).flatMap(rule -> ((Rule) rule).clauses().stream())
                        .map(Object::getClass)));
    }

    @Test
    void theTablesOfThePageAreTheTableOfTheClauses() throws IOException {
        List<String> rows = new ArrayList<>();
        boolean clauses = false;
        for (String line : Files.readAllLines(PAGE)) {
            clauses = line.startsWith("| clause |") || (clauses && line.startsWith("|"));
            if (clauses && line.startsWith("| `")) {
                rows.add(line);
            }
        }
        assertEquals(Arrays.stream(ClauseKind.values()).map(kind -> "| `" + kind.usage() + "` | " + kind.effect() + " |")
                .sorted().collect(Collectors.joining("\n")), rows.stream().sorted().collect(Collectors.joining("\n")));
    }

    private static Set<String> names(Stream<? extends Class<?>> classes) {
        return classes.map(Class::getSimpleName).collect(Collectors.toSet());
    }

    private static List<Statement> parse(Block block) {
        return Parser.parse(new Source("language.md:" + block.line(), block.text()), new AnyVariable());
    }

    private static final class AnyVariable extends AbstractMap<String, String> {
        @Override
        public String get(Object name) {
            return "1".equals(name) ? "f" : "1";
        }

        @Override
        public Set<Map.Entry<String, String>> entrySet() {
            return Set.of();
        }
    }
}
