// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.ir;

import dev.regsh.bpf.program.Relocation;

/** What a call reaches. */
public sealed interface Target {
    record Helper(dev.regsh.bpf.encode.Helper helper) implements Target {}

    /** Completed by the loader. */
    record Relocated(Relocation.Kind kind, String function) implements Target {}
}
