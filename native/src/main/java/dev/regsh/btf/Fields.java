// SPDX-License-Identifier: Apache-2.0
package dev.regsh.btf;

import dev.regsh.text.EditDistance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The fields a name can mean in a struct: its members, and those of its anonymous members at their place. */
public final class Fields {
    private static final int DEEPEST = 32;

    private Fields() {}

    /** All of them, offsets counted from the outer struct. */
    public static List<Btf.Member> of(Btf btf, int struct) {
        List<Btf.Member> all = new ArrayList<>();
        collect(btf, struct, 0, 0, all);
        return all;
    }

    public static Optional<Btf.Member> named(Btf btf, int struct, String name) {
        return of(btf, struct).stream().filter(member -> member.name().equals(name)).findFirst();
    }

    /** The fields whose names are most like this one, best first. */
    public static List<String> nearest(Btf btf, int struct, String name, int most) {
        return EditDistance.nearest(name, of(btf, struct).stream().map(Btf.Member::name).toList(), most);
    }

    private static void collect(Btf btf, int struct, int bitOffset, int depth, List<Btf.Member> all) {
        for (Btf.Member member : btf.members(struct)) {
            int offset = bitOffset + member.bitOffset();
            if (!member.name().isEmpty()) {
                all.add(new Btf.Member(member.name(), member.type(), offset, member.bitWidth()));
            } else if (depth < DEEPEST) {
                collect(btf, member.type(), offset, depth + 1, all);
            }
        }
    }
}
