// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.program;

/** A mechanism through which a BPF program can change what the probed code does; the best one comes first. */
public enum Engine {
    /** The helper {@code bpf_override_regs} of a patched kernel. */
    HELPER("helper"),
    /** The same function as a kfunc of the module {@code regs_override}. */
    KFUNC("kfunc"),
    /** The same functions reached through maps from programs at probes of that module's own: where it can offer no kfunc. */
    PROBE("probe"),
    /** The stock helper {@code bpf_override_return}: skips functions of the kernel's error injection list. */
    OVERRIDE_RETURN("override_return"),
    /** Stores to the context, where the verifier lets uprobe programs write it. */
    UPROBE_CTX("uprobe_ctx");

    private final String label;

    Engine(String label) {
        this.label = label;
    }

    /** As users see it. */
    public String label() {
        return label;
    }

    /** It reaches {@code bpf_override_regs}, in whatever form. */
    public boolean overridesRegisters() {
        return this == HELPER || this == KFUNC || this == PROBE;
    }
}
