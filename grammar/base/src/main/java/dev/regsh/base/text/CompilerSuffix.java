// SPDX-License-Identifier: Apache-2.0
package dev.regsh.base.text;

import java.util.regex.Pattern;

/** What compilers write behind the name of a function, in the kernel and in user programs. */
public final class CompilerSuffix {
    private static final Pattern COLD = Pattern.compile("\\.cold(\\.\\d+)?$");
    private static final Pattern CLONE = Pattern.compile("\\.(isra|constprop|part)\\.");

    private CompilerSuffix() {}

    /** It is a part of a function that is seldom run and was moved away: nothing enters it as a function. */
    public static boolean isColdPart(String name) {
        return COLD.matcher(name).find();
    }

    /** The function that such a part is of; any other name as it is. */
    public static String withoutCold(String name) {
        return COLD.matcher(name).replaceFirst("");
    }

    /** It was made of another function: its arguments may be others. */
    public static boolean isClone(String name) {
        return CLONE.matcher(name).find();
    }
}
