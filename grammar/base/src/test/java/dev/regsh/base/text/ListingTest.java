// SPDX-License-Identifier: Apache-2.0
package dev.regsh.base.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListingTest {
    @Test
    void whatIsCutIsCounted() {
        assertEquals("a, b", Listing.some(List.of("a", "b"), 2, ", "));
        assertEquals("a; b and 1 more", Listing.some(List.of("a", "b", "c"), 2, "; "));
    }

    @Test
    void reasonsHaveSomeOfTheirNames() {
        Map<String, List<String>> names = new LinkedHashMap<>();
        names.put("x", List.of("a", "b", "c", "e"));
        names.put("y", List.of("d"));
        assertEquals("a, b, c and 1 more (x); d (y)", Listing.byReason(names));
    }
}
