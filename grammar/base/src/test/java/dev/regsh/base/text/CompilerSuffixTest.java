// SPDX-License-Identifier: Apache-2.0
package dev.regsh.base.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompilerSuffixTest {
    @ParameterizedTest
    @CsvSource({"vfs_read, false, false", "vfs_read.cold, true, false", "main.cold.3, true, false", "f.isra.0, false, true",
        "f.part.1.constprop.0, false, true", "f.isra.0.cold, true, true", "cold, false, false", "a.colder, false, false"})
    void toldByTheEnd(String name, boolean cold, boolean clone) {
        assertEquals(cold, CompilerSuffix.isColdPart(name));
        assertEquals(clone, CompilerSuffix.isClone(name));
    }

    @ParameterizedTest
    @CsvSource({"vfs_read, vfs_read", "vfs_read.cold, vfs_read", "main.cold.0, main", "f.isra.0.cold, f.isra.0",
        "a.colder, a.colder"})
    void aColdPartIsOfItsFunction(String name, String function) {
        assertEquals(function, CompilerSuffix.withoutCold(name));
    }
}
