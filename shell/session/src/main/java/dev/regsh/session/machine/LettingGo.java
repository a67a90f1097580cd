// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.machine;

import dev.regsh.bpf.symbol.TaskSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Who lets go of the rules of this process: itself, what it starts, the kernel's threads, as /proc shows them (proc(5)). */
public final class LettingGo implements TaskSource {
    /** PF_KTHREAD (include/linux/sched.h), in the flags of /proc/pid/stat. */
    private static final long KERNEL_THREAD = 0x00200000;
    /** Fields of /proc/pid/stat behind the name, the first of them being the state. */
    private static final int PARENT = 1;
    private static final int FLAGS = 6;
    private static final String OF_KERNEL = "a thread of the kernel";
    private static final String OF_SESSION = "of this session";
    /** What starts or watches rules, here and in other sessions. */
    private static final Set<String> OURS = Set.of("java", "jspawnhelper", "bpftool");
    /** The kernel makes more of these as it needs them. */
    private static final Set<String> KERNEL_FAMILIES = Set.of("kworker", "ksoftirqd", "migration", "rcu", "kthreadd", "cpuhp",
            "irq", "swapper", "kswapd", "idle_inject", "khungtaskd", "kauditd", "watchdog");

    /** The name of a task, and the fields behind it. */
    private record Stat(String comm, String[] fields) {
        boolean ofKernel() {
            return (Long.parseLong(fields[FLAGS]) & KERNEL_THREAD) != 0;
        }

        long parent() {
            return Long.parseLong(fields[PARENT]);
        }
    }

    @Override
    public Optional<String> lettingGo(long task) {
        long self = ProcessHandle.current().pid();
        Optional<Stat> stat = stat(Path.of("/proc", Long.toString(task)));
        if (stat.isEmpty()) {
            return Optional.of("none that runs now: what this session starts may be given its number");
        } else if (stat.get().ofKernel()) {
            return Optional.of(OF_KERNEL);
        }
        if (task == self || stat.get().parent() == self || Files.exists(Path.of("/proc/self/task", Long.toString(task)))) {
            return Optional.of(OF_SESSION);
        }
        return ours(stat.get().comm()) ? Optional.of("called " + stat.get().comm() + ", as a regsh may be") : Optional.empty();
    }

    @Override
    public Optional<String> lettingGo(String comm) {
        if (ours(comm)) {
            return Optional.of("what a regsh may be called");
        } else if (any(Path.of("/proc/self/task"), stat -> stat.comm().equals(comm))) {
            return Optional.of("a thread " + OF_SESSION);
        }
        // What /proc calls a thread may be longer than its name.
        boolean kernel = KERNEL_FAMILIES.stream().anyMatch(family -> comm.equals(family) || comm.startsWith(family + "/")
                || comm.startsWith(family + "_")) || any(Path.of("/proc"), stat -> stat.ofKernel() && stat.comm().startsWith(comm));
        return kernel ? Optional.of(OF_KERNEL) : Optional.empty();
    }

    @Override
    public boolean own(long process) {
        return process == ProcessHandle.current().pid();
    }

    private static boolean ours(String comm) {
        return comm.startsWith("regsh") || OURS.contains(comm);
    }

    private static boolean any(Path folder, Predicate<Stat> wanted) {
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(folder, "[0-9]*")) {
            for (Path task : tasks) {
                if (stat(task).filter(wanted).isPresent()) {
                    return true;
                }
            }
            return false;
        } catch (IOException unreadable) {
            // Who cannot look does not know.
            return true;
        }
    }

    /** Empty: there is no such task. */
    private static Optional<Stat> stat(Path task) {
        try {
            String line = new String(Files.readAllBytes(task.resolve("stat")), StandardCharsets.ISO_8859_1);
            int end = line.lastIndexOf(')');
            return Optional.of(new Stat(line.substring(line.indexOf('(') + 1, end), line.substring(end + 2).split(" ")));
        } catch (IOException | IndexOutOfBoundsException gone) {
            return Optional.empty();
        }
    }
}
