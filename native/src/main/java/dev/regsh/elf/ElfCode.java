// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a file's code is like, at addresses as the file is linked and at offsets in it. What has to be read for an answer is read
 * then; {@code opened} is the file.
 */
public final class ElfCode {
    private static final long LONGEST_WALK = 1 << 20;

    private final ElfHeaders headers;
    private final ElfFunctions functions;
    /** The Go compiler has made it. */
    private final boolean isGo;
    private @Nullable CodeRanges ranges;
    private @Nullable Imports imports;

    ElfCode(ElfHeaders headers, ElfFunctions functions, boolean isGo) {
        this.headers = headers;
        this.functions = functions;
        this.isGo = isGo;
    }

    /**
     * Where a function's code begins in the file.
     *
     * @throws ElfException if there is none: an IFUNC, or no code
     */
    public long fileOffset(ElfSymbol symbol) throws ElfException {
        if (symbol.indirect()) {
            List<String> bodies = functions.startingWith("__" + symbol.name() + "_", 6);
            throw new ElfException(symbol.name() + " is an IFUNC: what runs is chosen when the program starts"
                    + (bodies.isEmpty() ? "" : "; its bodies are " + String.join(", ", bodies)));
        }
        long offset = headers.fileOffset(symbol.address());
        if (offset < 0) {
            throw new ElfException(symbol.name() + " lies in no executable segment");
        }
        return offset;
    }

    /**
     * Makes sure that an instruction begins at an offset from a function's beginning, as far as the code before it can be read.
     *
     * @param opened the file
     * @param begin of the function, in the file
     * @throws ElfException if the offset is in the middle of an instruction, or at one that the kernel lets nobody probe
     */
    public void checkInstruction(Path opened, long begin, long offset) throws IOException {
        checkInstruction(opened, begin, offset, 0);
    }

    /** The same of an offset in the file, as far as the functions known say where instructions begin. */
    public void checkInstruction(Path opened, long fileOffset) throws IOException {
        long address = address(fileOffset);
        CodeRanges.Range range;
        try (FileChannel channel = FileChannel.open(opened)) {
            range = ranges(new ElfReader(channel)).holding(address);
        }
        if (range != null) {
            long within = address - range.begin();
            checkInstruction(opened, fileOffset - within, within, fileOffset - within);
        }
    }

    /** @param shown what an offset of 0 is called */
    private void checkInstruction(Path opened, long begin, long offset, long shown) throws IOException {
        if (headers.machine == Machine.ARM64) {
            checkWord(opened, begin, offset, shown);
            return;
        }
        if (offset > LONGEST_WALK) {
            return;
        }
        byte[] code;
        try (FileChannel channel = FileChannel.open(opened)) {
            code = new ElfReader(channel).read(begin, Math.min(offset + 16, channel.size() - begin), "code").array();
        }
        int at = 0;
        while (at < offset) {
            int length = X86Instruction.length(code, at);
            if (length < 0) {
                return;
            }
            if (at + length > offset) {
                throw new ElfException(String.format("+0x%x is in the middle of an instruction: they begin at +0x%x and +0x%x",
                        shown + offset, shown + at, shown + at + length));
            }
            at += length;
        }
    }

    private static void checkWord(Path opened, long begin, long offset, long shown) throws IOException {
        long before = offset / Arm64Instruction.BYTES * Arm64Instruction.BYTES;
        if (before != offset) {
            throw new ElfException(String.format("+0x%x is in the middle of an instruction: they begin at +0x%x and +0x%x",
                    shown + offset, shown + before, shown + before + Arm64Instruction.BYTES));
        }
        Instruction instruction;
        try (FileChannel channel = FileChannel.open(opened)) {
            instruction = Arm64Instruction.at(new ElfReader(channel).read(begin + offset, Arm64Instruction.BYTES, "code").array(),
                    0);
        }
        if (instruction != null && !instruction.refusal().isEmpty()) {
            throw new ElfException(String.format("the kernel lets nobody probe +0x%x, which is %s", shown + offset,
                    instruction.refusal()));
        }
    }

    /** Where the code at a virtual address stands in the file. */
    long offset(long address) {
        return headers.fileOffset(address);
    }

    /**
     * Where the function at an address returns.
     *
     * @param chosen where in the file the function is that an IFUNC has become; empty: not known
     */
    public FunctionReturns returns(Path opened, long address, Function<ElfSymbol, OptionalLong> chosen) throws IOException {
        try (FileChannel channel = FileChannel.open(opened)) {
            ElfReader reader = new ElfReader(channel);
            return new ReturnSearch(reader, headers, ranges(reader), imports(reader), isGo, functions::exported,
                    resolver -> chosen(resolver, chosen)).of(address);
        }
    }

    /**
     * Whether a function begins at an address, or behind the landing pad (ENDBR64, BTI) that it begins with; empty: the
     * file does not say.
     */
    public Optional<Boolean> begins(Path opened, long address) throws IOException {
        try (FileChannel channel = FileChannel.open(opened)) {
            ElfReader reader = new ElfReader(channel);
            CodeRanges known = ranges(reader);
            long before = address - Machine.LANDING_PAD;
            boolean behindPad = known.begins(before).orElse(false)
                    && headers.machine.isLandingPad(reader.read(offset(before), Machine.LANDING_PAD, "code").array());
            return behindPad ? Optional.of(true) : known.begins(address);
        }
    }

    /**
     * Why a program that runs the file may look at its return addresses, so that the kernel must put no other in their place;
     * empty: nothing says so.
     */
    public String unwinds(Path opened) throws IOException {
        try (FileChannel channel = FileChannel.open(opened)) {
            return Unwinding.reason(new ElfReader(channel), headers, functions.linked());
        }
    }

    private synchronized CodeRanges ranges(ElfReader reader) throws IOException {
        if (ranges == null) {
            ranges = new CodeRanges(functions.all(), UnwindTable.read(reader, headers));
        }
        return ranges;
    }

    private synchronized Imports imports(ElfReader reader) throws IOException {
        if (imports == null) {
            imports = new Imports(reader, headers);
        }
        return imports;
    }

    /**
     * The virtual address, as the file is linked, of the code at an offset in it.
     *
     * @throws ElfException if no code is there
     */
    public long address(long fileOffset) throws ElfException {
        long address = headers.address(fileOffset);
        if (address < 0) {
            throw new ElfException("offset 0x" + Long.toHexString(fileOffset) + " lies in no executable segment");
        }
        if (!headers.code(address)) {
            throw new ElfException("at offset 0x" + Long.toHexString(fileOffset) + " are data, no code");
        }
        return address;
    }

    private Optional<Long> chosen(long resolver, Function<ElfSymbol, OptionalLong> choice) {
        return functions.all().stream().flatMap(List::stream)
                .filter(symbol -> symbol.indirect() && symbol.address() == resolver)
                .map(choice).filter(OptionalLong::isPresent).findFirst().map(found -> headers.address(found.getAsLong()));
    }
}
