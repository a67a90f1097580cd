// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regsh.bpf.engine.NoEngineException;
import dev.regsh.bpf.isa.Disassembly;
import dev.regsh.bpf.isa.Relocation;
import dev.regsh.bpf.program.Ability;
import dev.regsh.bpf.program.AttachPoint;
import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.program.EventLayout;
import dev.regsh.bpf.program.LeftOut;
import dev.regsh.bpf.program.MapSpec;
import dev.regsh.bpf.type.FunctionType;
import dev.regsh.bpf.type.Type;
import dev.regsh.bpf.type.TypeSource;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RuleCompilerTest {
    private final TestKernel kernel = new TestKernel();

    private int length(String rule) {
        return kernel.compile(rule).probes().get(0).program().length();
    }

    @Test
    void aRuleCostsWhatItUses() {
        assertTrue(length("on sum set rdi=5") < 32, "bare set: " + length("on sum set rdi=5"));
        assertTrue(length("on sum set rdi=0 ret=-12") < 37, "set and ret: " + length("on sum set rdi=0 ret=-12"));
        assertEquals(length("on sum ret=0") + 1, length("on sum when pid == 7 ret=0"));
        assertEquals(length("on sum ret=0 as name"), length("on sum ret=0"));
        assertEquals(length("on sum ret=0 force") + 2, length("on sum ret=0"));
        assertEquals(List.of("counters"), kernel.compile("on sum ret=0").maps().stream().map(MapSpec::name).toList());
    }

    /** Also what runs at the entry for a rule at the return. */
    @Test
    void bystandersAreLeftAlone() {
        assertEquals(List.of("session", "watchdog"), left("on sum ret=0", 0));
        assertEquals(List.of("session", "watchdog"), left("dry on sum log", 0));
        assertEquals(List.of("watchdog"), left("on sum ret=0 force", 0));
        assertEquals(List.of("session", "watchdog", "init"), left("on /bin/test:f set rdi=1", 0));
        assertEquals(List.of("watchdog"), left("on /bin/test:f set rdi=1 force", 0));
        assertEquals(List.of("session", "watchdog"), left("after vfs_read when count > 10 ret=-5", 0));
        assertEquals(List.of("session", "watchdog"), left("after vfs_read when count > 10 ret=-5", 1));
    }

    /** Also with force: nothing else lets a rule come to rest that nobody can take away. */
    @Test
    void everyProgramSeesThatNobodyAnswersForIt() {
        for (String rule : List.of("on sum ret=0 force", "dry on sum log", "after vfs_read when count > 10 ret=-5",
                "on /bin/test:f ret=1")) {
            for (CompiledRule.ProbeProgram probe : kernel.compile(rule).probes()) {
                String text = Disassembly.of(probe.program()).stream().map(Disassembly.Line::text)
                        .collect(java.util.stream.Collectors.joining("\n"));
                assertTrue(java.util.regex.Pattern.compile("jiffies64.*u64 \\*\\)\\(r. \\+ 32\\)", java.util.regex.Pattern.DOTALL)
                        .matcher(text).find(), text);
            }
        }
    }

    /** The thread is asked for once, however often it is used. */
    @Test
    void theThreadIsAskedForOnce() {
        CompiledRule rule = kernel.compile("after vfs_read pid 7 when tid == 8 && count > 10 log pid, tid");
        for (CompiledRule.ProbeProgram probe : rule.probes()) {
            assertEquals(1, Disassembly.of(probe.program()).stream()
                    .filter(line -> line.text().contains("get_current_pid_tgid")).count());
        }
    }

    /** Whom a program leaves alone. */
    private List<String> left(String rule, int probe) {
        String text = Disassembly.of(kernel.compile(rule).probes().get(probe).program()).stream()
                .map(Disassembly.Line::text).collect(java.util.stream.Collectors.joining("\n"));
        List<String> found = new java.util.ArrayList<>();
        List.of(new String[] {"session", "u32 .* \\+ 56"}, new String[] {"watchdog", "u32 .* \\+ 60"},
                new String[] {"init", "if r. == 1 goto"}).forEach(each -> {
                    if (java.util.regex.Pattern.compile(each[1]).matcher(text).find()) {
                        found.add(each[0]);
                    }
                });
        return found;
    }

    /** Results of kernel functions, and signed numbers named so. */
    @Test
    void someValuesMayBeErrnos() {
        assertEquals(List.of("ret"), errnos("after narrow log a, ret"));
        assertEquals(List.of("ret"), errnos("dry on narrow set a=-100 ret=-12"));
        assertEquals(List.of("ret"), errnos("dry after vfs_read ret=-5"));
        assertEquals(List.of("(s32)ret"), errnos("after untyped log ret, (s32)ret, (u32)ret"));
        assertEquals(List.of("ret"), errnos("dry on find ret=-12"));
        assertEquals(List.of(), errnos("after /bin/test:f log (s32)ret"));
        assertEquals(List.of("error", "$error"), errnos("dry on zq_done set $error=-5 log error, bytes, flag"));
    }

    private List<String> errnos(String rule) {
        return kernel.compile(rule).functions().get(0).events().orElseThrow().values().stream().filter(EventLayout.Field::errno)
                .map(EventLayout.Field::label).toList();
    }

    @Test
    void argumentsAtAReturnAreKeptAtTheEntry() {
        CompiledRule rule = kernel.compile("after vfs_read when ret > 0 && count > 10 ret=-5");
        assertEquals(List.of(false, true), rule.probes().stream().map(p -> p.attach().onReturn()).toList());
        assertEquals(List.of("counters", "entries"), rule.maps().stream().map(MapSpec::name).toList());
        assertEquals(1, kernel.compile("after vfs_read when ret > 0 ret=-5").probes().size());
    }

    private static String where(CompiledRule.ProbeProgram probe) {
        AttachPoint.User user = (AttachPoint.User) probe.attach();
        return (user.hooked() ? "hooked " : user.onReturn() ? "return " : "entry ") + user.places().stream()
                .map(Long::toHexString).toList();
    }

    @Test
    void aUserFunctionsReturnIsProbedAtItsReturnInstructions() {
        assertEquals(List.of("return [1010, 1020]"), kernel.compile("after /bin/test:f log").probes().stream()
                .map(RuleCompilerTest::where).toList());
        assertEquals(List.of("entry [1000]", "return [1010, 1020]"), kernel.compile("after /bin/test:f log arg0").probes()
                .stream().map(RuleCompilerTest::where).toList());
        CompiledRule ends = kernel.compile("after /bin/test:g log");
        assertEquals(List.of("entry [1400]", "return [1020]", "return [1410]"), ends.probes().stream()
                .map(RuleCompilerTest::where).toList());
        assertNotSame(ends.probes().get(1).program(), ends.probes().get(2).program());
    }

    @Test
    void aReturnAddressIsHookedOnlyWhereNothingElseWouldDoAndThatIsSafe() {
        assertEquals(List.of("hooked [1800]"), kernel.compile("after /bin/test:cut force log").probes().stream()
                .map(RuleCompilerTest::where).toList());
        assertEquals(List.of("hooked [9000]"), kernel.compile("after /bin/test+0x9000 force log").probes().stream()
                .map(RuleCompilerTest::where).toList());
        assertThrows(DiagnosticException.class, () -> kernel.compile("after /bin/test:cut log"));
    }

    @Test
    void functionsOfAGlobShareAProgramWhereItIsTheSame() {
        CompiledRule same = kernel.compile("on s* set rdi=1");
        assertEquals(2, same.probes().size());
        assertSame(same.probes().get(0).program(), same.probes().get(1).program());
        CompiledRule other = kernel.compile("on *m* log arg0");
        assertNotSame(other.probes().get(0).program(), other.probes().get(1).program());
    }

    @Test
    void eachFunctionOfAGlobHasTypesAndEventsOfItsOwn() {
        CompiledRule rule = kernel.compile("on *m* log arg0");
        assertEquals(List.of("sum", "mount"), rule.functions().stream().map(CompiledRule.Function::name).toList());
        assertEquals(List.of(EventLayout.Form.SIGNED, EventLayout.Form.POINTER), rule.functions().stream()
                .map(each -> each.events().orElseThrow().values().get(0).form()).toList());
        assertEquals("*m*", rule.probe());
        assertEquals("sum", kernel.compile("on su? log arg0").probe());
    }

    /** A return's program does not see where it is: the probe's cookie says so, or a number that is compiled in. */
    @Test
    void eventsSayWhichFunctionTheyAreOf() {
        String cookie = "get_attach_cookie";
        CompiledRule several = kernel.compile("after *u* log");
        assertEquals(List.of("sum", "by_value", "mount", "untyped"),
                several.functions().stream().map(CompiledRule.Function::name).toList());
        assertEquals(1, several.probes().stream().map(CompiledRule.ProbeProgram::program).distinct().count());
        assertEquals(1, calls(several.probes().get(0), cookie));
        assertEquals(0, calls(kernel.compile("after sum log").probes().get(0), cookie));
        assertEquals(0, calls(kernel.compile("on *u* set rdi=1").probes().get(0), cookie));
        CompiledRule old = RuleCompiler.compile(TestKernel.rule("after *u* log"), without(Ability.ATTACH_COOKIES));
        assertEquals(4, old.probes().stream().map(CompiledRule.ProbeProgram::program).distinct().count());
        assertEquals(0, calls(old.probes().get(0), cookie));
        CompiledRule silent = RuleCompiler.compile(TestKernel.rule("on *u* set rdi=1"), without(Ability.ATTACH_COOKIES));
        assertEquals(1, silent.probes().stream().map(CompiledRule.ProbeProgram::program).distinct().count());
    }

    private static long calls(CompiledRule.ProbeProgram probe, String call) {
        return Disassembly.of(probe.program()).stream().filter(line -> line.text().contains(call)).count();
    }

    private CompileContext without(Ability ability) {
        CompileContext all = kernel.context(Engine.KFUNC);
        return new CompileContext(all.architecture(), all.engines(), all.symbols(), all.types(), all.userSymbols(),
                all.cgroups(), each -> each != ability && all.can(each));
    }

    /** Functions of a glob may keep more or fewer arguments each; and one may jump into another, with one stack for both. */
    @Test
    void argumentsOfAGlobAreKeptByFunction() {
        CompiledRule rule = kernel.compile("after n* log arg0, ret");
        assertEquals(List.of("counters", "entries", "events"), rule.maps().stream().map(MapSpec::name).toList());
        CompiledRule several = kernel.compile("after *u* log arg0");
        assertEquals(List.of("sum", "mount", "untyped"), several.functions().stream().map(CompiledRule.Function::name).toList());
        MapSpec table = several.maps().get(1);
        assertEquals(List.of("entries1", 24, 8), List.of(table.name(), table.keySize(), table.valueSize()));
        several.functions().forEach(function -> assertEquals(2, function.probes().size()));
    }

    /** {@code fired} is counted alike for all, or none of the numbers would be right. */
    @Test
    void anEngineAndCountersServeAllFunctionsOfAGlob() {
        CompiledRule rule = kernel.compile("on *m* when arg0 > 3 set arg0=1");
        assertEquals(Optional.of(Engine.KFUNC), rule.engine());
        assertTrue(rule.firedIsHits());
    }

    @Test
    void functionsOfOneNameAndClonesAreToldApart() {
        assertEquals(List.of("twin@0xffffffff81000c00", "twin@0xffffffff81000d00"), names("on tw* log"));
        kernel.compile("on tw* log").probes().forEach(probe -> assertTrue(((AttachPoint.Kernel) probe.attach()).byAddress()));
        assertEquals(List.of("cloned.isra.0"), names("on clo* log rdi"));
        assertEquals(List.of("sum", "mount", "untyped"), names("on *u* log arg0"));
        assertEquals(
                List.of(new LeftOut("cloned.isra.0", "the compiler has made it of another function: its arguments may be others,"
                        + " in other registers")),
                kernel.compile("on *o*e* log arg0").leftOut().stream().filter(each -> each.function().startsWith("cloned"))
                        .toList());
        assertEquals(List.of("cloned.isra.0"), names("on cloned.isra.0 log arg0"));
    }

    private List<String> names(String rule) {
        return kernel.compile(rule).functions().stream().map(CompiledRule.Function::name).toList();
    }

    @Test
    void globsMatchUserFunctions() {
        CompiledRule rule = kernel.compile("on /bin/test:? log arg0");
        assertEquals(List.of("/bin/test:f", "/bin/test:g"), rule.functions().stream().map(CompiledRule.Function::name).toList());
        assertEquals("/bin/test:?", rule.probe());
        assertEquals(List.of(new LeftOut("/bin/test:chosen", "it is an IFUNC")), kernel.compile("on /bin/test:c* log").leftOut());
        // A function whose returns cannot be seen is left out of an after rule.
        assertEquals(List.of("/bin/test:f", "/bin/test:g", "/bin/test:main.f"), names("after /bin/test:* log ret"));
    }

    @Test
    void functionsOfAGlobThatCannotBeProbedAreNamed() {
        CompiledRule rule = kernel.compile("on *n* log");
        assertTrue(rule.leftOut().contains(new LeftOut("forbidden", "the kernel forbids probes there (kprobes blacklist)")));
        assertTrue(names("on *n* log").contains("panic"));
        assertTrue(kernel.compile("on *n* set rdi=1").leftOut().contains(
                new LeftOut("panic", "it is what a dying kernel runs on")));
        assertEquals(rule.functions().size(), rule.probes().size());
    }

    @Test
    void functionsOfAGlobThatDoNotFitAreLeftOut() {
        CompiledRule rule = kernel.compile("on n* when b == 9 log");
        assertEquals(List.of("narrow"), rule.probes().stream().map(probe -> probe.attach().toString()).toList());
        assertEquals(List.of(new LeftOut("nothing", "nothing is named 'b'")), rule.leftOut());
        assertEquals(List.of("sum", "seven"), kernel.compile("on s* set a=5").probes().stream()
                .map(probe -> probe.attach().toString()).toList());
        assertEquals(List.of(new LeftOut("nothing", "it returns nothing")), kernel.compile("after n* log ret").leftOut());
        assertEquals(List.of(new LeftOut("narrow", "5000000000 does not fit in ret (int), which has 32 bits")),
                kernel.compile("on n* ret=5000000000").leftOut());
    }

    @Test
    void theBestEngineIsTaken() {
        assertEquals(Engine.HELPER, engine("on sum set rdi=1", Engine.KFUNC, Engine.HELPER));
        assertEquals(Engine.KFUNC, engine("on sum ret=1", Engine.KFUNC, Engine.OVERRIDE_RETURN));
        assertEquals(Engine.PROBE, engine("on sum ret=1", Engine.PROBE, Engine.OVERRIDE_RETURN));
        assertEquals(Engine.OVERRIDE_RETURN, engine("on sum ret=1", Engine.OVERRIDE_RETURN, Engine.UPROBE_CTX));
        assertEquals(Engine.UPROBE_CTX, engine("on /bin/test:f ret=1", Engine.OVERRIDE_RETURN, Engine.UPROBE_CTX));
        assertEquals(Engine.UPROBE_CTX, engine("after /bin/test:f ret=1", Engine.UPROBE_CTX));
        assertEquals(Engine.UPROBE_CTX, engine("on /bin/test:f goto g", Engine.UPROBE_CTX));
        assertNull(engine("on sum log a", Engine.OVERRIDE_RETURN));
        assertNull(engine("on sum log a"));
        assertNull(engine("dry on sum set a=1", Engine.OVERRIDE_RETURN));
        // Its probes count the returns they miss.
        assertEquals(Engine.PROBE, engine("after sum log", Engine.PROBE, Engine.OVERRIDE_RETURN));
        assertNull(engine("after sum log", Engine.KFUNC, Engine.PROBE));
        assertNull(engine("on sum log", Engine.PROBE));
        assertNull(engine("after /bin/test:f log", Engine.PROBE));
        assertEquals(List.of(Engine.HELPER, Engine.KFUNC, Engine.PROBE), assertThrows(NoEngineException.class,
                () -> engine("on sum set a=1", Engine.OVERRIDE_RETURN)).could());
    }

    @Test
    void callersAtReturnsWantAKernelThatSeesThem() {
        String rule = "after sum caller seven log";
        assertEquals("sum", kernel.compile(rule).probe());
        TestKernel older = new TestKernel().without("rethook_find_ret_addr");
        assertEquals("sum", older.compile("on sum caller seven log").probe());
        assertEquals("this kernel does not see who called when a function returns (Linux 5.15 does)",
                assertThrows(DiagnosticException.class, () -> older.compile(rule)).diagnostics().get(0).message());
    }

    /** What one engine can do another may not. */
    @Test
    void theEngineThatWritesKernelMemory() {
        CompileContext both = kernel.context(Engine.HELPER, Engine.PROBE);
        for (Ability lacking : List.of(Ability.HELPER_WRITES_MEMORY, Ability.KFUNC_WRITES_MEMORY)) {
            CompileContext one = new CompileContext(both.architecture(), both.engines(), both.symbols(), both.types(),
                    both.userSymbols(), both.cgroups(), each -> each != lacking && both.can(each));
            assertEquals(Optional.of(lacking == Ability.HELPER_WRITES_MEMORY ? Engine.PROBE : Engine.HELPER),
                    RuleCompiler.compile(TestKernel.rule("on mount write sb->s_flags=0"), one).engine());
            assertEquals(Optional.of(Engine.HELPER),
                    RuleCompiler.compile(TestKernel.rule("on mount set rdi=0"), one).engine());
        }
    }

    private @Nullable Engine engine(String rule, Engine... engines) {
        return RuleCompiler.compile(TestKernel.rule(rule), kernel.context(engines)).engine().orElse(null);
    }

    /** Where there are shadow stacks, programs must look before they skip; the override function does so itself. */
    @Test
    void skippingLooksForAShadowStack() {
        Type features = new Type.Int("long unsigned int", 8, false, false);
        Type thread = new Type.Struct("thread_struct", false, 64,
                () -> List.of(new Type.Member("features", features, 256, 0)));
        Type task = new Type.Struct("task_struct", false, 4096, () -> List.of(new Type.Member("thread", thread, 16384, 0)));
        FunctionType wake = new FunctionType("wake_up_process", new Type.Void(), List.of(new FunctionType.Parameter("p",
                new Type.Pointer(() -> task), "struct task_struct *")), false);
        TypeSource types = (function, module) -> function.equals("wake_up_process") ? Optional.of(wake) : Optional.empty();
        String skip = "on /bin/test:f ret=1";
        assertTrue(program(skip, Engine.UPROBE_CTX, types).contains("+= 2080"), program(skip, Engine.UPROBE_CTX, types));
        String look = "get_current_task";
        assertTrue(program(skip, Engine.UPROBE_CTX, types).contains(look));
        assertFalse(program(skip, Engine.KFUNC, types).contains(look));
        assertFalse(program("on /bin/test:f goto g", Engine.UPROBE_CTX, types).contains(look));
        assertFalse(program("after /bin/test:f ret=1", Engine.UPROBE_CTX, types).contains(look));
        assertFalse(program(skip, Engine.UPROBE_CTX, TypeSource.NONE).contains(look));
    }

    /** Two rules at a user function: the second must not leave it again, which would pop its caller's frame. */
    @Test
    void leavingLooksWhetherAnotherRuleHasLeft() {
        String look = " + 120) = ";
        assertTrue(program("on /bin/test:f ret=1", Engine.UPROBE_CTX, TypeSource.NONE).contains(look));
        assertTrue(program("on /bin/test:f goto g", Engine.UPROBE_CTX, TypeSource.NONE).contains(look));
        assertFalse(program("on /bin/test:f set rdi=1", Engine.UPROBE_CTX, TypeSource.NONE).contains(look));
        assertFalse(program("after /bin/test:f ret=1", Engine.UPROBE_CTX, TypeSource.NONE).contains(look));
        assertFalse(program("on /bin/test:f ret=1", Engine.KFUNC, TypeSource.NONE).contains(look));
    }

    private String program(String rule, Engine engine, TypeSource types) {
        CompileContext machine = kernel.context(engine);
        CompiledRule compiled = RuleCompiler.compile(TestKernel.rule(rule), new CompileContext(machine.architecture(),
                machine.engines(), machine.symbols(), types, machine.userSymbols(), machine.cgroups(), machine.abilities()));
        return Disassembly.of(compiled.probes().get(0).program()).toString();
    }

    @Test
    void eventsHoldValuesAndChanges() {
        EventLayout layout = kernel.compile("dry on vfs_read log comm, count, file set count=5 ret=-12").functions().get(0)
                .events().orElseThrow();
        assertEquals(List.of(new EventLayout.Field("comm", EventLayout.Form.STRING, 56),
                new EventLayout.Field("count", EventLayout.Form.UNSIGNED, 120),
                new EventLayout.Field("file", EventLayout.Form.POINTER, 128),
                new EventLayout.Field("count", EventLayout.Form.UNSIGNED_CHANGE, 136),
                new EventLayout.Field("ret", EventLayout.Form.SIGNED, 152, true)), layout.values());
        assertEquals(160, layout.size());
        assertFalse(kernel.compile("on sum ret=0").emits());
    }

    /** Where the second call is refused the registers are put back: their old values, and the flags of the first call. */
    @Test
    void setBesideGotoIsUndone() {
        List<String> lines = Disassembly.of(kernel.compile("on sum set rdi=1 rsi=2 goto other").probes().get(0).program())
                .stream().map(Disassembly.Line::text).toList();
        assertEquals(List.of("r4 = 1", "r4 = 4", "r4 = 1"), lines.stream().filter(line -> line.startsWith("r4 = ")).toList());
        assertEquals(3, lines.stream().filter("call bpf_override_regs"::equals).count());
        assertEquals(2, lines.stream().filter(line -> line.matches("r. = \\*\\(u64 \\*\\)\\(r. \\+ 1(04|12)\\)")).count());
        assertEquals(1, Disassembly.of(kernel.compile("on sum goto other").probes().get(0).program()).stream()
                .filter(line -> line.text().equals("call bpf_override_regs")).count());
    }

    @Test
    void programsOfTheModulesProbesAskThroughDoors() {
        CompiledRule rule = RuleCompiler.compile(TestKernel.rule("on sum set rdi=1 rsi=2 goto other"),
                kernel.context(Engine.PROBE));
        assertEquals(List.of("counters", "door32", "door16"), rule.maps().stream().map(MapSpec::name).toList());
        List<String> lines = Disassembly.of(rule.probes().get(0).program()).stream().map(Disassembly.Line::text).toList();
        assertEquals(3, lines.stream().filter("call map_push_elem#87"::equals).count());
        assertEquals(List.of("r3 = 1", "r3 = 4", "r3 = 1"), lines.stream().filter(line -> line.startsWith("r3 = ")).toList());
        // Of the two whose answer counts.
        assertEquals(2, lines.stream().filter(line -> line.endsWith(" s>>= 32")).count());
        CompiledRule store = RuleCompiler.compile(TestKernel.rule("on mount write sb->s_flags=0"), kernel.context(Engine.PROBE));
        assertEquals(List.of("counters", MapSpec.MEMORY_DOOR), store.maps().stream().map(MapSpec::name).toList());
    }

    @Test
    void writesAreStores() {
        assertEquals(Relocation.Kind.MEM_CALL, kernel.compile("on mount write sb->s_flags=0").probes().get(0).program()
                .relocations().get(1).kind());
    }

    @Test
    void aProbeSaysWhereItIs() {
        AttachPoint.Kernel point = (AttachPoint.Kernel) kernel.compile("on btrfs:open_ctree+4 set rdi=1").probes().get(0)
                .attach();
        assertEquals("btrfs:open_ctree+0x4", point.toString());
        assertEquals(List.of("/bin/test:f+0x4"), names("on /bin/test:f+4 log"));
        assertEquals(List.of("/bin/test+0x1004"), names("on /bin/test+0x1004 log"));
    }

    @Test
    void everyInstructionKnowsItsColumn() {
        CompiledRule rule = kernel.compile("on sum when rdi == 7 set rsi=9");
        int[] columns = rule.probes().get(0).program().columns();
        assertTrue(java.util.Arrays.stream(columns).anyMatch(c -> c == 13), "the condition");
        assertTrue(java.util.Arrays.stream(columns).anyMatch(c -> c >= 24), "the assignment");
    }
}
