// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.CodeBuilder;
import dev.regsh.bpf.ir.Label;
import dev.regsh.bpf.ir.Value;
import dev.regsh.bpf.isa.Alu;
import dev.regsh.bpf.isa.Condition;
import dev.regsh.bpf.isa.Helper;
import dev.regsh.bpf.type.Type;
import dev.regsh.bpf.type.TypeSource;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Whether the processor compares a task's returns with a second stack (Linux, Documentation/arch/x86/shstk.rst and
 * Documentation/arch/arm64/gcs.rst): a return that it does not know of kills the task. The kernel has the answer in task_struct,
 * where BTF says.
 */
final class ShadowStack {
    /** Any function of every kernel whose first parameter is a struct task_struct *. */
    private static final String TAKES_A_TASK = "wake_up_process";
    /** In struct thread_struct, on x86-64 and on arm64. */
    private static final List<String> FIELDS = List.of("features", "gcs_el0_mode");
    /** ARCH_SHSTK_SHSTK (arch/x86/include/uapi/asm/prctl.h), PR_SHADOW_STACK_ENABLE (include/uapi/linux/prctl.h). */
    private static final int ENABLED = 1;

    private final TypeSource types;
    /** Looked for when it is needed: few rules do. */
    private @Nullable OptionalInt features;

    ShadowStack(TypeSource types) {
        this.types = types;
    }

    private OptionalInt features() {
        if (features == null) {
            features = types.function(TAKES_A_TASK, "").filter(function -> !function.parameters().isEmpty())
                    .map(function -> function.parameters().get(0).type())
                    .map(type -> type instanceof Type.Pointer pointer
                            ? thread(pointer.target().get()) : OptionalInt.empty())
                    .orElse(OptionalInt.empty());
        }
        return features;
    }

    private static OptionalInt thread(Type task) {
        return FIELDS.stream().map(field -> member(task, 0, "thread", field)).filter(OptionalInt::isPresent).findFirst()
                .orElse(OptionalInt.empty());
    }

    /** In bytes, where the last of nested members is; empty: there are no such. */
    private static OptionalInt member(Type type, int offset, String... path) {
        for (String name : path) {
            Type.Member member = type instanceof Type.Struct struct ? struct.fields().stream()
                    .filter(each -> each.name().equals(name)).findFirst().orElse(null) : null;
            if (member == null) {
                return OptionalInt.empty();
            }
            offset += member.bitOffset() / 8;
            type = member.type();
        }
        return OptionalInt.of(offset);
    }

    /** False: programs have none on this kernel. */
    boolean possible() {
        return features().isPresent();
    }

    /** Code that jumps where the current task has one. */
    void check(CodeBuilder code, MemoryLowering memory, Label has) {
        Value task = code.call(Helper.GET_CURRENT_TASK);
        code.alu(task, Alu.ADD, features().orElseThrow());
        Value features = memory.readWord(false, task, "whether the task has a shadow stack");
        code.alu(features, Alu.AND, ENABLED);
        code.jumpIf(features, Condition.NE, 0, has);
    }
}
