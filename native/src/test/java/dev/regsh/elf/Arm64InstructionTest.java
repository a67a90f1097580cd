// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Arm64InstructionTest {
    private static final Path LIBC = Path.of("/usr/aarch64-linux-gnu/lib/libc.so.6");
    private static final Set<String> JUMPS = Set.of("b");
    private static final Set<String> BRANCHES = Set.of("cbz", "cbnz", "tbz", "tbnz");
    private static final Set<String> RETURNS = Set.of("ret", "retaa", "retab");
    private static final Set<String> STOPS = Set.of("brk", "hlt", "udf");
    private static final Set<String> REFUSED = Set.of("svc", "msr", "brk", "hlt", "retaa", "retab", "autiasp", "autibsp", "wfe",
            "wfi",
            "yield", "ldxr", "ldaxr", "stxr", "stlxr", "ldxrb", "stxrb", "ldaxrb", "stlxrb", "ldxp", "stxp", "ldaxp", "stlxp");

    private static Arm64Instruction instruction(int word) {
        return Objects.requireNonNull(Arm64Instruction.at(
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(word).array(), 0));
    }

    /** Against GNU objdump, on all the code of the C library for arm64. */
    @Test
    void everyInstructionGoesWhereObjdumpSays() throws Exception {
        assumeTrue(Files.exists(LIBC), "no C library for arm64");
        byte[] file = Files.readAllBytes(LIBC);
        ElfHeaders headers;
        try (FileChannel channel = FileChannel.open(LIBC)) {
            headers = new ElfHeaders(new ElfReader(channel));
        }
        assertEquals(Machine.ARM64, headers.machine);
        Process objdump = new ProcessBuilder("aarch64-linux-gnu-objdump", "-d", "-j", ".text", LIBC.toString()).start();
        List<String> wrong = new ArrayList<>();
        int count = 0;
        try (BufferedReader lines = objdump.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split("\t");
                if (fields.length < 3 || fields[2].startsWith(".")) {
                    continue;
                }
                long address = Long.parseLong(fields[0].strip().replace(":", ""), 16);
                int at = (int) headers.fileOffset(address);
                Arm64Instruction got = Objects.requireNonNull(Arm64Instruction.at(file, at));
                String name = fields[2].strip();
                count++;
                if (got.flow() != flow(name) || REFUSED.contains(name) == got.refusal().isEmpty()
                        || (goes(name) && address + got.target() - at != target(fields[3]))) {
                    wrong.add(line + " not " + got.flow() + " " + got.refusal() + " to " + (address + got.target() - at));
                }
            }
        }
        assertTrue(count > 100_000, "only " + count);
        assertEquals(List.of(), wrong.subList(0, Math.min(20, wrong.size())), wrong.size() + " of " + count);
    }

    private static boolean goes(String name) {
        return JUMPS.contains(name) || BRANCHES.contains(name) || name.startsWith("b.") || name.equals("bl");
    }

    private static long target(String operands) {
        String last = operands.replaceAll(" *<.*", "").replaceAll(".*[ ,]", "").replace("0x", "");
        return Long.parseLong(last, 16);
    }

    private static Instruction.Flow flow(String name) {
        if (JUMPS.contains(name)) {
            return Instruction.Flow.JUMP;
        } else if (BRANCHES.contains(name) || name.startsWith("b.")) {
            return Instruction.Flow.BRANCH;
        } else if (RETURNS.contains(name)) {
            return Instruction.Flow.RETURN;
        }
        return STOPS.contains(name) ? Instruction.Flow.STOP : name.equals("br") ? Instruction.Flow.INDIRECT : Instruction.Flow.ON;
    }

    /** What the kernel can neither run elsewhere nor imitate: RETAB, BLRAA, AUTIASP, MSR, LDAXR, LDR of a literal, CPYFP, SVC. */
    @ParameterizedTest
    @CsvSource({"d65f0fff", "d73f0901", "d50323bf", "d51bd040", "885ffc20", "58000040", "19010440", "d4000001"})
    void whatNobodyMayProbe(String word) {
        assertTrue(!instruction(Integer.parseUnsignedInt(word, 16)).refusal().isEmpty());
    }

    /** RET, BLR, BR, BL, CBZ, ADRP, BTI c, PACIASP, NOP, MRS, LDAR, CAS, LDR, STP. */
    @ParameterizedTest
    @CsvSource({"d65f03c0", "d63f0020", "d61f0200", "94000010", "b4000060", "b0000000", "d503245f", "d503233f", "d503201f",
        "d53bd040",
        "88dffc20", "88a07c41", "f9400421", "a9bf7bfd"})
    void whatAnybodyMay(String word) {
        assertEquals("", instruction(Integer.parseUnsignedInt(word, 16)).refusal());
    }

    @Test
    void whereItsCallerFindsAStub() throws IOException {
        // bti c; adrp x16, +0x1f000; ldr x17, [x16, #4056]; add x16, x16, #0xfd8; br x17
        ByteBuffer stub = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN).putInt(0xd503245f).putInt(0xf00000f0)
                .putInt(0xf947ee11).putInt(0x913f6210).putInt(0xd61f0220).putInt(0xd503201f);
        assertEquals(0x1ffd8, Machine.ARM64.stubSlot(stub.array(), 0x5e0));
        assertEquals(0, Machine.ARM64.stubSlot(new byte[24], 0x5e0));
    }
}
