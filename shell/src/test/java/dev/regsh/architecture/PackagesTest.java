// SPDX-License-Identifier: Apache-2.0
package dev.regsh.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** How packages stand to each other: no cycles, and the compiler's in one order. */
@AnalyzeClasses(packages = "dev.regsh", importOptions = MainClasses.class)
final class PackagesTest {
    /** The compiler from the ground up: a package uses what stands on lines before its own or on its own. */
    private static final List<Set<String>> COMPILER = List.of(
            Set.of("isa", "register", "type", "symbol"),
            Set.of("abi"),
            Set.of("program"),
            Set.of("ir"),
            Set.of("typed"),
            Set.of("resolve"),
            Set.of("check"),
            Set.of("guard"),
            Set.of("engine"),
            Set.of("encode"),
            Set.of("lower"),
            Set.of("compile"));

    @ArchTest
    static void noPackageUsesItselfByWayOfOthers(JavaClasses classes) {
        Packages packages = new Packages(classes);
        List<String> told = new ArrayList<>();
        for (Set<String> cycle : packages.cycles()) {
            told.add("a circle of " + cycle);
            for (String from : cycle) {
                packages.usedBy(from).forEach((to, why) -> {
                    if (cycle.contains(to)) told.add("  " + from + " -> " + to + ": " + why);
                });
            }
        }
        assertEquals("", String.join("\n", told));
    }

    @ArchTest
    static void theCompilersPackagesUseOnlyWhatIsBelowThem(JavaClasses classes) {
        Packages packages = new Packages(classes);
        List<String> told = new ArrayList<>();
        for (String from : packages.names()) {
            if (!inCompiler(from)) continue;
            packages.usedBy(from).forEach((to, why) -> {
                if (inCompiler(to) && place(to) > place(from)) told.add(from + " -> " + to + ": " + why);
            });
        }
        assertEquals("", String.join("\n", told));
    }

    private static boolean inCompiler(String name) { return name.startsWith("dev.regsh.bpf."); }

    private static int place(String name) {
        String own = name.replaceFirst("^dev\\.regsh\\.bpf\\.", "").replaceFirst("\\..*", "");
        for (int i = 0; i < COMPILER.size(); i++) {
            if (COMPILER.get(i).contains(own)) return i;
        }
        return fail("bpf's package '" + own + "' has no place in the compiler's order: give it one");
    }
}
