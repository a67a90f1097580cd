// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.util.regex.Pattern;

/**
 * C++ names as they are written in the source, by the C++ library itself ({@code __cxa_demangle} of the Itanium C++ ABI):
 * it is wherever a C++ program runs. Without it only mangled names work.
 */
final class Demangler {
    /** What is longer comes from templates nobody types, or from somebody who wants the demangler's stack to overflow. */
    private static final int LONGEST = 2048;
    /** Repetitions of an earlier part: each can double the name, so that two thousand letters mean more than any memory. */
    private static final Pattern REPETITION = Pattern.compile("[ST][0-9A-Z]*_");
    private static final int MOST_REPETITIONS = 24;

    private interface LibStdCpp extends Library {
        Pointer __cxa_demangle(String mangled, Pointer buffer, Pointer length, IntByReference status);
    }

    private static LibStdCpp library;
    private static boolean sought;

    private Demangler() {}

    private static synchronized LibStdCpp library() {
        if (!sought) {
            sought = true;
            try {
                library = Native.load("libstdc++.so.6", LibStdCpp.class);
            } catch (UnsatisfiedLinkError absent) {
                library = null;
            }
        }
        return library;
    }

    /** Empty where the name is no C++ name. */
    static String demangle(String name) {
        LibStdCpp cpp = name.startsWith("_Z") && name.length() <= LONGEST
                && REPETITION.matcher(name).results().limit(MOST_REPETITIONS + 1).count() <= MOST_REPETITIONS
                ? library() : null;
        Pointer written = cpp == null ? null : cpp.__cxa_demangle(name, null, null, new IntByReference());
        if (written == null) {
            return "";
        }
        try {
            return written.getString(0);
        } finally {
            Native.free(Pointer.nativeValue(written));
        }
    }
}
