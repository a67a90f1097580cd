// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.ir;

import dev.regsh.bpf.isa.Relocation;

/** What a call reaches. */
public sealed interface Target {
    record Helper(dev.regsh.bpf.isa.Helper helper) implements Target {}

    /** Completed by the loader. */
    record Relocated(Relocation.Kind kind, String function) implements Target {}
}
