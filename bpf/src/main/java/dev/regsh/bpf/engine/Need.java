// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.engine;

import dev.regsh.bpf.typed.TypedRule;
import java.util.EnumSet;
import java.util.Set;

/** Something a rule does that takes an engine. */
enum Need {
    KERNEL_REGISTERS("change registers of a kernel function"),
    KERNEL_SKIP("skip a kernel function"),
    KERNEL_RETURN("change what a kernel function returned"),
    KERNEL_GOTO("send a call to another kernel function"),
    KERNEL_MEMORY("write kernel memory"),
    USER_REGISTERS("change registers of a user program"),
    USER_SKIP("skip a function of a user program"),
    USER_RETURN("change what a function of a user program returned"),
    USER_GOTO("send a call to another function of a user program");

    private final String words;

    Need(String words) {
        this.words = words;
    }

    /** As it follows "no engine here can". */
    String words() {
        return words;
    }

    boolean user() {
        return compareTo(USER_REGISTERS) >= 0;
    }

    static Set<Need> of(TypedRule rule) {
        Set<Need> needs = EnumSet.noneOf(Need.class);
        boolean user = rule.user();
        if (!rule.registers().isEmpty() && rule.after()) {
            needs.add(user ? USER_RETURN : KERNEL_RETURN);
        } else if (!rule.registers().isEmpty()) {
            needs.add(user ? USER_REGISTERS : KERNEL_REGISTERS);
        }
        if (rule.result().isPresent()) {
            needs.add(user ? USER_SKIP : KERNEL_SKIP);
        }
        if (rule.jump().isPresent()) {
            needs.add(user ? USER_GOTO : KERNEL_GOTO);
        }
        if (rule.memory().stream().anyMatch(write -> !write.place().user())) {
            needs.add(KERNEL_MEMORY);
        }
        return needs;
    }
}
