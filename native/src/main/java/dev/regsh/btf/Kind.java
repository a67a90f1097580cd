// SPDX-License-Identifier: Apache-2.0
package dev.regsh.btf;

/** The kinds of BTF types, in the order of their numbers (include/uapi/linux/btf.h). */
public enum Kind {
    VOID, INT, POINTER, ARRAY, STRUCT, UNION, ENUM, FORWARD, TYPEDEF, VOLATILE, CONST, RESTRICT, FUNCTION, PROTOTYPE,
    VARIABLE, SECTION, FLOAT, DECL_TAG, TYPE_TAG, ENUM64;

    private static final Kind[] ALL = values();

    static Kind of(int number) {
        if (number >= ALL.length) {
            throw new BtfException("a type of the unknown kind " + number);
        }
        return ALL[number];
    }

    /** Says nothing about the value itself: qualifiers, tags and typedefs. */
    public boolean isAlias() {
        return this == TYPEDEF || this == VOLATILE || this == CONST || this == RESTRICT || this == TYPE_TAG;
    }

    public boolean isStruct() {
        return this == STRUCT || this == UNION;
    }
}
