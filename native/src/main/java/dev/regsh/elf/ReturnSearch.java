// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Finds the return instructions of a function by reading its code from end to end, and that of the functions it ends in: parts
 * that the compiler has moved away, and last calls, which it makes into jumps.
 */
final class ReturnSearch {
    private static final int MOST_RANGES = 48;
    private static final int MOST_RETURNS = 256;
    private static final int LARGEST_RANGE = 1 << 20;

    /** Code is missed for a reason, which {@link FunctionReturns#missing} says. */
    private static final class MissedException extends Exception {
        private static final long serialVersionUID = 1;

        MissedException(String why) {
            super(why, null, false, false);
        }

        @Override
        public String getMessage() {
            return Objects.requireNonNull(super.getMessage());
        }
    }

    private record Part(CodeRanges.Range range, boolean own) {}

    private final ElfReader reader;
    private final ElfHeaders headers;
    private final CodeRanges ranges;
    private final Imports imports;
    /** The Go compiler has made it: it makes no last call through a pointer from a table. */
    private final boolean go;
    /** The address of an own function by its name. */
    private final Function<String, Optional<Long>> exported;
    /** The address of the function that a resolver has chosen, by the resolver's. */
    private final Function<Long, Optional<Long>> chosen;

    private final Deque<Part> parts = new ArrayDeque<>();
    private final Map<Long, Part> known = new HashMap<>();
    private final TreeSet<Long> own = new TreeSet<>();
    private final TreeSet<Long> followed = new TreeSet<>();
    /** The address of the function whose returns are looked for. */
    private long entry;
    private boolean tables;

    ReturnSearch(ElfReader reader, ElfHeaders headers, CodeRanges ranges, Imports imports, boolean go,
            Function<String, Optional<Long>> exported, Function<Long, Optional<Long>> chosen) {
        this.reader = reader;
        this.headers = headers;
        this.ranges = ranges;
        this.imports = imports;
        this.go = go;
        this.exported = exported;
        this.chosen = chosen;
    }

    FunctionReturns of(long address) throws IOException {
        CodeRanges.Range function = ranges.holding(address);
        if (function == null || function.begin() != address) {
            return FunctionReturns.unknown("the file does not say where it ends");
        }
        entry = address;
        String missing = "";
        try {
            add(function, true);
            while (!parts.isEmpty()) {
                read(parts.pop());
            }
        } catch (MissedException missed) {
            missing = missed.getMessage();
        }
        followed.removeAll(own);
        if (missing.isEmpty() && own.isEmpty() && followed.isEmpty()) {
            missing = "it has no return instruction";
        }
        return new FunctionReturns(List.copyOf(own), List.copyOf(followed), missing);
    }

    private void add(CodeRanges.Range range, boolean isOwn) throws MissedException {
        if (known.containsKey(range.begin())) {
            return;
        }
        if (known.size() == MOST_RANGES || range.end() - range.begin() > LARGEST_RANGE) {
            throw new MissedException("it ends in too many other functions, or too long ones");
        }
        Part part = new Part(range, isOwn);
        known.put(range.begin(), part);
        parts.push(part);
    }

    private String place(CodeRanges.Range range, long address) {
        String where = "+0x" + Long.toHexString(address - range.begin());
        return range.begin() == entry ? "at " + where
                : "at " + (range.name().isEmpty() ? "0x" + Long.toHexString(range.begin()) : range.name()) + where;
    }

    private void read(Part part) throws IOException, MissedException {
        CodeRanges.Range range = part.range();
        long offset = headers.fileOffset(range.begin());
        if (offset < 0 || headers.fileOffset(range.end() - 1) != offset + range.end() - range.begin() - 1) {
            throw new MissedException("part of it lies in no executable segment");
        }
        byte[] code = reader.read(offset, range.end() - range.begin(), "code").array();
        CodeBefore before = new CodeBefore();
        // Whether execution can get to where we are from the instruction before.
        boolean open = true;
        Instruction last = null;
        for (int at = 0; at < code.length;) {
            Instruction instruction = headers.machine.instruction(code, at);
            long address = range.begin() + at;
            if (instruction == null) {
                throw new MissedException(place(range, address) + " is code that cannot be read");
            }
            switch (instruction.flow()) {
                case RETURN -> {
                    if (!instruction.refusal().isEmpty()) {
                        throw new MissedException(place(range, address) + " it returns where the kernel lets nobody probe, by "
                                + instruction.refusal());
                    }
                    (part.own() ? own : followed).add(offset + at);
                }
                case JUMP, BRANCH -> jump(part, address, range.begin() + instruction.target());
                case INDIRECT -> indirect(part, address, instruction, before);
                default -> {}
            }
            if (own.size() + followed.size() > MOST_RETURNS) {
                throw new MissedException("it has too many return instructions");
            }
            before.add(instruction);
            open = switch (instruction.flow()) {
                case ON, BRANCH -> open || !instruction.isNop();
                default -> false;
            };
            last = instruction.isNop() ? last : instruction;
            at += instruction.length();
        }
        // A call at the very end is of something that does not return.
        if (open && last != null && !last.isCall()) {
            jump(part, range.end() - 1, range.end());
        }
    }

    private void jump(Part part, long from, long to) throws IOException, MissedException {
        if (part.range().holds(to)) {
            return;
        }
        if (imports.isStub(to)) {
            imported(part.range(), from, stubSlot(to));
            return;
        }
        CodeRanges.Range range = ranges.holding(to);
        if (range == null || headers.fileOffset(to) < 0) {
            throw new MissedException(place(part.range(), from) + " it jumps to code that nothing describes");
        }
        String base = part.range().name();
        boolean named = !base.isEmpty() && range.name().startsWith(base + ".cold");
        boolean moved = part.own() && (named || !ranges.stackAsAtEntry(from).orElse(true));
        add(range, moved || (part.own() && range.begin() == entry));
    }

    /** Through the loader's table, to a function that may be in another file. */
    private void imported(CodeRanges.Range range, long from, long slot) throws MissedException {
        String name = imports.atSlot(slot);
        Long resolver = imports.resolverAtSlot(slot);
        Optional<Long> here = resolver != null ? chosen.apply(resolver) : name.isEmpty() ? Optional.empty() : exported.apply(name);
        CodeRanges.Range target = here.map(ranges::holding).orElse(null);
        if (target == null) {
            throw new MissedException(place(range, from) + " it jumps to " + (resolver != null ? "a function chosen at start"
                    : name.isEmpty() ? "where a pointer says" : name + " of another file") + ", which returns to its caller");
        }
        add(target, false);
    }

    /** The place of the pointer that a stub jumps by; 0: none is seen. */
    private long stubSlot(long stub) throws IOException {
        return headers.machine.stubSlot(reader.read(headers.fileOffset(stub), Machine.LONGEST_STUB, "code").array(), stub);
    }

    private void indirect(Part part, long from, Instruction jump, CodeBefore before)
            throws MissedException {
        // With its frame on the stack still, the function goes on in itself: its caller's frame is what a last call would need.
        boolean inside = !ranges.stackAsAtEntry(from).orElse(true);
        if (inside || jump.untracked() || jump.byFixedTable() || (go && jump.byIndexedTable()) ||
                (jump.jumpRegister() >= 0 && before.fromTable(jump.jumpRegister(), go))) {
            if (part.own() && !tables) {
                tables = true;
                moved(part.range());
            }
            return;
        }
        if (jump.byPointer()) {
            imported(part.range(), from, part.range().begin() + jump.target());
            return;
        }
        throw new MissedException(place(part.range(), from) + " it jumps to where a pointer says, which returns to its caller");
    }

    /** A table may lead into the part that was moved away. */
    private void moved(CodeRanges.Range range) throws MissedException {
        for (CodeRanges.Range cold : ranges.namedLike(range.name() + ".cold")) {
            add(cold, true);
        }
    }
}
