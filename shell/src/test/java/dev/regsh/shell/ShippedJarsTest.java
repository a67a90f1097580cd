// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.regsh.session.Session;
import dev.regsh.shell.command.Workspace;
import dev.regsh.shell.completion.Completions;
import dev.regsh.shell.option.Options;
import dev.regsh.shell.output.TextOutput;
import dev.regsh.shell.script.Interpreter;
import dev.regsh.shell.script.ScriptHost;
import java.io.File;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.shell.core.command.Command;

/** Which jars of others ship, and that nothing misses those that the pom leaves out: the tests run without them, too. */
class ShippedJarsTest {
    private static final Map<String, String> SHIPPED = new LinkedHashMap<>();

    static {
        SHIPPED.put("antlr4-runtime", "reads rules and control statements");
        SHIPPED.put("commons-logging", "Spring's log");
        SHIPPED.put("jackson-core", "writes and reads JSON");
        SHIPPED.put("jline", "the terminal and the line");
        SHIPPED.put("jna", "calls libbpf");
        SHIPPED.put("jspecify", "annotations that the classes carry");
        SHIPPED.put("logback-classic", "the log file");
        SHIPPED.put("logback-core", "the log file");
        SHIPPED.put("slf4j-api", "the log file");
        SHIPPED.put("spring-beans", "types of the registry's signatures");
        SHIPPED.put("spring-context", "types of the registry's signatures");
        SHIPPED.put("spring-core", "what Spring Shell's own classes use");
        SHIPPED.put("spring-shell-core", "commands, registry, executor, loop");
        SHIPPED.put("spring-shell-jline", "the loop at a terminal");
    }

    /** Of the tests alone. */
    private static final List<String> TESTS = List.of("junit-", "opentest4j-", "apiguardian-", "archunit", "surefire-",
            "byte-buddy",
            "jacoco");

    @Test
    void everyJarThatShipsHasAReason() {
        List<String> found = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String name = new File(entry).getName();
            if (name.endsWith(".jar") && !name.startsWith("regsh-") && TESTS.stream().noneMatch(name::startsWith)) {
                found.add(name.replaceFirst("-[0-9].*", ""));
            }
        }
        found.sort(null);
        assertEquals(List.copyOf(SHIPPED.keySet()), found.stream().distinct().toList());
    }

    /** One class of each exclusion in shell/pom.xml, and of what it brings along. */
    @ParameterizedTest
    @ValueSource(strings = {"org.hibernate.validator.HibernateValidator", "jakarta.validation.Validation", "jakarta.el.ELContext",
        "com.fasterxml.classmate.TypeResolver", "org.jboss.logging.Logger", "org.springframework.aop.Advisor",
        "org.springframework.expression.Expression", "io.micrometer.observation.Observation", "io.micrometer.common.KeyValue",
        "reactor.core.publisher.Flux", "org.reactivestreams.Publisher", "org.springframework.messaging.Message",
        "org.stringtemplate.v4.ST", "org.antlr.runtime.Token"})
    void whatIsLeftOutIsNotHere(String name) {
        assertThrows(ClassNotFoundException.class, () -> Class.forName(name));
    }

    @Test
    void everyCommandRunsExplainsItselfAndCompletes() {
        Options options = new Options(false);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        try (Session session = new Session()) {
            Workspace workspace = new Workspace(session, new TextOutput(nowhere, nowhere, () -> 0, options), options);
            Interpreter interpreter = new Interpreter(workspace, new ScriptHost(false), true);
            Completions completions = new Completions(workspace.kernel(), workspace.names(), interpreter.commands());
            for (Command command : interpreter.commands().getCommands()) {
                String name = command.getName();
                assertNotNull(command.getHelp(), name);
                for (String line : List.of(name, name + " ", name + " x ", name + " --")) {
                    assertDoesNotThrow(() -> completions.at(line, line.length()), line);
                }
                for (String line : List.of(name, name + " --help", name + " nobody")) {
                    Run run = Run.text(line);
                    assertFalse((run.out() + run.err()).contains("regsh itself failed"), run.err());
                }
            }
        }
    }
}
