// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.resolve;

import dev.regsh.bpf.register.Register;
import dev.regsh.bpf.register.RegisterTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Names in a rule to registers. */
public final class RegisterNames {
    private RegisterNames() {}

    /** A register by its own name or as arg0 to arg5; null: there is none. */
    public static Register find(RegisterTable table, String name) {
        Register register = table.named(name);
        if (register == null && name.length() == 4 && name.startsWith("arg") && Character.isDigit(name.charAt(3))) {
            int number = name.charAt(3) - '0';
            return number < table.arguments().size() ? table.arguments().get(number) : null;
        }
        return register;
    }

    /** Registers whose names differ from this one in one letter, or in their case. */
    public static List<String> near(RegisterTable table, String name) {
        List<String> found = new ArrayList<>();
        String lower = name.toLowerCase(Locale.ROOT);
        for (Register register : table.all()) {
            String other = register.name();
            int common = 0;
            for (int i = 0; i < Math.min(other.length(), lower.length()); i++) {
                common += other.charAt(i) == lower.charAt(i) ? 1 : 0;
            }
            if (other.length() == lower.length() && common >= other.length() - 1 && other.length() > 1 && found.size() < 6) {
                found.add(other);
            }
        }
        return found;
    }
}
