// SPDX-License-Identifier: Apache-2.0
package dev.regsh.btf;

import dev.regsh.base.errno.KernelException;
import dev.regsh.libbpf.BtfFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The types of the kernel, or of a module on top of the kernel's (its ids and strings count on from there). Types are
 * known by their id; 0 is void. Not for hostile data, but damage is a {@link BtfException}, not a crash. Thread-safe.
 */
public final class Btf {
    private static final int EINVAL = 22;
    private static final int ARRAY_ELEMENT = 0;
    private static final int ARRAY_LENGTH = 8;
    /** More aliases in a row are a cycle. */
    private static final int DEEPEST = 64;

    /**
     * A member of a struct or union; without a name it is an anonymous struct or union.
     *
     * @param bitOffset from the start of the struct
     * @param bitWidth of a bit-field; 0: none
     */
    public record Member(String name, int type, int bitOffset, int bitWidth) {}

    /** @param type 0 with an empty name is the {@code ...} at the end */
    public record Parameter(String name, int type) {}

    public record EnumValue(String name, long value) {}

    private final @Nullable Btf base;
    private final BtfFile file;
    private final int firstId;
    private final int firstString;

    private Btf(@Nullable Btf base, Path path) {
        this.base = base;
        file = open(path, base == null ? null : base.file);
        firstId = base == null ? 1 : base.endId();
        firstString = base == null ? 0 : base.firstString + base.file.stringsSize();
    }

    private static BtfFile open(Path path, @Nullable BtfFile base) {
        try {
            return new BtfFile(path, base);
        } catch (KernelException refused) {
            if (refused.errno() == EINVAL) {
                throw new BtfException("what is damaged, or of an unknown form");
            }
            throw refused;
        }
    }

    /**
     * The kernel's own, /sys/kernel/btf/vmlinux.
     *
     * @throws KernelException with the errno of open(2)
     */
    public static Btf read(Path path) {
        return new Btf(null, path);
    }

    /** A module's, on top of this. */
    public Btf split(Path path) {
        return new Btf(this, path);
    }

    /** One more than the largest id. */
    public int endId() {
        return firstId + file.count();
    }

    /** A function of this file, not of its base. */
    public OptionalInt function(String name) {
        return file.function(name);
    }

    private String string(int offset) {
        if (base != null && Integer.compareUnsigned(offset, firstString) < 0) {
            return base.string(offset);
        }
        if (Integer.compareUnsigned(offset - firstString, file.stringsSize()) >= 0) {
            throw new BtfException("a name outside its strings");
        }
        return file.string(offset - firstString);
    }

    private int word(int id, int offset) {
        if (base != null && Integer.compareUnsigned(id, firstId) < 0) {
            return base.word(id, offset);
        }
        if (id < firstId || id >= endId()) {
            throw new BtfException("a reference to the missing type " + id);
        }
        return file.word(id - firstId, offset);
    }

    private int entryCount(int id) {
        return word(id, 4) & 0xffff;
    }

    private boolean flag(int id) {
        return word(id, 4) < 0;
    }

    public Kind kind(int id) {
        return id == 0 ? Kind.VOID : Kind.of(word(id, 4) >>> 24 & 0x1f);
    }

    /** Empty for a type without one. */
    public String name(int id) {
        return id == 0 ? "void" : string(word(id, 0));
    }

    /** What a pointer, alias, variable or function refers to; the element of an array; what a prototype returns. */
    public int target(int id) {
        return kind(id) == Kind.ARRAY ? word(id, 12 + ARRAY_ELEMENT) : word(id, 8);
    }

    /** The number of elements of an array. */
    public int length(int id) {
        return word(id, 12 + ARRAY_LENGTH);
    }

    /** The type itself, behind typedefs, qualifiers and tags. */
    public int resolve(int id) {
        int at = id;
        for (int depth = 0; kind(at).isAlias(); depth++) {
            if (depth == DEEPEST) {
                throw new BtfException("a cycle of typedefs");
            }
            at = target(at);
        }
        return at;
    }

    /** In bytes; 0 for void, functions and incomplete types. */
    public long size(int id) {
        int type = resolve(id);
        return switch (kind(type)) {
            case INT, STRUCT, UNION, ENUM, ENUM64, FLOAT, SECTION -> word(type, 8) & 0xffffffffL;
            case POINTER -> Long.BYTES;
            case ARRAY -> (length(type) & 0xffffffffL) * size(target(type));
            default -> 0;
        };
    }

    /** Of an integer or enum (before Linux 6.0 enums did not say: false). */
    public boolean signed(int id) {
        int type = resolve(id);
        return kind(type) == Kind.INT ? (word(type, 12) >>> 24 & 1) != 0 : flag(type);
    }

    /** Whether the integer is a {@code _Bool}. */
    public boolean bool(int id) {
        int type = resolve(id);
        return kind(type) == Kind.INT && (word(type, 12) >>> 24 & 4) != 0;
    }

    /** Whether the forward declaration is of a union. */
    boolean forwardUnion(int id) {
        return flag(id);
    }

    /** In the order of declaration; empty for what is no struct or union, or incomplete. */
    public List<Member> members(int id) {
        int type = resolve(id);
        if (!kind(type).isStruct()) {
            return List.of();
        }
        List<Member> members = new ArrayList<>(entryCount(type));
        for (int i = 0; i < entryCount(type); i++) {
            int entry = 12 + i * 12;
            int member = word(type, entry + 4);
            int offset = word(type, entry + 8);
            int width = 0;
            if (flag(type)) {
                width = offset >>> 24;
                offset &= 0xffffff;
            } else if (kind(resolve(member)) == Kind.INT) {
                // The older form: the integer's own description narrows it.
                int bits = word(resolve(member), 12);
                if ((bits & 0xff) != size(member) * 8) {
                    width = bits & 0xff;
                    offset += bits >>> 16 & 0xff;
                }
            }
            members.add(new Member(string(word(type, entry)), member, offset, width));
        }
        return members;
    }

    /** Of a prototype, a function, or a pointer to one. */
    public List<Parameter> parameters(int id) {
        int type = prototype(id);
        List<Parameter> parameters = new ArrayList<>(entryCount(type));
        for (int i = 0; i < entryCount(type); i++) {
            parameters.add(new Parameter(string(word(type, 12 + i * 8)), word(type, 16 + i * 8)));
        }
        return parameters;
    }

    /** The prototype of a function or of a pointer to functions. */
    public int prototype(int id) {
        int type = resolve(id);
        for (int depth = 0; kind(type) == Kind.FUNCTION || kind(type) == Kind.POINTER; depth++) {
            if (depth == DEEPEST) {
                throw new BtfException("a cycle of pointers");
            }
            type = resolve(target(type));
        }
        if (kind(type) != Kind.PROTOTYPE) {
            throw new BtfException("no prototype for the type " + id);
        }
        return type;
    }

    public List<EnumValue> values(int id) {
        int type = resolve(id);
        boolean wide = kind(type) == Kind.ENUM64;
        if (!wide && kind(type) != Kind.ENUM) {
            return List.of();
        }
        List<EnumValue> values = new ArrayList<>(entryCount(type));
        for (int i = 0; i < entryCount(type); i++) {
            int entry = 12 + i * (wide ? 12 : 8);
            int low = word(type, entry + 4);
            long value = wide ? (long) word(type, entry + 8) << 32 | (low & 0xffffffffL)
                    : signed(type) ? low : low & 0xffffffffL;
            values.add(new EnumValue(string(word(type, entry)), value));
        }
        return values;
    }
}
