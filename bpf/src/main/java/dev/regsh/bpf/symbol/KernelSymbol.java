// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.symbol;

/**
 * A function of the running kernel.
 *
 * @param module the module that holds it; empty: the kernel image
 * @param address 0 where kptr_restrict hides it
 */
public record KernelSymbol(String name, String module, long address) {}
