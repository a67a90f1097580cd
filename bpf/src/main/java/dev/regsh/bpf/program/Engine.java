// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.program;

/** A mechanism through which a BPF program can change what the probed code does; the best one comes first. */
public enum Engine {
    /** The helper {@code bpf_override_regs} of a patched kernel. */
    HELPER("helper", "a kernel with the bpf_override_regs patch"),
    /** The same function as a kfunc of the module {@code regs_override}. */
    KFUNC("kfunc", "the module regs_override on a kernel from 6.10"),
    /** The stock helper {@code bpf_override_return}: skips functions of the kernel's error injection list. */
    OVERRIDE_RETURN("override_return", "a kernel with CONFIG_BPF_KPROBE_OVERRIDE"),
    /** Stores to the context, where the verifier lets uprobe programs write it. */
    UPROBE_CTX("uprobe_ctx", "a kernel whose verifier lets uprobe programs write their context");

    private final String label;
    private final String needs;

    Engine(String label, String needs) {
        this.label = label;
        this.needs = needs;
    }

    /** As users see it. */
    public String label() {
        return label;
    }

    /** What a machine must have, for messages. */
    public String needs() {
        return needs;
    }

    /** It calls {@code bpf_override_regs}, in whatever form. */
    public boolean overridesRegisters() {
        return this == HELPER || this == KFUNC;
    }
}
