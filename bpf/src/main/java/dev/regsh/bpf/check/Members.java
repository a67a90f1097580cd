// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.base.text.Listing;
import dev.regsh.base.text.Nearest;
import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.type.Type;
import dev.regsh.bpf.type.TypeText;
import dev.regsh.bpf.typed.Expr;
import dev.regsh.grammar.expression.Expression;
import java.util.List;

/** Fields of structs by their names, and elements of arrays by their numbers. */
final class Members {
    private static final int MOST_FIELDS = 12;

    private Members() {}

    /** The member that a field names. */
    static Type.Member member(Type.Struct struct, Expression.Field field) {
        List<Type.Member> fields = struct.fields();
        for (Type.Member member : fields) {
            if (member.name().equals(field.name())) {
                return member;
            }
        }
        if (fields.isEmpty()) {
            throw Errors.at(field.span(), "the kernel's BTF does not say what " + TypeText.of(struct) + " holds",
                    "read memory by address: u32[" + field.base().written() + "+8]");
        }
        List<String> names = fields.stream().map(Type.Member::name).toList();
        List<String> near = Nearest.of(field.name(), names, 4);
        throw Errors.at(field.span(), TypeText.of(struct) + " has no field '" + field.name() + "'", near.isEmpty()
                ? "it has " + Listing.some(names, MOST_FIELDS, ", ")
                : Errors.didYouMean(near));
    }

    static void checkDot(Expression.Field field, Type.Struct struct) {
        if (field.arrow()) {
            String label = field.base().written();
            throw Errors.at(field.span(), label + " is a " + TypeText.of(struct) + ", no pointer", "write " + label + "."
                    + field.name());
        }
    }

    static void checkIndex(Expr.Constant number, Type.Array array, String label, Expression.Index index) {
        if (number.value() < 0 || number.value() >= array.length()) {
            throw Errors.at(index.index().span(), label + " has " + array.length() + " elements, [0] to ["
                    + (array.length() - 1) + "]");
        }
    }
}
