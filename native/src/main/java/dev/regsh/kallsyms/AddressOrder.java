// SPDX-License-Identifier: Apache-2.0
package dev.regsh.kallsyms;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Symbols in the order of their addresses. Kernel addresses are compared as unsigned. */
final class AddressOrder {
    private static final long PAGE = 4096;
    /** No function of the kernel is as long. */
    private static final long GAP = 16 * PAGE;

    private final long[] addresses;
    private final int[] indexes;

    AddressOrder(long[] unordered, int count) {
        Integer[] order = new Integer[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        Arrays.sort(order, (one, other) -> Long.compareUnsigned(unordered[one], unordered[other]));
        addresses = new long[count];
        indexes = new int[count];
        for (int i = 0; i < count; i++) {
            indexes[i] = order[i];
            addresses[i] = unordered[order[i]];
        }
    }

    /** The symbol with the largest address that is not above this one, or -1. */
    int lastUpTo(long address) {
        int place = firstAbove(address) - 1;
        return place < 0 || addresses[place] == 0 ? -1 : indexes[place];
    }

    /** 0 behind the last. */
    long distanceToNext(long address) {
        int place = firstAbove(address);
        return place == addresses.length ? 0 : addresses[place] - address;
    }

    /** Addresses with no wide gap between them, and what follows the last of each. */
    List<Kallsyms.Range> ranges() {
        List<Kallsyms.Range> ranges = new ArrayList<>();
        int first = firstAbove(0);
        for (int i = first; i < addresses.length; i++) {
            if (i + 1 == addresses.length || addresses[i + 1] - addresses[i] > GAP) {
                ranges.add(new Kallsyms.Range(addresses[first], addresses[i] + PAGE));
                first = i + 1;
            }
        }
        return ranges;
    }

    private int firstAbove(long address) {
        int low = 0;
        int high = addresses.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(addresses[middle], address) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
