// SPDX-License-Identifier: Apache-2.0
package dev.regsh.libbpf;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** C++ names as they are written in the source. */
public final class Demangler {
    private static final int HEAD = 2 * Long.BYTES;

    private Demangler() {}

    /**
     * The written form of each name, in order; empty where it is no C++ name, or one that would take more time or memory than
     * a name may. There are fewer where all together would, and none without libstdc++: then only mangled names work.
     *
     * @param room bytes of all written forms together
     */
    public static List<String> demangle(List<String> names, long room) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String name : names) {
            all.writeBytes(name.getBytes(StandardCharsets.UTF_8));
            all.write(0);
        }
        PointerByReference result = new PointerByReference();
        if (names.isEmpty() || Libbpf.shim().regsh_demangle(all.toByteArray(), all.size(), room, result) < 0) {
            return List.of();
        }
        Pointer mapping = result.getValue();
        try {
            return split(mapping.getByteArray(HEAD, Math.toIntExact(mapping.getLong(Long.BYTES))));
        } finally {
            Libbpf.shim().regsh_map_munmap(mapping, room + HEAD);
        }
    }

    private static List<String> split(byte[] text) {
        List<String> written = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < text.length; at++) {
            if (text[at] == 0) {
                written.add(new String(text, start, at - start, StandardCharsets.UTF_8));
                start = at + 1;
            }
        }
        return written;
    }
}
