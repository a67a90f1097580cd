// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.ir;

import java.util.List;

/**
 * The intermediate code of a program.
 *
 * @param columns the source column of each operation
 * @param values how many values are numbered
 * @param stackBytes the frame used so far; a multiple of 8
 */
public record Code(List<Op> ops, int[] columns, int values, int labels, int stackBytes) {}
