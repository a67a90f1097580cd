// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.ir;

/** A place in the code to jump to, further on. */
public record Label(int number) {}
