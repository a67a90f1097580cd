// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.engine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.regsh.bpf.compile.CompileContext;
import dev.regsh.bpf.compile.CompiledRule;
import dev.regsh.bpf.compile.RuleCompiler;
import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.register.Architecture;
import dev.regsh.bpf.symbol.CgroupSource;
import dev.regsh.bpf.type.TypeSource;
import dev.regsh.grammar.Parser;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.source.Source;
import dev.regsh.grammar.statement.Rule;
import dev.regsh.session.machine.KernelSymbols;
import dev.regsh.session.program.UserPrograms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only what moves a process is tried on the victim, and where that does not work the rule is refused at its clause. */
class UserFlowTest {
    @TempDir
    Path folder;

    private void check(UserFlow flow, String clauses, Engine engine) throws Exception {
        Path source = folder.resolve("program.c");
        Files.writeString(source, "int f(void) { return 1; }\nint main(void) { return f(); }\n");
        String program = folder.resolve("program").toString();
        assertEquals(0, new ProcessBuilder("gcc", "-o", program, source.toString()).inheritIO().start().waitFor());
        Rule rule = (Rule) Parser.parse(new Source("test", clauses.replace("PROGRAM", program)), Map.of()).get(0);
        try (UserPrograms programs = new UserPrograms()) {
            CompiledRule compiled = RuleCompiler.compile(rule, new CompileContext(Architecture.X86_64, Set.of(engine),
                    new KernelSymbols(), TypeSource.NONE, programs, CgroupSource.NONE, ability -> false));
            flow.check(rule, compiled);
        }
    }

    @Test
    void whatMovesNobodyIsNotTried() {
        // Without engines whatever is tried fails.
        @SuppressWarnings("NullAway")
        UserFlow flow = new UserFlow(null);
        for (String rule : new String[] {"on PROGRAM:f log", "on PROGRAM:f set rdi=1", "after PROGRAM:f ret=1",
            "dry on PROGRAM:f ret=1"}) {
            assertDoesNotThrow(() -> check(flow, rule, Engine.UPROBE_CTX), rule);
        }
    }

    @Test
    void aKernelThatWritesNoContextSkipsNothing() {
        assumeTrue(Engines.privileged(), "needs CAP_SYS_ADMIN");
        Engines engines = new Engines();
        assumeTrue(!engines.available().contains(Engine.UPROBE_CTX), "this kernel lets programs write the context");
        UserFlow flow = new UserFlow(engines);
        DiagnosticException refused = assertThrows(DiagnosticException.class,
                () -> check(flow, "on PROGRAM:f set rdi=1 ret=5", Engine.UPROBE_CTX));
        assertEquals("this kernel runs a user function in any case: it ignores a changed instruction pointer at a user probe",
                refused.diagnostics().get(0).message());
    }
}
