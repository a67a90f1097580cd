// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files made to cost more memory or time than they have bytes: read, or refused with one sentence, in bounded time. */
class HostileElfTest {
    /** For what takes seconds. Both are of processor time. */
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int STRTAB = 3;
    private static final int PROGBITS = 1;

    /** A section; where {@code bytes} is null it claims the whole file. */
    private record Part(int type, byte @Nullable [] bytes, int link, String name) {
        Part(int type, byte @Nullable [] bytes, int link) {
            this(type, bytes, link, "");
        }
    }

    @TempDir
    Path folder;

    /** A program with these sections, numbered from 1; the last holds the names of all. */
    private Path program(Part... parts) throws IOException {
        StringBuilder names = new StringBuilder("\0");
        int size = 64;
        for (Part part : parts) {
            size += part.bytes() == null ? 0 : part.bytes().length;
            names.append(part.name()).append('\0');
        }
        byte[] nameBytes = names.toString().getBytes(StandardCharsets.ISO_8859_1);
        int table = size + nameBytes.length;
        int count = parts.length + 2;
        ByteBuffer file = ByteBuffer.allocate(table + 64 * count).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0, 0x464c457f).put(4, (byte) 2).put(5, (byte) 1).putShort(18, (short) 62).putLong(40, table)
                .putShort(60, (short) count).putShort(62, (short) (count - 1));
        int at = 64;
        int name = 1;
        for (int i = 1; i < count; i++) {
            boolean last = i == count - 1;
            Part part = last ? new Part(STRTAB, nameBytes, 0) : parts[i - 1];
            int header = table + 64 * i;
            file.putInt(header, last ? 0 : name).putInt(header + 4, part.type()).putInt(header + 40, part.link());
            if (part.bytes() == null) {
                file.putLong(header + 32, file.capacity());
            } else {
                file.putLong(header + 24, at).putLong(header + 32, part.bytes().length).put(at, part.bytes());
                at += part.bytes().length;
            }
            name += part.name().length() + 1;
        }
        return Files.write(folder.resolve("hostile"), file.array());
    }

    private static ByteBuffer bytes(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Functions, each named by what stands at the same place of the names. */
    private static byte[] functions(int count, java.util.function.IntUnaryOperator nameAt) {
        ByteBuffer table = bytes(count * 24);
        for (int i = 0; i < count; i++) {
            table.putInt(i * 24, nameAt.applyAsInt(i)).put(i * 24 + 4, (byte) 2).putShort(i * 24 + 6, (short) 1)
                    .putLong(i * 24 + 8, i);
        }
        return table.array();
    }

    private static byte[] text(int letters) {
        byte[] text = new byte[letters];
        Arrays.fill(text, 0, letters - 1, (byte) 'a');
        return text;
    }

    private static ElfFile read(Path program) {
        return ProcessorTime.within(LIMIT, () -> ElfFile.read(program, program));
    }

    @Test
    void oneLongNameForAMillionFunctionsIsRefused() throws Exception {
        Path program = program(new Part(ElfHeaders.SYMTAB, functions(400_000, i -> i % 4096), 2),
                new Part(STRTAB, text(70_000), 0));
        ElfException refused = assertThrows(ElfException.class, () -> read(program));
        assertTrue(refused.getMessage().contains("too many functions"), refused.getMessage());
    }

    @Test
    void oneNameOfManyFunctionsTakesNoLonger() throws Exception {
        Path program = program(new Part(ElfHeaders.SYMTAB, functions(400_000, i -> 0), 2), new Part(STRTAB, text(4), 0));
        ElfException refused = assertThrows(ElfException.class, () -> read(program).functions().find("aaa"));
        assertTrue(refused.getMessage().length() < 400, refused.getMessage());
    }

    @Test
    void sectionsThatLieOverEachOther() throws Exception {
        Part[] parts = new Part[60_000];
        Arrays.fill(parts, new Part(ElfHeaders.NOTE, null, 0, ".note"));
        parts[0] = new Part(PROGBITS, new byte[16 << 20], 0);
        assertEquals("", read(program(parts)).buildId());
    }

    @Test
    void aChainOfVersionsThatNeverEnds() throws Exception {
        ByteBuffer versions = bytes(8 << 20);
        for (int at = 0; at + 20 <= versions.capacity(); at++) {
            versions.put(at + 16, (byte) (at % 16 == 0 ? 16 : 0));
        }
        Path program = program(new Part(ElfHeaders.DYNSYM, functions(10, i -> 0), 2), new Part(STRTAB, text(70_000), 0),
                new Part(ElfHeaders.GNU_VERDEF, versions.array(), 2));
        assertFalse(read(program).functions().named("a".repeat((1 << 16))).isEmpty());
    }

    @Test
    void aNameThatDoublesAtEveryLetter() throws Exception {
        StringBuilder name = new StringBuilder("_Z1f1A1PIS_S_E");
        String digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        for (int i = 0; i < 34; i++) {
            name.append("S0_I").append(("S" + digits.charAt(i + 1) + "_").repeat(2)).append('E');
        }
        byte[] names = (name + "\0main\0").getBytes(StandardCharsets.ISO_8859_1);
        Path program = program(new Part(ElfHeaders.SYMTAB, functions(2, i -> i == 0 ? 0 : name.length() + 1), 2),
                new Part(STRTAB, names, 0));
        assertTrue(ProcessorTime.within(LIMIT, () -> read(program).functions().names(false)).contains("main"));
    }

    /** A conversion to a template parameter is read twice if arguments follow: so many times two. */
    private static String conversions(int levels, String innermost) {
        return "_Z" + "cvT_IL_Z".repeat(levels) + innermost + "EE".repeat(levels);
    }

    @Test
    void aNameThatTakesTheDemanglerYears() throws Exception {
        ElfFile elf = read(program(names(List.of(conversions(45, "1fv"), "_ZN5shape4areaEi", "main"))));
        assertEquals("_ZN5shape4areaEi",
                ProcessorTime.within(LONG, () -> elf.functions().find("shape::area")).orElseThrow().name());
    }

    @Test
    void manyNamesThatTakeTheDemanglerSeconds() throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 100; i < 300; i++) {
            names.add(conversions(24, "3f" + i / 10 + "v"));
            names.add(conversions(25, "4g" + i + "v"));
        }
        names.add("main");
        ElfFile elf = read(program(names(names)));
        assertTrue(ProcessorTime.within(LONG, () -> elf.functions().names(false)).contains("main"));
    }

    /** A table of functions with these names, and the names. */
    private static Part[] names(List<String> names) {
        byte[] text = (String.join("\0", names) + "\0").getBytes(StandardCharsets.ISO_8859_1);
        int[] starts = new int[names.size()];
        for (int i = 1; i < starts.length; i++) {
            starts[i] = starts[i - 1] + names.get(i - 1).length() + 1;
        }
        return new Part[] {new Part(ElfHeaders.SYMTAB, functions(starts.length, i -> starts[i]), 2), new Part(STRTAB, text, 0)};
    }

    @Test
    void aDebugFileThatIsAPipe() throws Exception {
        assertEquals(0, new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start().waitFor());
        Path program = program(new Part(PROGBITS, "pipe\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1), 0,
                ".gnu_debuglink"));
        assertTrue(read(program).functions().named("main").isEmpty());
    }

    @Test
    void damageAnywhereIsAnErrorOnly() throws Exception {
        Path library = LibraryCache.find(LibraryCache.PATH, "libdl.so.2").orElseThrow();
        byte[] whole = Files.readAllBytes(library);
        int sections = (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong(40);
        long[] extremes = {0, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 32, 0xffffffffL, whole.length, whole.length - 1};
        Random random = new Random(7);
        Path damaged = folder.resolve("damaged");
        for (int round = 0; round < 3000; round++) {
            ByteBuffer file = ByteBuffer.wrap(whole.clone()).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < 1 + random.nextInt(6); i++) {
                int from = random.nextInt(3) == 0 ? 0 : random.nextBoolean() ? sections : random.nextInt(whole.length - 8);
                int place = Math.min(from + random.nextInt(64 * 32), whole.length - 8);
                if (random.nextBoolean()) {
                    file.putLong(place & ~7, extremes[random.nextInt(extremes.length)]);
                } else {
                    file.put(place, (byte) random.nextInt());
                }
            }
            Files.write(damaged, round % 5 == 0 ? Arrays.copyOf(file.array(), random.nextInt(whole.length)) : file.array());
            try {
                ElfFile elf = read(damaged);
                elf.functions().find("dlopen").ifPresent(symbol -> ProcessorTime.within(LIMIT, () -> {
                    try {
                        elf.code().checkInstruction(damaged, elf.code().fileOffset(symbol), 3);
                    } catch (ElfException refused) {
                        assertFalse(refused.getMessage().isEmpty());
                    }
                    return null;
                }));
                elf.functions().names(false);
                elf.functions().versions("dlopen");
            } catch (ElfException refused) {
                assertFalse(refused.getMessage().isEmpty());
            }
        }
    }
}
