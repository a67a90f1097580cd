// SPDX-License-Identifier: Apache-2.0
package dev.regsh.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which module may use which, whatever its pom lets it see by way of others. */
@AnalyzeClasses(packages = "dev.regsh", importOptions = MainClasses.class)
final class LayersTest {
    private static final String[] NATIVE = {"dev.regsh.btf..", "dev.regsh.elf..", "dev.regsh.file..", "dev.regsh.kallsyms..",
        "dev.regsh.libbpf.."};

    @ArchTest
    static final ArchRule MODULES = layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("base").definedBy("dev.regsh.base..")
            .layer("grammar").definedBy("dev.regsh.grammar..")
            .layer("bpf").definedBy("dev.regsh.bpf..")
            .layer("native").definedBy(NATIVE)
            .layer("session").definedBy("dev.regsh.session..")
            .layer("shell").definedBy("dev.regsh.shell..")
            .ensureAllClassesAreContainedInArchitecture()
            .whereLayer("base").mayNotAccessAnyLayer()
            .whereLayer("grammar").mayOnlyAccessLayers("base")
            .whereLayer("bpf").mayOnlyAccessLayers("base", "grammar")
            .whereLayer("native").mayOnlyAccessLayers("base")
            .whereLayer("session").mayOnlyAccessLayers("base", "grammar", "bpf", "native");

    @ArchTest
    static final ArchRule THE_SESSION_NEEDS_NO_APPLICATION = noClasses().that().resideInAPackage("dev.regsh.session..")
            .should().dependOnClassesThat().resideInAnyPackage("org.jline..", "org.springframework..", "ch.qos.logback..")
            .because("a program that embeds it brings its own prompt, container and log");

    @ArchTest
    static final ArchRule ONLY_NATIVE_CALLS_C = noClasses().that().resideOutsideOfPackages(NATIVE)
            .should().dependOnClassesThat().resideInAnyPackage("com.sun.jna..");
}
