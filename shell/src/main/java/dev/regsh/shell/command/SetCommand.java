// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.shell.option.Options;
import dev.regsh.shell.output.Column;
import dev.regsh.shell.output.Output;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code set}: shows or changes the shell's options. */
final class SetCommand extends RegshCommand {
    private final Options options;
    private final Output output;

    SetCommand(Options options, Output output) {
        super("set", "[OPTION on|off]", "shows or changes the options of the shell");
        this.options = options;
        this.output = output;
    }

    @Override
    String details() {
        StringBuilder text = new StringBuilder("Registers are set by rules: on FUNCTION set REGISTER=VALUE.");
        Options.meanings().forEach((name, meaning) -> text.append(String.format("%n%-12s %s", name, meaning)));
        return text.toString();
    }

    @Override
    List<String> examples() {
        return List.of("set", "set events off");
    }

    @Override
    void check(List<String> words) {
        if (words.size() == 2) {
            options.check(words.get(0), words.get(1));
        } else {
            none(words);
        }
    }

    @Override
    void run(List<String> words) {
        if (words.size() == 2) {
            options.set(words.get(0), words.get(1));
            return;
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        options.all().forEach((name, value) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", name);
            row.put("on", value);
            row.put("meaning", Options.meanings().get(name));
            rows.add(row);
        });
        output.table("option", List.of(Column.of("name"), new Column("on", "value", 0, on -> on.equals(true) ? "on" : "off"),
                Column.of("meaning")), rows);
    }
}
