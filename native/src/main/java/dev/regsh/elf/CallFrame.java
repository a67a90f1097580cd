// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Where the caller's frame is, at an instruction: the call frame instructions of an unwind table, run up to there (DWARF 5, 6.4.2). */
final class CallFrame {
    private static final long UNKNOWN = -1;

    /** The caller's frame: so many bytes above what a register holds. */
    private record Frame(long register, long offset) {}

    private final ByteBuffer data;
    private final long codeUnit;
    private final long target;
    private final Deque<Frame> remembered = new ArrayDeque<>();
    private Frame frame = new Frame(UNKNOWN, 0);
    private long at;

    private CallFrame(ByteBuffer data, long codeUnit, long begin, long target) {
        this.data = data.duplicate().order(data.order());
        this.codeUnit = codeUnit;
        this.target = target;
        at = begin;
    }

    /**
     * Whether the stack pointer at an address is where it was at the function's entry; empty: the table does not say.
     *
     * @param common where the instructions are in the data that pieces share: the first, and behind the last
     * @param own the same of the piece
     */
    static Optional<Boolean> asAtEntry(Machine machine, ByteBuffer data, int[] common, int[] own, long codeUnit, long begin,
            long target) {
        CallFrame state = new CallFrame(data, codeUnit, begin, target);
        try {
            if (!state.run(common) || !state.run(own) || state.frame.register() == UNKNOWN) {
                return Optional.empty();
            }
        } catch (BufferUnderflowException | IllegalArgumentException | ArithmeticException damaged) {
            return Optional.empty();
        }
        return Optional.of(state.frame.equals(new Frame(machine.stackPointer, machine.frameAtEntry)));
    }

    /** False at an instruction that is not known. */
    private boolean run(int[] range) {
        data.limit(range[1]).position(range[0]);
        while (data.hasRemaining() && at <= target) {
            int opcode = data.get() & 0xff;
            if (opcode >> 6 == 1) {
                at += (opcode & 0x3f) * codeUnit;
            } else if (opcode >> 6 == 2) {
                leb();
            } else if (opcode >> 6 == 0 && !extended(opcode)) {
                return false;
            }
        }
        return true;
    }

    private boolean extended(int opcode) {
        switch (opcode) {
            case 0x00, 0x2d -> {}
            case 0x02 -> at += (data.get() & 0xff) * codeUnit;
            case 0x03 -> at += (data.getShort() & 0xffff) * codeUnit;
            case 0x04 -> at += (data.getInt() & 0xffffffffL) * codeUnit;
            case 0x06, 0x07, 0x08, 0x2e -> leb();
            case 0x05, 0x09, 0x11, 0x14, 0x15, 0x2f -> {
                leb();
                leb();
            }
            case 0x0a -> remembered.push(frame);
            case 0x0b -> frame = remembered.isEmpty() ? frame : remembered.pop();
            case 0x0c -> frame = new Frame(leb(), leb());
            case 0x0d -> frame = new Frame(leb(), frame.offset());
            case 0x0e -> frame = new Frame(frame.register(), leb());
            case 0x0f -> {
                frame = new Frame(UNKNOWN, 0);
                skip(leb());
            }
            case 0x10, 0x16 -> {
                leb();
                skip(leb());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void skip(long bytes) {
        data.position((int) Math.addExact(data.position(), bytes));
    }

    private long leb() {
        return UnwindTable.leb(data);
    }
}
