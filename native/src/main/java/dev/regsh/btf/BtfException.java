// SPDX-License-Identifier: Apache-2.0
package dev.regsh.btf;

import java.util.Objects;

/** BTF that is damaged, or of a form this program does not know. */
public final class BtfException extends RuntimeException {
    BtfException(String what) {
        super("the kernel's BTF holds " + what, null, false, false);
    }

    /** There always is one. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
