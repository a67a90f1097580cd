// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.bpf.resolve.Binding;
import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.type.Type;
import dev.regsh.bpf.typed.Expr;
import dev.regsh.grammar.source.Span;
import java.util.Optional;

/** Types what names stand for. */
final class NameTyper implements Binding.Visitor<Typed> {
    private final ByValueTyper byValue;
    private final Span span;

    NameTyper(ByValueTyper byValue, Span span) {
        this.byValue = byValue;
        this.span = span;
    }

    @Override
    public Typed visitOfRegister(Binding.OfRegister binding) {
        return Typed.bare(new Expr.RegisterValue(binding.register(), span));
    }

    @Override
    public Typed visitOfContext(Binding.OfContext binding) {
        return Typed.bare(new Expr.Context(binding.name(), span));
    }

    @Override
    public Typed visitComm(Binding.Comm binding) {
        throw Errors.at(span, "comm is a string", "compare it: comm == \"cat\"");
    }

    @Override
    public Typed visitParameter(Binding.Parameter parameter) {
        return extended(parameter.atReturn() ? new Expr.EntryValue(parameter.register(), span)
                : new Expr.RegisterValue(parameter.register(), span), parameter.type());
    }

    @Override
    public Typed visitResult(Binding.Result result) {
        return extended(new Expr.RegisterValue(result.register(), span), result.type());
    }

    @Override
    public Typed visitByValue(Binding.ByValue value) {
        return byValue.number(value, span);
    }

    /** A register as the integer of the type that it carries. */
    private static Typed extended(Expr raw, Optional<Type> type) {
        return type.map(known -> Typed.of(ByValueTyper.bits(raw, 0, (int) known.size() * 8, known.signed(), raw.span()), known))
                .orElse(Typed.bare(raw));
    }
}
