// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionEntryTest {
    private static byte[] code(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** A nop, a call of a trampoline, behind a landing pad (endbr64) or one that was sealed; the nop of older kernels. */
    @ParameterizedTest
    @CsvSource({"0f1f440000 55", "e8 11223344 55", "f30f1efa 0f1f440000 55", "660f1f00 e811223344", "6666666690 53"})
    void functionsThatAreTracedBeginAlike(String hex) {
        assertTrue(FunctionEntry.traced(Machine.X86_64, code(hex)));
    }

    @ParameterizedTest
    @CsvSource({"55 4889e5 53 50", "f30f1efa 55 4889e5 4154", "c3", "31c0 0f1f440000 c3", "0f1f4000 90"})
    void othersDoNot(String hex) {
        assertFalse(FunctionEntry.traced(Machine.X86_64, code(hex)));
    }

    /** Not a landing pad, a nop, a call or a jump: those the kernel may have to do with. */
    @ParameterizedTest
    @CsvSource({"4889f8 c3, 1", "55 4889e5, 2", "f30f1efa 55 53 4883ec08, 7", "c3, -1", "90 e811223344 4889f8, 7",
        "eb05 4889f8, -1",
        "55, -1"})
    void aPlaceInsideAnInstruction(String hex, int middle) {
        assertEquals(middle, FunctionEntry.middle(Machine.X86_64, code(hex)));
    }

    /** Before the kernel has looked at it, as it is, and while it is traced; behind BTI c. */
    @ParameterizedTest
    @CsvSource({"1f2003d5 1f2003d5", "e9031eaa 1f2003d5", "e9031eaa 10000094", "5f2403d5 e9031eaa 1f2003d5 3f2303d5"})
    void functionsThatAreTracedBeginAlikeOnArm64(String hex) {
        assertTrue(FunctionEntry.traced(Machine.ARM64, code(hex)));
    }

    @ParameterizedTest
    @CsvSource({"3f2303d5 fd7bbea9", "5f2403d5 c0035fd6", "e9031eaa fd7bbea9", "1f2003d5 c0035fd6", "c0035fd6"})
    void othersDoNotOnArm64(String hex) {
        assertFalse(FunctionEntry.traced(Machine.ARM64, code(hex)));
        assertEquals(-1, FunctionEntry.middle(Machine.ARM64, code(hex)));
    }
}
