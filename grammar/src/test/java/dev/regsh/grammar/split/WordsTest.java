// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.split;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.regsh.grammar.source.Source;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "find vfs_*  x | find,vfs_*,x",
        "find ~a b~c ~~ | find,a bc,``",
        "find a\\ b \\~ | find,a b,~",
        "find ${v} x${v}y ~${v}~ | find,two words ${v},xtwo words ${v}y,two words ${v}",
        "find \\${v} $v ${ | find,${v},$v,${",
    })
    void partAtBlanks(String text, String expected) {
        List<String> wanted = List.of(expected.replace('~', '"').replace("``", "").split(",", -1));
        assertEquals(wanted, Words.split(new Source("", text.replace('~', '"')), 0, text.replace('~', '"'),
                Map.of("v", "two words ${v}")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"on f | on", "on\\ | on", "onf | onf", "on+1 | ''", "expect(1) | expect", "! on | ''"})
    void knowsTheFirst(String text, String first) {
        assertEquals(first, Words.first(text));
    }
}
