// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.register;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A processor architecture rules can be compiled for. */
public enum Architecture {
    X86_64(X86Registers::table, 1),
    ARM64(Arm64Registers::table, 4);

    private final Supplier<RegisterTable> maker;
    private final int instructionUnit;
    /** Made when it is first asked for: most sessions need one of the two. */
    private volatile @Nullable RegisterTable table;

    Architecture(Supplier<RegisterTable> maker, int instructionUnit) {
        this.maker = maker;
        this.instructionUnit = instructionUnit;
    }

    public RegisterTable registers() {
        RegisterTable made = table;
        if (made == null) {
            made = maker.get();
            table = made;
        }
        return made;
    }

    /** In bytes: instructions begin at multiples of it. */
    public int instructionUnit() {
        return instructionUnit;
    }

    /** The one this machine runs; x86-64 where it is neither. */
    public static Architecture ofThisMachine() {
        return System.getProperty("os.arch", "").equals("aarch64") ? ARM64 : X86_64;
    }
}
