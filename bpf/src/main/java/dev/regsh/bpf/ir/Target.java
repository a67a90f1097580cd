// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.ir;

import dev.regsh.bpf.isa.Assembler;
import dev.regsh.bpf.isa.Helper;
import dev.regsh.bpf.isa.Relocation;

/** What a call reaches. */
public sealed interface Target {
    /** Writes the call itself. */
    void call(Assembler out);

    static Target of(Helper helper) {
        return new Fixed(helper);
    }

    /** Completed by the loader. */
    static Target of(Relocation.Kind kind, String function) {
        return new Relocated(kind, function);
    }

    record Fixed(Helper helper) implements Target {
        @Override
        public void call(Assembler out) {
            out.call(helper);
        }
    }

    record Relocated(Relocation.Kind kind, String function) implements Target {
        @Override
        public void call(Assembler out) {
            out.call(kind, function);
        }
    }
}
