// SPDX-License-Identifier: Apache-2.0
package dev.regsh.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which of our packages uses which: each edge with the classes that make it, as "From -> To". */
final class Packages {
    private final Map<String, Map<String, Set<String>>> uses = new TreeMap<>();

    Packages(JavaClasses classes) {
        for (JavaClass from : classes) {
            Map<String, Set<String>> edges = uses.computeIfAbsent(from.getPackageName(), name -> new TreeMap<>());
            from.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(to -> classes.contain(to.getName()) && !to.getPackageName().equals(from.getPackageName()))
                    .forEach(to -> edges.computeIfAbsent(to.getPackageName(), name -> new TreeSet<>())
                            .add(from.getSimpleName() + " -> " + to.getSimpleName()));
        }
    }

    Set<String> names() { return uses.keySet(); }

    /** What package {@code from} uses, with the classes. */
    Map<String, Set<String>> usedBy(String from) {
        return uses.getOrDefault(from, Map.of());
    }

    /** Groups of packages each of which reaches every other of its group: the cycles. */
    List<Set<String>> cycles() {
        Map<String, Set<String>> reach = new TreeMap<>();
        for (String name : names()) {
            Set<String> seen = new TreeSet<>();
            follow(name, seen);
            reach.put(name, seen);
        }
        return names().stream().filter(name -> reach.getOrDefault(name, Set.of()).contains(name))
                .<Set<String>>map(
                        name -> new TreeSet<>(reach.getOrDefault(name, Set.of()).stream()
                                .filter(other -> reach.getOrDefault(other, Set.of()).contains(name)).toList()))
                .distinct().toList();
    }

    private void follow(String from, Set<String> seen) {
        for (String to : usedBy(from).keySet()) {
            if (seen.add(to)) follow(to, seen);
        }
    }
}
