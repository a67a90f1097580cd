// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.encode.Alu;
import dev.regsh.bpf.encode.Helper;
import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.CodeBuilder;
import dev.regsh.bpf.ir.Op;
import dev.regsh.bpf.ir.Target;
import java.util.Arrays;
import java.util.List;

/** What all parts of one program share: the code, where it goes when memory is unreadable, space for short use. */
final class Frame {
    static final int WORD = 8;

    final CodeBuilder code = new CodeBuilder();
    private final int faultLabel = code.newLabel();
    private boolean faults;
    private int word;
    private int text;
    private int textBytes;

    /** Where to jump when memory cannot be read or written. */
    int fault() {
        faults = true;
        return faultLabel;
    }

    boolean faults() {
        return faults;
    }

    /** 8 bytes of stack that hold nothing across two uses. */
    int word() {
        if (word == 0) {
            word = code.newStack(WORD);
        }
        return word;
    }

    /** The same of many bytes. */
    int text(int bytes) {
        if (bytes > textBytes) {
            text = code.newStack(bytes);
            textBytes = bytes;
        }
        return text;
    }

    int call(Helper helper, Argument... arguments) {
        int result = code.newValue();
        code.add(new Op.Call(new Target.Helper(helper), result, List.of(arguments)));
        return result;
    }

    void callOnly(Helper helper, Argument... arguments) {
        code.add(new Op.Call(new Target.Helper(helper), Op.NONE, Arrays.asList(arguments)));
    }

    int constant(long value) {
        int made = code.newValue();
        code.add(new Op.Constant(made, value));
        return made;
    }

    int copy(int value) {
        int made = code.newValue();
        code.add(new Op.Copy(made, value));
        return made;
    }

    /** The value as a number of its own. */
    int id(Value value) {
        return value.isConstant() ? constant(value.constant()) : value.id();
    }

    static Argument argument(Value value) {
        return value.isConstant() ? new Argument.Constant(value.constant()) : new Argument.Value(value.id());
    }

    /** Cuts a value to its lowest bits and extends it by their sign or by zeros. */
    void cut(int value, int bits, boolean signed) {
        if (bits < 64) {
            code.add(new Op.BinaryConstant(Alu.LSH, true, value, 64 - bits));
            code.add(new Op.BinaryConstant(signed ? Alu.ARSH : Alu.RSH, true, value,
                    64 - bits));
        }
    }
}
