// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.guard;

import dev.regsh.base.text.Glob;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The functions a machine, or the end of a rule, depends on: {@code protected-functions.txt}, which says how it is written. */
public final class ProtectedFunctions {
    /** @param module its names begin with a module's */
    private record Family(Glob names, boolean module, ProtectedFunction entry) {}

    private static final String SYSCALL = "syscall:";
    /**
     * What may stand before a system call's name: the entries an architecture makes (include/linux/syscalls.h,
     * arch/.../include/asm/syscall_wrapper.h) and what they have called ever since.
     */
    private static final Pattern SYSCALL_ENTRY = Pattern.compile("(?:__(?:x64|ia32|x32|arm64|se|do)_(?:compat_)?|compat_|k|do_|__|)"
            + "sys_(.+?)(?:_time32|_time64)?");
    private static final ProtectedFunctions KERNEL = read("protected-functions.txt");

    private final Map<String, ProtectedFunction> names = new HashMap<>();
    private final List<Family> families = new ArrayList<>();
    private final Map<String, ProtectedFunction> calls = new HashMap<>();

    private ProtectedFunctions() {}

    /**
     * What a function is, by its name; empty: nothing special.
     *
     * @param module empty: the kernel image
     */
    public static Optional<ProtectedFunction> of(String module, String function) {
        return KERNEL.find(module.isEmpty() ? plain(function) : module + ":" + plain(function));
    }

    /** Without what compilers and build options add: {@code .isra.0} and the like, and 6.10's {@code _noprof}. */
    private static String plain(String function) {
        int dot = function.indexOf('.');
        String name = dot > 0 ? function.substring(0, dot) : function;
        return name.endsWith("_noprof") ? name.substring(0, name.length() - "_noprof".length()) : name;
    }

    private Optional<ProtectedFunction> find(String function) {
        ProtectedFunction named = names.get(function);
        if (named != null) {
            return Optional.of(named);
        }
        var entry = SYSCALL_ENTRY.matcher(function);
        if (entry.matches() && calls.containsKey(entry.group(1))) {
            return Optional.of(calls.get(entry.group(1)));
        }
        boolean module = function.indexOf(':') >= 0;
        return families.stream().filter(family -> family.module() == module && family.names().matches(function))
                .map(Family::entry).findFirst();
    }

    private static ProtectedFunctions read(String resource) {
        try (InputStream in = ProtectedFunctions.class.getResourceAsStream(resource)) {
            ProtectedFunctions found = new ProtectedFunctions();
            found.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            return found;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Names stand below the heading that says what they are. */
    private void parse(String text) {
        @Nullable
        ProtectedFunction entry = null;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            if (line.startsWith("[")) {
                int end = line.indexOf(']');
                entry = new ProtectedFunction(Protection.valueOf(line.substring(1, end).toUpperCase(Locale.ROOT).replace(' ', '_')),
                        line.substring(end + 1).strip());
            } else if (entry != null && !line.startsWith("#")) {
                for (String name : line.strip().split("\\s+")) {
                    add(name, entry);
                }
            }
        }
    }

    private void add(String name, ProtectedFunction entry) {
        if (name.startsWith(SYSCALL)) {
            calls.putIfAbsent(name.substring(SYSCALL.length()), entry);
        } else if (Glob.isOne(name)) {
            families.add(new Family(new Glob(name), name.indexOf(':') >= 0, entry));
        } else if (!name.isEmpty()) {
            names.putIfAbsent(name, entry);
        }
    }
}
