// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.commandline;

/** The version the build was made with. */
public final class Version {
    private Version() {}

    public static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "(unpackaged)" : version;
    }
}
