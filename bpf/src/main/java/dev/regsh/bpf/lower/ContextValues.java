// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.CodeBuilder;
import dev.regsh.bpf.ir.Value;
import dev.regsh.bpf.isa.Alu;
import dev.regsh.bpf.isa.Helper;
import dev.regsh.bpf.register.Register;
import dev.regsh.bpf.typed.ContextName;
import java.util.function.Supplier;

/** What expressions ask of the hit itself: registers and the task that is at it. Each is a value of its own. */
final class ContextValues {
    private final Frame frame;
    private final CodeBuilder code;
    /** The count before this hit. */
    private final Supplier<Value> hits;

    ContextValues(Frame frame, Supplier<Value> hits) {
        this.frame = frame;
        code = frame.code;
        this.hits = hits;
    }

    /** A register or a part of one, zero-extended. */
    Value register(Register register) {
        Value value = code.contextWord(register);
        if (register.shift() > 0) {
            code.alu(value, Alu.RSH, register.shift());
        }
        if (register.bits() < 32) {
            code.alu(value, Alu.AND, (1 << register.bits()) - 1);
        } else {
            code.cut(value, register.bits(), false);
        }
        return value;
    }

    Value of(ContextName name) {
        return switch (name) {
            case PID -> code.copy(frame.process());
            case TID -> lowerHalf(code.copy(frame.thread()));
            case UID -> lowerHalf(code.call(Helper.GET_CURRENT_UID_GID));
            case GID -> upperHalf(code.call(Helper.GET_CURRENT_UID_GID));
            case CPU -> lowerHalf(code.call(Helper.GET_SMP_PROCESSOR_ID));
            case CGROUP -> code.call(Helper.GET_CURRENT_CGROUP_ID);
            case TIME -> code.call(Helper.KTIME_GET_NS);
            case HITS -> hits.get();
        };
    }

    private Value upperHalf(Value value) {
        code.alu(value, Alu.RSH, 32);
        return value;
    }

    private Value lowerHalf(Value value) {
        code.cut(value, 32, false);
        return value;
    }
}
