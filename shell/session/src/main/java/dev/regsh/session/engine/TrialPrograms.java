// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.engine;

import static dev.regsh.bpf.isa.Registers.FRAME;
import static dev.regsh.bpf.isa.Registers.R0;
import static dev.regsh.bpf.isa.Registers.R1;
import static dev.regsh.bpf.isa.Registers.R2;
import static dev.regsh.bpf.isa.Registers.R3;
import static dev.regsh.bpf.isa.Registers.R4;
import static dev.regsh.bpf.isa.Registers.R6;
import static dev.regsh.bpf.isa.Registers.R7;
import static dev.regsh.bpf.isa.Registers.R8;

import dev.regsh.bpf.isa.Alu;
import dev.regsh.bpf.isa.Assembler;
import dev.regsh.bpf.isa.Helper;
import dev.regsh.bpf.isa.Program.Linker.Patch;
import dev.regsh.bpf.isa.Relocation;
import dev.regsh.bpf.program.MapSpec;
import dev.regsh.bpf.register.Architecture;
import dev.regsh.bpf.register.Register;
import dev.regsh.bpf.register.RegisterTable;

/** Programs that are made to see what this kernel accepts and does; those that are attached, to a function of our own alone. */
final class TrialPrograms {
    /** Of struct bpf_reg_value. */
    private static final int VALUE_BYTES = 16;
    /** Flags of bpf_override_regs. */
    private static final int PARM = 1;
    private static final int RETURN = 2;

    private static final int WORD = 8;

    private TrialPrograms() {}

    /** It sets a register to 0 by the override function: to be loaded and no more. */
    static long[] overrideRegisters(Patch call) {
        return overrideRegisters(call, 0, 0, PARM);
    }

    /** It leaves the function by the override function, with this result. */
    static long[] skip(Patch call, int answer) {
        return overrideRegisters(call, registers().result().slot(), answer, RETURN);
    }

    private static long[] overrideRegisters(Patch call, int slot, int value, int flags) {
        Assembler out = new Assembler();
        value(out, slot, value);
        out.constant(R3, VALUE_BYTES);
        out.constant(R4, flags);
        out.call(Relocation.Kind.OVERRIDE_CALL, Engines.FUNCTION);
        return finish(out, call);
    }

    private static RegisterTable registers() {
        return Architecture.ofThisMachine().registers();
    }

    /** Where a program sees it, in bytes. */
    private static int place(Register register) {
        return register.slot() * WORD;
    }

    /** What the door for one value is, through which it asks to leave the function with this result. */
    static MapSpec door() {
        return MapSpec.door(VALUE_BYTES);
    }

    static long[] skipByDoor(Patch door, int answer) {
        Assembler out = new Assembler();
        out.mapDescriptor(R1, door().name());
        value(out, registers().result().slot(), answer);
        out.constant(R3, RETURN);
        out.call(Helper.MAP_PUSH_ELEM);
        return finish(out, door);
    }

    /** R2 points to one struct bpf_reg_value on the stack. */
    private static void value(Assembler out, int slot, int value) {
        out.storeImmediate(8, FRAME, -VALUE_BYTES, slot);
        out.storeImmediate(8, FRAME, -8, value);
        stackAddress(out, R2, -VALUE_BYTES);
    }

    /**
     * It leaves the function as its own return would, by stores to the context: to the address on the stack, which is popped, or in
     * the link register.
     */
    static long[] skipByStores(int answer) {
        Assembler out = new Assembler();
        out.move(R6, R1);
        if (registers().link().isPresent()) {
            out.load(WORD, R8, R6, place(registers().link().get()));
        } else {
            popReturnAddress(out);
        }
        out.store(WORD, R6, place(registers().instructionPointer()), R8);
        out.constant(R8, answer);
        out.store(WORD, R6, place(registers().result()), R8);
        return finish(out);
    }

    private static void popReturnAddress(Assembler out) {
        int stack = place(registers().stackPointer());
        out.load(WORD, R7, R6, stack);
        stackAddress(out, R1, -WORD);
        out.constant(R2, WORD);
        out.move(R3, R7);
        out.call(Helper.PROBE_READ_USER);
        out.load(WORD, R8, FRAME, -WORD);
        out.aluImmediate(true, Alu.ADD, R7, WORD);
        out.store(WORD, R6, stack, R7);
    }

    /** It stores to the context. */
    static long[] storeToContext() {
        Assembler out = new Assembler();
        out.constant(R2, 0);
        out.store(WORD, R1, place(registers().arguments().get(0)), R2);
        return finish(out);
    }

    static long[] nothing() {
        return finish(new Assembler());
    }

    static long[] overrideReturn() {
        Assembler out = new Assembler();
        out.constant(R2, 0);
        out.call(Helper.OVERRIDE_RETURN);
        return finish(out);
    }

    static long[] fetchingAtomic() {
        Assembler out = new Assembler();
        out.constant(R2, 1);
        out.store(8, FRAME, -8, R2);
        out.atomicFetchAdd(FRAME, -8, R2);
        return finish(out);
    }

    static long[] ancestorCgroup() {
        Assembler out = new Assembler();
        out.constant(R1, 0);
        out.call(Helper.GET_CURRENT_ANCESTOR_CGROUP_ID);
        return finish(out);
    }

    static long[] attachCookie() {
        Assembler out = new Assembler();
        out.call(Helper.GET_ATTACH_COOKIE);
        return finish(out);
    }

    /** It reads memory of the process and waits for it; to be loaded as one that sleeps. */
    static long[] userRead() {
        Assembler out = new Assembler();
        stackAddress(out, R1, -8);
        out.constant(R2, 8);
        out.constant(R3, 0);
        out.call(Helper.COPY_FROM_USER);
        return finish(out);
    }

    private static void stackAddress(Assembler out, int register, int offset) {
        out.move(register, FRAME);
        out.aluImmediate(true, Alu.ADD, register, offset);
    }

    private static long[] finish(Assembler out) {
        out.constant(R0, 0);
        out.exit();
        return out.finish().instructions();
    }

    /** With every call of the override function, or door, completed. */
    private static long[] finish(Assembler out, Patch call) {
        out.constant(R0, 0);
        out.exit();
        return out.finish().link(relocation -> call);
    }
}
