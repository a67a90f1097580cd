// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.bpf.abi.Passing;
import dev.regsh.bpf.register.Register;
import dev.regsh.bpf.resolve.Binding;
import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.resolve.Scope;
import dev.regsh.bpf.type.Type;
import dev.regsh.bpf.typed.Expr;
import dev.regsh.grammar.expression.BinaryOperator;
import dev.regsh.grammar.source.Span;
import java.util.Optional;

/** Structs by value and wide numbers, parameters and results: what of them is a number, where they are, and what they are not. */
final class ByValueTyper {
    private static final int WORD = 64;

    private final Scope scope;

    ByValueTyper(Scope scope) {
        this.scope = scope;
    }

    /** The register that carries all of it, as an integer of its size; empty: none does. */
    static Optional<Register> register(Type type, Passing passing) {
        return type instanceof Type.Struct ? passing.single() : Optional.empty();
    }

    /**
     * The whole as a number.
     *
     * @throws dev.regsh.grammar.diagnostic.DiagnosticException if it is none
     */
    Typed number(Binding.ByValue value, Span span) {
        Register register = register(value.type(), value.passing()).orElseThrow(() -> refusal(value, true, span));
        return Typed.bare(bits(word(register, value, span), 0, (int) value.type().size() * 8, false, span));
    }

    /**
     * The bits of a part of it.
     *
     * @param in how the value is passed
     * @param of the part's type
     * @param bit where it begins
     */
    Expr part(Binding.ByValue value, Passing.InRegisters in, Type of, long bit, int width, String label, Span span) {
        Register register = in.parts().get((int) (bit / WORD)).register().orElseThrow(() -> Errors.at(span, label + " travels in "
                + value.passing() + ": floating point registers are not part of what a probe sees"));
        Spot.checkInteger(of, label, span);
        int shift = (int) (bit % WORD);
        int bits = width > 0 ? width : (int) of.size() * 8;
        if (shift + bits > WORD) {
            throw Errors.at(span, label + " is spread over two registers", "read them by their own names: " + value.passing());
        }
        return bits(word(register, value, span), shift, bits, of.signed(), span);
    }

    /** Where it is in memory; empty: in registers. */
    Optional<Spot> spot(Binding.ByValue value, Span span) {
        return value.passing().accept(new MemoryAddress(scope, value, span))
                .map(address -> new Spot(scope.user(), address, 0, 0, value.type(), span));
    }

    /** @param read not to be written: a field of it would do */
    RuntimeException refusal(Binding.ByValue value, boolean read, Span span) {
        return value.passing().accept(new ByValueRefusal(scope, value, read, span));
    }

    private static Expr word(Register register, Binding.ByValue value, Span span) {
        return value.atReturn() && !value.result() ? new Expr.EntryValue(register, span)
                : new Expr.RegisterValue(register, span);
    }

    /** So many bits of a word, extended. */
    static Expr bits(Expr word, int shift, int bits, boolean signed, Span span) {
        if (bits == WORD) {
            return signed ? new Expr.Cast(8, true, word, span) : word;
        }
        boolean whole = bits == 8 || bits == 16 || bits == 32;
        int above = whole ? 0 : WORD - shift - bits;
        Expr raised = above == 0 ? word : shift(BinaryOperator.SHIFT_LEFT, false, word, above, span);
        Expr lowered = shift + above == 0 ? raised : shift(BinaryOperator.SHIFT_RIGHT, !whole && signed, raised, shift + above,
                span);
        return whole ? new Expr.Cast(bits / 8, signed, lowered, span) : lowered;
    }

    private static Expr shift(BinaryOperator operator, boolean signed, Expr value, int by, Span span) {
        return new Expr.Binary(operator, signed, value, new Expr.Constant(by, true, span), span);
    }
}
