// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

/**
 * A function of a program or library.
 *
 * @param version of a versioned library symbol (GLIBC_2.2.5); empty: none
 * @param hidden only programs linked against that old version get it
 * @param address virtual, as the file is linked
 * @param size in bytes; 0: not said
 * @param indirect an IFUNC: the code there only chooses the function that runs
 */
public record ElfSymbol(String name, String version, boolean hidden, long address, long size, boolean indirect) {}
