// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regsh.grammar.Parser;
import dev.regsh.grammar.clause.ClauseKind;
import dev.regsh.grammar.source.Source;
import dev.regsh.grammar.split.Words;
import dev.regsh.session.json.Json;
import dev.regsh.shell.Run;
import dev.regsh.shell.language.LanguageTopics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class HelpTest {
    @Test
    void theManualPageIsWhatHelpSays() throws Exception {
        assertEquals(Files.readString(Path.of("..", "docs", "regsh.1")), Run.text("help --man").out(),
                "scripts/man makes the page again");
    }

    @Test
    void everyCommandExplainsItself() throws Exception {
        int commands = 0;
        for (String line : Run.json("help").out().lines().toList()) {
            var document = Json.read(line);
            if ("command".equals(document.get("kind"))) {
                commands++;
                String name = String.valueOf(document.get("name"));
                assertFalse(Objects.requireNonNull(document.get("description"), name).toString().isEmpty(), name);
                assertEquals(Run.text("help " + name).out(), Run.text(name + " --help").out());
            }
        }
        assertTrue(commands >= 15, commands + " commands");
    }

    @Test
    void helpOfExitDoesNotLeave() {
        assertTrue(Run.text("exit --help\n! echo on").out().endsWith("on\n"));
    }

    @Test
    void everyWordOfTheLanguageIsExplainedByExamplesThatParse() {
        for (String word : LanguageTopics.words()) {
            LanguageTopics.Topic topic = Objects.requireNonNull(LanguageTopics.of(word), word);
            Run shown = Run.text("help " + word);
            assertTrue(shown.out().startsWith(topic.usage() + "\n  " + topic.meaning()), shown.out());
            for (String example : topic.examples()) {
                Parser.parse(new Source("example", example), Map.of("size", "1"));
            }
        }
        for (ClauseKind clause : ClauseKind.values()) {
            assertNotNull(LanguageTopics.of(clause.word()), clause.word());
        }
        Words.FIRST_WORDS.forEach(word -> assertNotNull(LanguageTopics.of(word), word));
    }

    @Test
    void whatPeopleTypeForHelp() {
        assertEquals(Run.text("help").out(), Run.text("?").out());
        assertTrue(Run.text("help rules").out().contains("on FUNCTION ret=-ENOMEM"));
        assertTrue(Run.text("help set").out().contains("set [OPTION"), "set is a command, too");
        Run typo = Run.text("help wehn");
        assertTrue(typo.err().contains("did you mean when?"), typo.err());
        assertTrue(Run.text("version").out().startsWith("regsh "));
        assertEquals(0, Run.text("clear").status());
    }
}
