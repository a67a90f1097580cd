// SPDX-License-Identifier: Apache-2.0
package dev.regsh.kallsyms;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TracedFunctionsTest {
    @Test
    void knowsTheLinesOfTheFile() {
        TracedFunctions traced = TracedFunctions.read("vfs_read\n__ftrace_invalid_address___64\nopen_ctree [btrfs]\ndo_one.isra.0\n"
                .getBytes(StandardCharsets.US_ASCII));
        assertTrue(traced.contains("vfs_read", ""));
        assertTrue(traced.contains("open_ctree", "btrfs"));
        assertTrue(traced.contains("do_one.isra.0", ""));
        assertFalse(traced.contains("open_ctree", ""));
        assertFalse(traced.contains("vfs_rea", ""));
        assertFalse(TracedFunctions.read(new byte[0]).contains("", ""));
    }
}
