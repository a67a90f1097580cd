// SPDX-License-Identifier: Apache-2.0
package dev.regsh.base.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static List<String> of(String typed, String... words) {
        return Nearest.of(typed, List.of(words), 3);
    }

    @Test
    void countsErrors() {
        assertEquals(List.of("vfs_read"), of("vfs_raed", "vfs_write", "vfs_read", "open"));
        // An exchange is one error, and of words with more nothing is said; the same number keeps the order of the words.
        assertEquals(List.of("counter"), of("cuonter", "mounter", "counter", "mounted"));
        assertEquals(List.of("rbx", "rax"), of("rxx", "rbx", "rax", "ray"));
        assertEquals(List.of("abcdef"), of("acbdfe", "abcdef"));
        assertEquals(List.of("limits", "limit"), of("limitz", "limits", "limit"));
    }

    @Test
    void offersNothingFar() {
        assertEquals(List.of(), of("nothing_like_it", "vfs_read", "no"));
        assertEquals(List.of(), of("ab", "ac", "abc"));
        assertEquals(List.of(), of("same", "same"));
        assertEquals(List.of(), of("abc", "xyz", ""));
    }

    @Test
    void offersEachOnce() {
        assertEquals(List.of("read"), of("raed", "read", "read", "read"));
    }

    @Test
    void aLetterForgottenIsLikelierThanAWrongOne() {
        assertEquals(List.of("list", "let"), of("lst", "let", "list"));
    }
}
