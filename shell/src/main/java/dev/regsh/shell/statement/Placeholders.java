// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.statement;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** For reading a script before it is run: what a variable will hold is not known yet, so each holds a number. */
public final class Placeholders extends AbstractMap<String, String> {
    static final String VALUE = "1";

    private final Map<String, String> known;

    public Placeholders(Map<String, String> known) {
        this.known = known;
    }

    @Override
    public @Nullable String get(Object name) {
        String value = known.get(name);
        boolean argument = Character.isDigit(String.valueOf(name).charAt(0));
        return value != null || argument ? value : VALUE;
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return known.entrySet();
    }
}
