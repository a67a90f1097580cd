// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.engine;

/**
 * Why an engine does not work on this machine.
 *
 * @param reason as it follows "could, but"
 * @param remedy a command or a step
 */
public record Lack(String reason, String remedy) {}
