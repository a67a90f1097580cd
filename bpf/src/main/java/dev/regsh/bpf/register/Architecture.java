// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.register;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A processor architecture rules can be compiled for. */
public enum Architecture {
    X86_64(X86Registers::table),
    ARM64(Arm64Registers::table);

    private final Supplier<RegisterTable> maker;
    /** Made when it is first asked for: most sessions need one of the two. */
    private volatile @Nullable RegisterTable table;

    Architecture(Supplier<RegisterTable> maker) {
        this.maker = maker;
    }

    public RegisterTable registers() {
        RegisterTable made = table;
        if (made == null) {
            made = maker.get();
            table = made;
        }
        return made;
    }

    /** The one this machine runs; x86-64 where it is neither. */
    public static Architecture ofThisMachine() {
        return System.getProperty("os.arch", "").equals("aarch64") ? ARM64 : X86_64;
    }
}
