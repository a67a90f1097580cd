// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.ir;

import dev.regsh.bpf.isa.Alu;
import dev.regsh.bpf.isa.Condition;
import dev.regsh.bpf.isa.Helper;
import dev.regsh.bpf.register.Register;
import java.util.List;

/**
 * Writes a program's operations one after the other, each by a method that reads like it: {@code jumpIf(now, GT, until, out)}.
 * Constants stand in the instruction where they fit. What has no number of bytes is of 8.
 */
public final class CodeBuilder {
    private static final int WORD = 8;

    private final OpList ops = new OpList();
    private int values;
    private int labels;
    private int stackBytes;

    /** What follows comes from this column of the source. */
    public void column(int from) {
        ops.column(from);
    }

    public int column() {
        return ops.column();
    }

    /** What this writes comes from that column of the source. */
    public void at(int from, Runnable body) {
        int before = column();
        column(from);
        body.run();
        column(before);
    }

    /** A new value, assigned later. */
    public Value variable() {
        return Value.numbered(values++);
    }

    /** A new value that holds this, for what takes no constant or uses it often. */
    public Value constant(long value) {
        return copy(Value.of(value));
    }

    /** The same in a new value, free to be changed. */
    public Value copy(Value of) {
        Value made = variable();
        set(made, of);
        return made;
    }

    /** The value itself if it is numbered, else one that holds it. */
    public Value numbered(Value value) {
        return value.isConstant() ? copy(value) : value;
    }

    public void set(Value variable, Value to) {
        ops.add(to.isConstant() ? new Op.Constant(variable.number(), to.constant())
                : new Op.Copy(variable.number(), to.number()));
    }

    /** The whole of a register of the probe's context, or what holds the part that this is. */
    public Value contextWord(Register register) {
        return contextWord(register.slot());
    }

    public Value contextWord(int slot) {
        Value word = variable();
        ops.add(new Op.ContextLoad(word.number(), slot));
        return word;
    }

    public void setContextWord(int slot, Value to) {
        ops.add(new Op.ContextStore(slot, numbered(to).number()));
    }

    public Value load(Value base, int offset) {
        return load(WORD, base, offset);
    }

    /** Zero-extended. */
    public Value load(int bytes, Value base, int offset) {
        Value loaded = variable();
        ops.add(new Op.Load(loaded.number(), bytes, base.number(), offset));
        return loaded;
    }

    public void store(Value base, int offset, Value value) {
        ops.add(new Op.Store(base.number(), offset, numbered(value).number()));
    }

    public void atomicAdd(Value base, int offset, Value more) {
        ops.add(new Op.AtomicAdd(base.number(), offset, numbered(more).number()));
    }

    /** What was there before; kernels from 5.12. */
    public Value fetchAndAdd(Value base, int offset, Value more) {
        Value value = copy(more);
        ops.add(new Op.AtomicFetchAdd(base.number(), offset, value.number()));
        return value;
    }

    /** A pointer into a map's only value. */
    public Value mapValue(String map, int offset) {
        Value pointer = variable();
        ops.add(new Op.MapValue(pointer.number(), map, offset));
        return pointer;
    }

    /** The offset of so many bytes of stack from the frame pointer, a multiple of 8. */
    public int stack(int bytes) {
        stackBytes += (bytes + 7) & ~7;
        return -stackBytes;
    }

    public Value loadStack(int at) {
        return loadStack(WORD, at);
    }

    /** Zero-extended. */
    public Value loadStack(int bytes, int at) {
        Value loaded = variable();
        ops.add(new Op.StackLoad(loaded.number(), bytes, at));
        return loaded;
    }

    public void storeStack(int at, long value) {
        storeStack(WORD, at, Value.of(value));
    }

    public void storeStack(int at, Value value) {
        storeStack(WORD, at, value);
    }

    public void storeStack(int bytes, int at, Value value) {
        if (value.isImmediate()) {
            ops.add(new Op.StackStoreConstant(bytes, at, (int) value.constant()));
        } else {
            ops.add(new Op.StackStore(bytes, at, numbered(value).number()));
        }
    }

    /** {@code value = value operation by}. */
    public void alu(Value value, Alu operation, long by) {
        alu(value, operation, Value.of(by));
    }

    public void alu(Value value, Alu operation, Value by) {
        if (by.isImmediate()) {
            ops.add(new Op.BinaryConstant(operation, value.number(), (int) by.constant()));
        } else {
            ops.add(new Op.Binary(operation, value.number(), numbered(by).number()));
        }
    }

    public void negate(Value value) {
        ops.add(new Op.Negate(value.number()));
    }

    public void complement(Value value) {
        alu(value, Alu.XOR, -1);
    }

    /** Cuts a value to its lowest bits and extends it by their sign or by zeros: by shifts, since a mask may fit no instruction. */
    public void cut(Value value, int bits, boolean signed) {
        if (bits < Long.SIZE) {
            alu(value, Alu.LSH, Long.SIZE - bits);
            alu(value, signed ? Alu.ARSH : Alu.RSH, Long.SIZE - bits);
        }
    }

    public Label label() {
        return new Label(labels++);
    }

    /** What jumps to the label goes on here. */
    public void place(Label label) {
        ops.add(new Op.Place(label.number()));
    }

    public void jump(Label to) {
        ops.add(new Op.Jump(to.number()));
    }

    public void jumpIf(Value left, Condition condition, long right, Label to) {
        jumpIf(left, condition, Value.of(right), to);
    }

    /** Always a conditional jump, of constants too: the verifier refuses code that nothing can reach. */
    public void jumpIf(Value left, Condition condition, Value right, Label to) {
        int one = numbered(left).number();
        ops.add(right.isImmediate() ? new Op.BranchConstant(condition, one, (int) right.constant(), to.number())
                : new Op.Branch(condition, one, numbered(right).number(), to.number()));
    }

    /** Runs the body's code only where the condition holds. */
    public void when(Value left, Condition condition, long right, Runnable body) {
        Label past = label();
        jumpIf(left, condition.negated(), right, past);
        body.run();
        place(past);
    }

    /** A call's result. */
    public Value call(Helper helper, Argument... arguments) {
        Value result = variable();
        call(result, Target.of(helper), arguments);
        return result;
    }

    /** A call whose result goes into that value. */
    public void call(Value result, Target target, Argument... arguments) {
        ops.add(new Op.Call(target, result.number(), List.of(arguments)));
    }

    /** A call whose result nobody asks for. */
    public void run(Helper helper, Argument... arguments) {
        run(Target.of(helper), arguments);
    }

    public void run(Target target, Argument... arguments) {
        ops.add(new Op.Call(target, Op.NONE, List.of(arguments)));
    }

    /** Ends the program. */
    public void exit() {
        ops.add(new Op.Exit());
    }

    public Code finish() {
        return ops.finish(values, labels, stackBytes);
    }
}
