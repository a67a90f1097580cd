// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regsh.shell.Run;
import dev.regsh.shell.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
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
            if (document.get("kind").equals("command")) {
                commands++;
                String name = document.get("name").toString();
                assertFalse(document.get("description").toString().isEmpty(), name);
                assertEquals(Run.text("help " + name).out(), Run.text(name + " --help").out());
            }
        }
        assertTrue(commands >= 15, commands + " commands");
    }

    @Test
    void helpOfExitDoesNotLeave() {
        assertTrue(Run.text("exit --help\n! echo on").out().endsWith("on\n"));
    }
}
