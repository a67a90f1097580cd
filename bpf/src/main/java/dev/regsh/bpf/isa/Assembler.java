// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.isa;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes eBPF instructions one after the other; jumps go to labels and are filled in at the end. */
public final class Assembler {
    private static final int UNPLACED = -1;

    private long[] code = new long[64];
    private int[] columns = new int[64];
    private int length;
    private int column;
    private int[] labels = new int[16];
    private int labelCount;
    private final List<int[]> jumps = new ArrayList<>();
    private final List<Relocation> relocations = new ArrayList<>();

    /** What follows comes from this column of the source. */
    public void column(int from) {
        column = from;
    }

    public int newLabel() {
        if (labelCount == labels.length) {
            labels = Arrays.copyOf(labels, labelCount * 2);
        }
        labels[labelCount] = UNPLACED;
        return labelCount++;
    }

    public void place(int label) {
        labels[label] = length;
    }

    public void alu(boolean wide, Alu operation, int dst, int src) {
        emit((wide ? Opcode.ALU64 : Opcode.ALU) | Opcode.X | operation.code(), dst, src, 0, 0);
    }

    public void aluImmediate(boolean wide, Alu operation, int dst, int immediate) {
        emit((wide ? Opcode.ALU64 : Opcode.ALU) | Opcode.K | operation.code(), dst, 0, 0, immediate);
    }

    public void negate(boolean wide, int dst) {
        emit((wide ? Opcode.ALU64 : Opcode.ALU) | Alu.NEG.code(), dst, 0, 0, 0);
    }

    public void move(int dst, int src) {
        alu(true, Alu.MOV, dst, src);
    }

    /** Any constant in the fewest instructions. */
    public void constant(int dst, long value) {
        if (value == (int) value) {
            aluImmediate(true, Alu.MOV, dst, (int) value);
        } else if (value >>> 32 == 0) {
            aluImmediate(false, Alu.MOV, dst, (int) value);
        } else {
            loadImmediate64(dst, 0, value);
        }
    }

    /** LD_IMM64, two slots long. */
    public void loadImmediate64(int dst, int source, long value) {
        emit(Opcode.LD | Opcode.IMM | Opcode.size(8), dst, source, 0, (int) value);
        emit(0, 0, 0, 0, (int) (value >>> 32));
    }

    public void mapDescriptor(int dst, String map) {
        relocations.add(new Relocation(length, Relocation.Kind.MAP_FD, map, 0));
        loadImmediate64(dst, 1, 0);
    }

    public void mapValue(int dst, String map, int offset) {
        relocations.add(new Relocation(length, Relocation.Kind.MAP_VALUE, map, offset));
        loadImmediate64(dst, 2, (long) offset << 32);
    }

    public void load(int bytes, int dst, int base, int offset) {
        emit(Opcode.LDX | Opcode.MEM | Opcode.size(bytes), dst, base, offset, 0);
    }

    public void store(int bytes, int base, int offset, int src) {
        emit(Opcode.STX | Opcode.MEM | Opcode.size(bytes), base, src, offset, 0);
    }

    /** A store of a constant; of 8 bytes it is sign-extended. */
    public void storeImmediate(int bytes, int base, int offset, int value) {
        emit(Opcode.ST | Opcode.MEM | Opcode.size(bytes), base, 0, offset, value);
    }

    /** Of 8 bytes. */
    public void atomicAdd(int base, int offset, int src) {
        emit(Opcode.STX | Opcode.ATOMIC | Opcode.size(8), base, src, offset, Alu.ADD.code());
    }

    /** Of 8 bytes; the old value comes back in {@code src}; kernels from 5.12. */
    public void atomicFetchAdd(int base, int offset, int src) {
        emit(Opcode.STX | Opcode.ATOMIC | Opcode.size(8), base, src, offset, Alu.ADD.code() | Opcode.FETCH);
    }

    public void jump(int label) {
        jumps.add(new int[] {length, label});
        emit(Opcode.JMP | Opcode.JA, 0, 0, 0, 0);
    }

    public void jump(boolean wide, Condition condition, int dst, int src, int label) {
        jumps.add(new int[] {length, label});
        emit((wide ? Opcode.JMP : Opcode.JMP32) | Opcode.X | condition.code(), dst, src, 0, 0);
    }

    public void jumpImmediate(boolean wide, Condition condition, int dst, int immediate, int label) {
        jumps.add(new int[] {length, label});
        emit((wide ? Opcode.JMP : Opcode.JMP32) | Opcode.K | condition.code(), dst, 0, 0, immediate);
    }

    public void call(Helper helper) {
        emit(Opcode.JMP | Opcode.CALL, 0, 0, 0, helper.number());
    }

    /** A call the loader completes. */
    public void call(Relocation.Kind kind, String function) {
        relocations.add(new Relocation(length, kind, function, 0));
        emit(Opcode.JMP | Opcode.CALL, 0, 0, 0, 0);
    }

    public void exit() {
        emit(Opcode.JMP | Opcode.EXIT, 0, 0, 0, 0);
    }

    /**
     * The program.
     *
     * @throws ProgramTooLongException a jump is longer than eBPF can encode
     */
    public Program finish() {
        for (int[] jump : jumps) {
            int distance = labels[jump[1]] - jump[0] - 1;
            if (labels[jump[1]] == UNPLACED) {
                throw new IllegalStateException("a label was never placed");
            }
            if (distance != (short) distance) {
                throw new ProgramTooLongException();
            }
            code[jump[0]] |= (distance & 0xFFFFL) << 16;
        }
        return new Program(Arrays.copyOf(code, length), relocations, Arrays.copyOf(columns, length));
    }

    private void emit(int opcode, int dst, int src, int offset, int immediate) {
        if (offset != (short) offset) {
            throw new IllegalArgumentException("offset out of range: " + offset);
        }
        if (length == code.length) {
            code = Arrays.copyOf(code, length * 2);
            columns = Arrays.copyOf(columns, length * 2);
        }
        columns[length] = column;
        code[length++] = opcode | (long) dst << 8 | (long) src << 12 | (offset & 0xFFFFL) << 16 | (long) immediate << 32;
    }
}
