// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regsh.bpf.compile.CompileContext;
import dev.regsh.bpf.compile.CompiledRule;
import dev.regsh.bpf.compile.RuleCompiler;
import dev.regsh.bpf.compile.TestKernel;
import dev.regsh.bpf.compile.TestProgram;
import dev.regsh.bpf.program.Ability;
import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.program.LeftOut;
import dev.regsh.bpf.register.Architecture;
import dev.regsh.bpf.symbol.CgroupSource;
import dev.regsh.bpf.symbol.KernelSymbol;
import dev.regsh.bpf.symbol.SymbolSource;
import dev.regsh.bpf.symbol.TaskSource;
import dev.regsh.bpf.type.TypeSource;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {
    /** Every name is a function. */
    private static final class AnyKernel implements SymbolSource {
        @Override
        public List<KernelSymbol> named(String name) {
            return List.of(new KernelSymbol(name, "", 0xffff_ffff_8100_0000L));
        }

        @Override
        public List<KernelSymbol> matching(String glob) {
            return List.of("vfs_fsync", "vfs_open", "vfs_read", "vfs_statfs", "vfs_write").stream()
                    .map(name -> new KernelSymbol(name, "", 0xffff_ffff_8100_0000L)).toList();
        }

        @Override
        public List<String> nearest(String name, int most) {
            return List.of();
        }

        @Override
        public String unprobeable(KernelSymbol symbol) {
            return "";
        }

        @Override
        public long size(KernelSymbol symbol) {
            return 0x100;
        }
    }

    /** Process 1000 and what is called regsh are the session's, thread 2 and kworkers the kernel's. */
    private static final TaskSource TASKS = new TaskSource() {
        @Override
        public Optional<String> lettingGo(long task) {
            return task == 1000 ? Optional.of("of this session")
                    : task == 2 ? Optional.of("a thread of the kernel") : Optional.empty();
        }

        @Override
        public Optional<String> lettingGo(String comm) {
            return comm.equals("regsh") ? Optional.of("of this session")
                    : comm.startsWith("kworker") ? Optional.of("a thread of the kernel") : Optional.empty();
        }
    };

    private static CompiledRule compile(String rule) {
        CgroupSource cgroups = path -> Optional.of(new CgroupSource.Cgroup(77, path.equals("/") ? 0 : 1, "/sys/fs/cgroup" + path));
        return RuleCompiler.compile(TestKernel.rule(rule), new CompileContext(Architecture.X86_64, Set.of(Engine.KFUNC),
                new AnyKernel(), TypeSource.NONE, new TestProgram(), cgroups, TASKS, EnumSet.allOf(Ability.class)::contains));
    }

    private static Diagnostic refusal(String rule) {
        try {
            compile(rule);
            throw new AssertionError("taken: " + rule);
        } catch (DiagnosticException refused) {
            return refused.diagnostics().get(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "on vfs_read ret=-EIO", "on __x64_sys_read ret=-EIO limit 3", "on futex_wait ret=-11", "after vfs_read chance 20% ret=0",
        "on ksys_read uid 0 ret=-EIO", "on vfs_read cgroup / set rdi=1", "on vfs_read when 1 < 2 ret=0", "on vfs_read for 2s ret=0",
        "on vfs_read skip 5 every 7 ret=0", "on vfs_read caller ksys_read ret=-EIO", "on vfs_read signal KILL",
        "on vfs_read write user u8[rsi] = 0", "on __kmalloc_noprof ret=0 limit 101",
        "on vfs_read+4 set rdi=1", "on do_sys_openat2 ret=-EMFILE"})
    void everybodysCallsAskForForce(String rule) {
        Diagnostic refused = refusal(rule);
        assertTrue(refused.message().endsWith(", and the rule does not say whose calls are meant"), refused.message());
        assertTrue(refused.hint().startsWith("narrow it with pid, comm, cgroup, caller or when"), refused.hint());
        compile(rule + " force");
        compile("dry " + rule);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "on ksys_read comm \"cat\" ret=-EIO", "on vfs_read pid 42 ret=0", "on vfs_read tid 42 ret=0", "on vfs_read uid 1000 ret=0",
        "on vfs_read cgroup /box ret=0", "on vfs_read caller ext4_file_read_iter ret=0", "on vfs_read when rdx > 4096 set rdx=4096",
        "on vfs_read when comm ~ \"ngi*\" ret=0", "on __kmalloc_noprof ret=0 limit 1", "on do_sys_openat2 ret=-EMFILE limit 100",
        "on vfs_fsync ret=-EIO", "on vfs_read log", "after _raw_spin_lock log", "on rcu_core log rdi", "dry on fput ret=0",
        "dry on bpf_link_put ret=0 force", "on panic log"})
    void whatIsNarrowOrChangesNothingDoesNot(String rule) {
        compile(rule);
    }

    @ParameterizedTest
    @ValueSource(strings = {"on panic ret=0", "on panic comm \"cat\" ret=0", "on exc_page_fault pid 42 set rdi=0",
        "on schedule pid 42 ret=0", "on mutex_lock comm \"cat\" ret=0", "on _printk limit 1 ret=0"})
    void whatTheKernelRunsOnAsksForForceAlways(String rule) {
        assertTrue(refusal(rule).hint().equals("probe a more particular function, or insist with force"), refusal(rule).hint());
        compile(rule + " force");
    }

    /** Closing a descriptor runs through the function that is overridden: nothing could take the rule away. */
    @ParameterizedTest
    @ValueSource(strings = {
        "on fput ret=0", "on task_work_run ret=0", "on put_files_struct ret=0", "on filp_close ret=0 limit 1",
        "on __fput when rdi == 1 ret=0",
        "on perf_release uid 1000 ret=0", "on do_exit cgroup /box set rdi=1", "on fput caller vfs_fsync ret=0",
        "after fput set rax=1",
        "on fput pid 42, 1000 ret=0", "on fput tid 2 ret=0", "on fput comm \"regsh\" ret=0",
        "on process_one_work comm \"kworker/0:1\" ret=0",
        "on mutex_lock ret=0", "on schedule limit 1 ret=0", "on __x64_sys_kill ret=0", "on disable_kprobe ret=0"})
    void noRuleMayKeepItsOwnEnd(String rule) {
        for (String each : List.of(rule, rule + " force")) {
            assertTrue(refusal(each).message().contains(": the probe could stay until the next boot"), refusal(each).message());
            assertTrue(refusal(each).hint().endsWith("force does not help"), refusal(each).hint());
        }
    }

    @Test
    void aRuleThatIsAboutOthersMay() {
        compile("on fput comm \"cat\" ret=0");
        compile("on filp_close pid 42 ret=-EIO");
        compile("after task_work_run tid 42 comm \"regsh\" set rax=1");
        compile("on schedule_timeout comm \"cat\" set rdi=1");
        compile("on mutex_lock comm \"cat\" ret=0 force");
        compile("on do_exit comm \"cat\" limit 1 ret=0 force");
    }

    @ParameterizedTest
    @ValueSource(strings = {"on rcu_core ret=0", "on rcu_do_batch pid 42 ret=0", "on _raw_spin_lock comm \"cat\" ret=0",
        "on bpf_link_put_deferred pid 42 ret=0", "on queue_work_on comm \"cat\" ret=0", "on try_to_wake_up pid 42 set rdi=0"})
    void whatRunsOnTopOfAnyTaskIsNeverChanged(String rule) {
        for (String each : List.of(rule, rule + " force")) {
            assertTrue(refusal(each).message().contains("nothing shows that a rule there leaves its own end alone"),
                    refusal(each).message());
        }
    }

    /** A rule that is kept spares nobody: the regsh that is to detach it would be hit. */
    @Test
    void whatIsEverybodysIsNotToBeKept() {
        assertEquals(Optional.of("'vfs_read' is what every process reads and writes with"),
                compile("on vfs_read ret=-EIO force").everybodys());
        assertEquals(Optional.of("what keeps this machine reachable runs libc.so.6"),
                compile("on /lib/libc.so.6:f ret=0 force").everybodys());
        assertEquals(Optional.of("'__kmalloc_noprof' is where the kernel gets its memory from, or what gives it back"),
                compile("on __kmalloc_noprof chance 1% ret=0 force").everybodys());
        for (String rule : List.of("on vfs_read comm \"cat\" ret=-EIO", "on panic pid 42 ret=0 force", "on vfs_fsync ret=0",
                "dry on vfs_read ret=0", "on vfs_read log", "on __kmalloc limit 1 ret=0", "on /lib/libc.so.6:f pid 42 ret=0")) {
            assertEquals(Optional.empty(), compile(rule).everybodys(), rule);
        }
    }

    @Test
    void aDoubtIsNamed() {
        assertEquals("'fput' is on the way of every descriptor that is closed: the probe could stay until the next boot, since "
                + "process 1000 is of this session", refusal("on fput pid 1000 ret=0").message());
        assertEquals("'fput' is on the way of every descriptor that is closed: the probe could stay until the next boot, since "
                + "'kworker/1' is a thread of the kernel", refusal("on fput comm \"kworker/1\" ret=0").message());
    }

    @Test
    void aGlobLeavesSuchFunctionsOutAndNamesThem() {
        CompiledRule rule = compile("on vfs_* ret=-EIO");
        assertEquals(List.of("vfs_fsync", "vfs_statfs"), rule.functions().stream().map(CompiledRule.Function::name).toList());
        String unnarrowed = ", and the rule does not say whose calls are meant";
        assertEquals(Map.of("it is what files are found and opened with" + unnarrowed, List.of("vfs_open"),
                "it is what every process reads and writes with" + unnarrowed, List.of("vfs_read", "vfs_write")),
                LeftOut.byReason(rule.leftOut()));
        assertEquals(5, compile("on vfs_* comm \"cat\" ret=-EIO").functions().size());
        assertEquals(5, compile("on vfs_* ret=-EIO force").functions().size());
        assertEquals(5, compile("on vfs_* log").functions().size());
    }

    @Test
    void librariesOfEveryProcessAskForForce() {
        String rule = "after /usr/lib/x86_64-linux-gnu/libc.so.6:f chance 20% ret=0";
        assertEquals("what keeps this machine reachable runs libc.so.6, and the rule does not say whose calls are meant",
                refusal(rule).message());
        assertEquals("narrow it with pid, comm, cgroup, caller or when, or insist with force", refusal(rule).hint());
        compile(rule + " force");
        compile(rule + " comm \"redis-server\"");
        compile("on /lib64/ld-linux-x86-64.so.2:f log");
        compile("on /usr/lib/libfoo.so.1:f ret=0");
        compile("on /usr/sbin/sshd:f ret=0");
        for (String library : List.of("/lib/ld-2.31.so", "/lib/libc-2.31.so", "/lib64/ld-linux-x86-64.so.2",
                "/lib/libpam.so.0.85.1",
                "/usr/lib/libsystemd.so.0.35.0", "/lib/ld-musl-x86_64.so.1", "libcrypto.so.3")) {
            assertTrue(refusal("on \"" + library + "\":f limit 3 ret=0").message().contains("reachable runs lib")
                    || refusal("on \"" + library + "\":f limit 3 ret=0").message().contains("reachable runs ld"), library);
        }
    }
}
