// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A processor whose code is read, with what of its ABI the files have numbers for. */
public enum Machine {
    /** psABI x86-64: 4.4.1 has the relocations, figure 3.36 the registers. */
    X86_64(62, 1, 6, 7, 37, 7, 8) {
        @Override
        @Nullable
        Instruction instruction(byte[] code, int start) {
            return X86Instruction.at(code, start);
        }

        @Override
        long stubSlot(byte[] code, long address) {
            for (int at = 0; at < code.length;) {
                X86Instruction instruction = X86Instruction.at(code, at);
                if (instruction == null) {
                    break;
                }
                if (instruction.byPointer()) {
                    return address + instruction.target();
                }
                at += instruction.length();
            }
            return 0;
        }

        @Override
        boolean isLandingPad(byte[] code) {
            return code.length >= 4 && code[0] == (byte) 0xf3 && code[1] == 0x0f && code[2] == 0x1e && code[3] == (byte) 0xfa;
        }
    },
    /** "ELF for the Arm 64-bit Architecture", 5.7 "Relocation", and "DWARF for the Arm 64-bit Architecture", 4.1. */
    ARM64(183, 257, 1025, 1026, 1032, 31, 0) {
        @Override
        @Nullable
        Instruction instruction(byte[] code, int start) {
            return Arm64Instruction.at(code, start);
        }

        @Override
        long stubSlot(byte[] code, long address) {
            return Arm64Instruction.stubSlot(code, address);
        }

        @Override
        boolean isLandingPad(byte[] code) {
            Arm64Instruction first = Arm64Instruction.at(code, 0);
            return first != null && first.isLandingPad();
        }
    };

    /** Of ENDBR64 and of BTI. */
    static final int LANDING_PAD = 4;
    /** In bytes: all of a stub of the linkage table that matters. */
    static final int LONGEST_STUB = 24;

    private final int number;
    // Types of relocations.
    final int addressRelocation;
    final int pointerRelocation;
    final int stubRelocation;
    final int indirectRelocation;
    /** DWARF's number of the stack pointer. */
    final long stackPointer;
    /** From the stack pointer to the caller's frame at a function's entry: the return address, if a call puts it on the stack. */
    final long frameAtEntry;

    Machine(int number, int addressRelocation, int pointerRelocation, int stubRelocation, int indirectRelocation, long stackPointer,
            long frameAtEntry) {
        this.number = number;
        this.addressRelocation = addressRelocation;
        this.pointerRelocation = pointerRelocation;
        this.stubRelocation = stubRelocation;
        this.indirectRelocation = indirectRelocation;
        this.stackPointer = stackPointer;
        this.frameAtEntry = frameAtEntry;
    }

    /** By e_machine of a file's header; empty: another one. */
    static Optional<Machine> of(int number) {
        for (Machine machine : values()) {
            if (machine.number == number) {
                return Optional.of(machine);
            }
        }
        return Optional.empty();
    }

    /** The one that begins there; null: it is none that is known, or does not end in the code given. */
    @Nullable
    abstract Instruction instruction(byte[] code, int start);

    /** The address of the pointer that a stub of the linkage table jumps by; 0: none is seen. */
    abstract long stubSlot(byte[] code, long address);

    /** Whether code begins with an instruction that only says that calls by a pointer may arrive there. */
    abstract boolean isLandingPad(byte[] code);
}
