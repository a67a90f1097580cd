// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.source.Source;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The exact errors: what is wrong, at which column, and what to do. */
class SyntaxErrorTest {
    private static final Map<String, String> VARIABLES = Map.of("text", "abc", "neg", "-5");

    @ParameterizedTest
    @CsvFileSource(resources = "/syntax-errors.txt", delimiter = '|', quoteCharacter = '`', nullValues = "-")
    void saysWhereAndWhat(String statement, int column, String message, String hint) {
        List<Diagnostic> found = assertThrows(DiagnosticException.class,
                () -> Parser.parse(new Source("test.rsh", statement), VARIABLES)).diagnostics();
        assertEquals(1, found.size());
        assertEquals(message, found.get(0).message());
        assertEquals(column, found.get(0).span().column());
        assertEquals(hint == null ? "" : hint, found.get(0).hint());
    }
}
