// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One spelling for the many of a C++ or Rust name: what people type and what the demangler writes meet in it. It has no blanks,
 * the standard library's own names for strings and streams, no default allocators, {@code const} behind what it is about, no ABI tags,
 * and nothing of Rust's hashes and escapes.
 */
final class Spelling {
    private static final Pattern INLINE_NAMESPACE = Pattern.compile("\\bstd::(__cxx11|__1|__ndk1)::");
    private static final Pattern ABI_TAG = Pattern.compile("\\[abi:[^\\]]*\\]");
    private static final Pattern TEXT = Pattern.compile("\\bstd::basic_(string|ostream|istream|iostream|ostringstream|stringstream"
            + "|istringstream|string_view)<char, std::char_traits<char>(, std::allocator<char>)? ?>");
    private static final Pattern LEADING_CONST = Pattern.compile("\\bconst ([A-Za-z_][\\w:]*(?:<[^<>]*>)?)(?= ?[&*])");
    private static final String ALLOCATOR = ", std::allocator<";
    /** A hash that the compiler of Rust adds to every name (its legacy mangling). */
    private static final Pattern RUST_HASH = Pattern.compile("::h[0-9a-f]{16}$");
    private static final Map<String, String> RUST_ESCAPES = Map.of("$LT$", "<", "$GT$", ">", "$RF$", "&", "$BP$", "*",
            "$C$", ",", "$LP$", "(", "$RP$", ")", "$u20$", " ", "$u7b$", "{", "$u7d$", "}");

    private Spelling() {}

    static String of(String name) {
        String plain = rust(name);
        if (plain.indexOf(':') >= 0 || plain.indexOf('<') >= 0 || plain.indexOf('(') >= 0) {
            plain = INLINE_NAMESPACE.matcher(plain).replaceAll("std::");
            plain = ABI_TAG.matcher(plain).replaceAll("");
            plain = TEXT.matcher(plain).replaceAll("std::$1");
            plain = withoutAllocators(plain);
            plain = LEADING_CONST.matcher(plain).replaceAll("$1 const");
        }
        return plain.replace(" ", "");
    }

    /** Every spelling by which a written function can be named: with and without parameters, result and template arguments. */
    static Set<String> all(String written) {
        Set<String> all = new LinkedHashSet<>();
        String bare = CppNames.withoutParameters(written);
        String parameters = written.substring(bare.length());
        String name = withoutResult(bare);
        all.add(of(written));
        all.add(of(bare));
        all.add(of(name + parameters));
        all.add(of(name));
        all.add(of(withoutArguments(name)));
        return all;
    }

    private static String rust(String name) {
        String plain = RUST_HASH.matcher(name).replaceFirst("");
        if (plain.indexOf('$') < 0) {
            return plain;
        }
        for (Map.Entry<String, String> escape : RUST_ESCAPES.entrySet()) {
            plain = plain.replace(escape.getKey(), escape.getValue());
        }
        // What would begin with an escape has an underscore before it; two dots stand for colons inside one part.
        return plain.replace("_<", "<").replace("..", "::");
    }

    private static String withoutAllocators(String name) {
        StringBuilder plain = new StringBuilder(name);
        for (int at = plain.indexOf(ALLOCATOR); at >= 0; at = plain.indexOf(ALLOCATOR, at)) {
            int end = at + ALLOCATOR.length();
            for (int depth = 1; depth > 0 && end < plain.length(); end++) {
                depth += plain.charAt(end) == '<' ? 1 : plain.charAt(end) == '>' ? -1 : 0;
            }
            plain.delete(at, end);
        }
        return plain.toString();
    }

    /** The demangler writes the result of templates before the name: {@code void ns::f<int>}. */
    private static String withoutResult(String bare) {
        int depth = 0;
        int start = 0;
        for (int at = 0; at < bare.length() && !bare.startsWith("operator", at); at++) {
            char c = bare.charAt(at);
            depth += c == '<' || c == '(' || c == '{' ? 1 : c == '>' || c == ')' || c == '}' ? -1 : 0;
            if (c == ' ' && depth == 0) {
                start = at + 1;
            }
        }
        return bare.substring(start);
    }

    /** {@code ns::f<int>} to {@code ns::f}; only those of the function itself, not of its class. */
    private static String withoutArguments(String name) {
        if (!name.endsWith(">") || name.contains("operator")) {
            return name;
        }
        int depth = 0;
        for (int at = name.length() - 1; at > 0; at--) {
            depth += name.charAt(at) == '>' ? 1 : name.charAt(at) == '<' ? -1 : 0;
            if (depth == 0) {
                return name.substring(0, at);
            }
        }
        return name;
    }
}
