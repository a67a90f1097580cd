// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regsh.bpf.isa.Disassembly;
import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.register.Architecture;
import dev.regsh.bpf.symbol.CgroupSource;
import dev.regsh.bpf.type.FunctionType;
import dev.regsh.bpf.type.Type;
import dev.regsh.bpf.type.TypeSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Programs of rules for arm64: where in struct user_pt_regs they look. */
class Arm64RulesTest {
    private static final String LINK = " + 240)";
    private static final String STACK = " + 248)";
    private static final String COUNTER = " + 256)";
    private static final String FLAGS = " + 264)";

    private final TestKernel kernel = new TestKernel();

    private CompiledRule compile(String rule, Engine engine) {
        return RuleCompiler.compile(TestKernel.rule(rule), kernel.context(Architecture.ARM64, engine));
    }

    private static String text(CompiledRule.ProbeProgram probe) {
        return Disassembly.of(probe.program()).stream().map(Disassembly.Line::text).collect(Collectors.joining("\n"));
    }

    private String program(String rule, Engine engine) {
        return text(compile(rule, engine).probes().get(0));
    }

    @Test
    void theCallerIsInTheLinkRegister() {
        for (String rule : List.of("on sum caller other ret=1", "on /bin/test:f caller g set x0=1")) {
            String text = program(rule, Engine.KFUNC);
            assertTrue(text.contains(LINK), text);
            assertFalse(text.contains(STACK), text);
            assertTrue(text.contains("get_stack"), text);
        }
        assertFalse(program("on sum+4 caller other set x0=1", Engine.KFUNC).contains(LINK));
    }

    /** Calls are told apart by the stack pointer, which a return leaves where it was at the entry. */
    @Test
    void argumentsAtTheReturnGoByTheStackPointer() {
        List<CompiledRule.ProbeProgram> probes = compile("after vfs_read when count > 10 ret=-5", Engine.KFUNC).probes();
        assertEquals(2, probes.size());
        probes.forEach(probe -> assertTrue(text(probe).contains(STACK), text(probe)));
        String late = text(probes.get(0));
        assertFalse(late.matches("(?s).*r\\d \\+= -8\n.*" + java.util.regex.Pattern.quote(STACK) + ".*"), late);
    }

    /** Where a function also ends in calls of others, a return is one of its own by the return address. */
    @Test
    void whoseReturnItIsGoesByTheLinkRegister() {
        List<CompiledRule.ProbeProgram> probes = compile("after /bin/test:g when arg0 == 1 ret=1", Engine.KFUNC).probes();
        assertEquals(2, probes.stream().filter(probe -> text(probe).contains(LINK)).count());
    }

    @Test
    void parametersOnTheStackBeginAtIt() {
        assertTrue(program("on sum log u64[sp]", Engine.KFUNC).contains(STACK));
        assertTrue(program("on seven log g", Engine.KFUNC).contains(" + 48)"), "the seventh is in x6");
    }

    @Test
    void skippingByStores() {
        String skip = program("on /bin/test:f ret=1", Engine.UPROBE_CTX);
        assertTrue(skip.contains(LINK) && skip.contains(FLAGS) && skip.contains(COUNTER), skip);
        assertTrue(skip.contains("get_func_ip"), "another rule may have left the function already: " + skip);
        assertFalse(skip.contains(STACK) || skip.contains("probe_read_user"), skip);
        String set = program("on /bin/test:f set x1=1", Engine.UPROBE_CTX);
        assertFalse(set.contains(FLAGS) || set.contains("get_func_ip"), set);
    }

    /** A guarded control stack (GCS): a return that it does not know of kills the task. */
    @Test
    void skippingLooksForAGuardedControlStack() {
        Type mode = new Type.Int("unsigned int", 4, false, false);
        Type thread = new Type.Struct("thread_struct", false, 64,
                () -> List.of(new Type.Member("gcs_el0_mode", mode, 256, 0)));
        Type task = new Type.Struct("task_struct", false, 4096, () -> List.of(new Type.Member("thread", thread, 16384, 0)));
        FunctionType wake = new FunctionType("wake_up_process", new Type.Void(), List.of(new FunctionType.Parameter("p",
                new Type.Pointer(() -> task), "struct task_struct *")), false);
        TypeSource types = (function, module) -> function.equals("wake_up_process") ? Optional.of(wake) : Optional.empty();
        CompileContext machine = new CompileContext(Architecture.ARM64, Set.of(Engine.UPROBE_CTX), kernel, types,
                new TestProgram(), CgroupSource.NONE, ability -> true);
        String text = text(RuleCompiler.compile(TestKernel.rule("on /bin/test:f ret=1"), machine).probes().get(0));
        assertTrue(text.contains("get_current_task") && text.contains("+= 2080"), text);
    }
}
