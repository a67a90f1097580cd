// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.guard;

/**
 * A function that the machine, or the end of a rule, depends on.
 *
 * @param why said of the function, as in "'vfs_read' is ..."
 */
public record ProtectedFunction(Protection protection, String why) {}
