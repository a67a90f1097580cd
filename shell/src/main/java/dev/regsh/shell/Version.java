// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell;

/** The version the build was made with. */
public final class Version {
    private Version() {}

    public static String current() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "(unpackaged)" : version;
    }
}
