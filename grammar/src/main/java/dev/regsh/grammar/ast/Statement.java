// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.ast;

/** One statement of a session or script. */
public sealed interface Statement extends Node permits Rule {}
