// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.plan;

import dev.regsh.bpf.typed.Expr;
import dev.regsh.bpf.typed.MemoryOperand;
import dev.regsh.bpf.typed.StringSource;
import dev.regsh.grammar.expression.BinaryOperator;

/** A typed expression as one would write it, with all that the compiler found: {@code ((s32)rdi s> 5)}. */
final class ExpressionText implements Expr.Visitor<String>, StringSource.Visitor<String> {
    private static final ExpressionText TEXT = new ExpressionText();
    /** Signed numbers below are shown in decimal. */
    private static final int DECIMAL = 1 << 16;

    private ExpressionText() {}

    static String of(Expr expression) {
        return expression.accept(TEXT);
    }

    static String of(StringSource source) {
        return source.accept(TEXT);
    }

    static String of(MemoryOperand place) {
        String offset = place.offset() == 0 ? "" : place.offset() < 0 ? " - " + -place.offset() : " + " + place.offset();
        String bits = place.isBitField() ? " bits " + place.shift() + " to " + (place.shift() + place.bits() - 1) : "";
        return user(place.user()) + type(place.bytes(), place.signed()) + "[" + of(place.address()) + offset + "]" + bits;
    }

    private static String user(boolean user) {
        return user ? "user " : "";
    }

    private static String type(int bytes, boolean signed) {
        return (signed ? "s" : "u") + bytes * 8;
    }

    @Override
    public String visitConstant(Expr.Constant constant) {
        return constant.signed() && Math.abs(constant.value()) < DECIMAL ? Long.toString(constant.value())
                : "0x" + Long.toHexString(constant.value());
    }

    @Override
    public String visitRegisterValue(Expr.RegisterValue value) {
        return value.register().name();
    }

    @Override
    public String visitContext(Expr.Context context) {
        return context.name().keyword();
    }

    @Override
    public String visitEntryValue(Expr.EntryValue value) {
        return value.register().name() + " at entry";
    }

    @Override
    public String visitCast(Expr.Cast cast) {
        return "(" + type(cast.bytes(), cast.signed()) + ")" + of(cast.operand());
    }

    @Override
    public String visitNegate(Expr.Negate negate) {
        return "-" + of(negate.operand());
    }

    @Override
    public String visitComplement(Expr.Complement complement) {
        return "~" + of(complement.operand());
    }

    @Override
    public String visitNot(Expr.Not not) {
        return "!" + of(not.operand());
    }

    @Override
    public String visitBinary(Expr.Binary binary) {
        boolean depends = switch (binary.operator()) {
            case DIVIDE, REMAINDER, SHIFT_RIGHT, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> true;
            default -> false;
        };
        return "(" + of(binary.left()) + " " + (depends && binary.asSigned() ? "s" : "") + binary.operator().symbol() + " "
                + of(binary.right()) + ")";
    }

    @Override
    public String visitChoice(Expr.Choice choice) {
        return "(" + of(choice.condition()) + " ? " + of(choice.then()) + " : " + of(choice.otherwise()) + ")";
    }

    @Override
    public String visitLoad(Expr.Load load) {
        return of(load.place());
    }

    @Override
    public String visitStringTest(Expr.StringTest test) {
        BinaryOperator operator = test.glob() ? BinaryOperator.MATCH : test.negated() ? BinaryOperator.NOT_EQUAL
                : BinaryOperator.EQUAL;
        return of(test.source()) + " " + operator.symbol() + " \"" + test.text() + "\"";
    }

    @Override
    public String visitComm(StringSource.Comm comm) {
        return "comm";
    }

    @Override
    public String visitMemory(StringSource.Memory memory) {
        return user(memory.user()) + "str(" + of(memory.address()) + ")";
    }
}
