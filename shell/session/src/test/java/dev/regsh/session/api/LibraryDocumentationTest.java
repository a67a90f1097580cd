// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/library.md shows {@link ExampleTest} as it is. */
class LibraryDocumentationTest {
    /** A line of the table on a type of the package: a type elsewhere has a dot. */
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| (.*) \\|");
    private static final Pattern METHOD = Pattern.compile("`(\\w+)\\(");

    @Test
    void theExampleIsTheTest() throws Exception {
        String page = Files.readString(Path.of("../../docs/library.md"));
        String source = Files.readString(Path.of("src/test/java/dev/regsh/session/api/ExampleTest.java"));
        String shown = source.substring(source.indexOf("import ")).lines().map(line -> line.isEmpty() ? "" : "    " + line)
                .collect(Collectors.joining("\n"));
        assertTrue(page.contains(shown), "docs/library.md is to show this:\n" + shown);
    }

    /** What is public is a promise: it is what the page's table names, and no more. */
    @Test
    void theTableNamesWhatIsPublic() throws Exception {
        Map<String, Set<String>> shown = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("../../docs/library.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                shown.put(row.group(1), METHOD.matcher(row.group(2)).results().map(method -> method.group(1))
                        .collect(Collectors.toCollection(TreeSet::new)));
            }
        }
        assertEquals(shown, publicMethods());
    }

    /** Of each public type of the package, by its name. */
    private static Map<String, Set<String>> publicMethods() throws Exception {
        Map<String, Set<String>> found = new TreeMap<>();
        Path classes = Path.of(Regsh.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        String folder = Regsh.class.getPackageName().replace('.', '/');
        try (DirectoryStream<Path> files = Files.newDirectoryStream(classes.resolve(folder), "*.class")) {
            for (Path file : files) {
                String name = file.getFileName().toString().replace(".class", "");
                Class<?> type = Class.forName(Regsh.class.getPackageName() + "." + name);
                if (Modifier.isPublic(type.getModifiers())) {
                    found.put(name, Arrays.stream(type.getDeclaredMethods())
                            .filter(method -> Modifier.isPublic(method.getModifiers())).map(Method::getName)
                            .collect(Collectors.toCollection(TreeSet::new)));
                    assertEquals(0, type.getConstructors().length + type.getFields().length, name);
                }
            }
        }
        return found;
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
