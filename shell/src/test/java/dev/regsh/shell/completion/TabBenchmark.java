// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.completion;

import dev.regsh.bpf.type.FunctionType;
import dev.regsh.kallsyms.Kallsyms;
import dev.regsh.session.Session;
import dev.regsh.shell.command.Workspace;
import dev.regsh.shell.option.Options;
import dev.regsh.shell.output.TextOutput;
import dev.regsh.shell.script.Interpreter;
import dev.regsh.shell.script.ScriptHost;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * What a Tab costs among 200,000 functions; scripts/bench-tab runs it. The names are put together from the words of this kernel's
 * own names, so that beginnings, parts and abbreviations find as many as they do there.
 */
public final class TabBenchmark {
    private static final int FUNCTIONS = 200_000;
    private static final int TABS = 2000;
    /** On a busy machine the time by the clock is not the Tab's own. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private TabBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Random random = new Random(1);
        List<String> names = names(random);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            text.append(Long.toHexString(0xffffffff81000000L + 16L * i)).append(" T ").append(names.get(i)).append('\n');
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        long start = System.nanoTime();
        Kallsyms symbols = Kallsyms.read(bytes);
        symbols.search();
        System.out.printf("index of %,d names  %.0f ms, from the first instruction on%n", symbols.size(),
                (System.nanoTime() - start) / 1e6);
        Completions completions = completions(symbols);
        completions.warm();
        for (String kind : List.of("beginning", "part", "abbreviation", "nothing like it")) {
            // Nothing is warm at the first Tabs of a session either: they count.
            long[] took = new long[TABS];
            long[] worked = new long[TABS];
            for (int i = 0; i < TABS; i++) {
                String line = "on " + typed(kind, names.get(random.nextInt(names.size())), random);
                long before = THREADS.getCurrentThreadCpuTime();
                start = System.nanoTime();
                completions.at(line, line.length());
                took[i] = System.nanoTime() - start;
                worked[i] = THREADS.getCurrentThreadCpuTime() - before;
            }
            System.out.printf("%-16s  %s  of the processor %s%n", kind, figures(took), figures(worked));
        }
    }

    private static String figures(long[] nanoseconds) {
        Arrays.sort(nanoseconds);
        return String.format("median %.2f ms  p99 %.2f ms", nanoseconds[TABS / 2] / 1e6, nanoseconds[TABS * 99 / 100] / 1e6);
    }

    private static List<String> names(Random random) throws Exception {
        Set<String> names = new LinkedHashSet<>();
        List<String> words = new ArrayList<>();
        for (Kallsyms.Symbol symbol : Kallsyms.read().matching("", (text, from, length) -> true)) {
            names.add(symbol.name());
            words.addAll(List.of(symbol.name().split("_")));
        }
        while (names.size() < FUNCTIONS) {
            String first = words.get(random.nextInt(words.size()));
            names.add(first + '_' + words.get(random.nextInt(words.size())) + '_' + words.get(random.nextInt(words.size())));
        }
        List<String> picked = new ArrayList<>(names);
        return picked.subList(0, FUNCTIONS);
    }

    /** As somebody types who means the name. */
    private static String typed(String kind, String name, Random random) {
        int length = 1 + random.nextInt(Math.min(8, name.length()));
        return switch (kind) {
            case "beginning" -> name.substring(0, length);
            case "part" -> name.substring(Math.min(1, name.length() - 1)).substring(0, Math.min(length, name.length() - 1));
            case "abbreviation" -> {
                StringBuilder letters = new StringBuilder();
                for (String word : name.split("_")) {
                    letters.append(word.isEmpty() ? "" : word.substring(0, 1));
                }
                yield letters.append(name.charAt(name.length() - 1)).toString();
            }
            default -> name + "qzx";
        };
    }

    private static Completions completions(Kallsyms symbols) {
        Session session = new Session();
        KernelNames kernel = new KernelNames() {
            @Override
            public Optional<Kallsyms> functions() {
                return Optional.of(symbols);
            }

            @Override
            public Optional<FunctionType> prototype(Kallsyms.Symbol symbol) {
                return session.types().function(symbol.name(), symbol.module());
            }

            @Override
            public String describe(Kallsyms.Symbol symbol) {
                return session.types().declaration(symbol.name(), symbol.module()).orElse("");
            }
        };
        SessionNames none = new SessionNames() {
            @Override
            public Map<String, String> rules() {
                return Map.of();
            }

            @Override
            public Collection<String> variables() {
                return List.of();
            }
        };
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        Options options = new Options(false);
        Workspace workspace = new Workspace(session, new TextOutput(nowhere, nowhere, () -> 0, options), options, kernel, none);
        return new Completions(kernel, none, new Interpreter(workspace, new ScriptHost(false), true).commands());
    }
}
