// SPDX-License-Identifier: Apache-2.0
package dev.regsh.btf;

import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;

/** Type ids by name: a hash table with open addressing that holds ids only and compares in the file's own bytes. */
final class NameIndex {
    private final int[] slots;
    private final int mask;

    /** @param most how many will be added */
    NameIndex(int most) {
        slots = new int[Integer.highestOneBit(Math.max(most, 1)) * 4];
        mask = slots.length - 1;
    }

    void add(int hash, int index) {
        int slot = hash & mask;
        while (slots[slot] != 0) {
            slot = slot + 1 & mask;
        }
        slots[slot] = index + 1;
    }

    /** The first index of that name that {@code wanted} accepts (it compares the name too), or -1. */
    int find(String name, IntPredicate wanted) {
        int slot = BtfData.hash(name.getBytes(StandardCharsets.UTF_8)) & mask;
        while (slots[slot] != 0) {
            if (wanted.test(slots[slot] - 1)) {
                return slots[slot] - 1;
            }
            slot = slot + 1 & mask;
        }
        return -1;
    }
}
