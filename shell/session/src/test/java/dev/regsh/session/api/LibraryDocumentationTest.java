// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.api;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/library.md shows {@link ExampleTest} as it is. */
class LibraryDocumentationTest {
    @Test
    void theExampleIsTheTest() throws Exception {
        String page = Files.readString(Path.of("../../docs/library.md"));
        String source = Files.readString(Path.of("src/test/java/dev/regsh/session/api/ExampleTest.java"));
        String shown = source.substring(source.indexOf("import ")).lines().map(line -> line.isEmpty() ? "" : "    " + line)
                .collect(Collectors.joining("\n"));
        assertTrue(page.contains(shown), "docs/library.md is to show this:\n" + shown);
    }

    /** As the page says. */
    @Test
    void neitherTerminalNorFrameworkNorLoggerComesWithIt() {
        for (String foreign : new String[] {"org.jline.terminal.Terminal", "org.springframework.shell.Shell",
            "org.springframework.context.ApplicationContext", "ch.qos.logback.classic.Logger"}) {
            assertTrue(absent(foreign), foreign);
        }
    }

    private static boolean absent(String type) {
        try {
            Class.forName(type, false, LibraryDocumentationTest.class.getClassLoader());
            return false;
        } catch (ClassNotFoundException none) {
            return true;
        }
    }
}
