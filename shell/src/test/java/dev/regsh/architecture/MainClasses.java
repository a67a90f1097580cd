// SPDX-License-Identifier: Apache-2.0
package dev.regsh.architecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** Of what is on the class path, all modules' main classes: neither their tests nor what ANTLR made. */
public final class MainClasses implements ImportOption {
    @Override
    public boolean includes(Location location) {
        return !location.contains("test-classes") && !location.contains("-tests.jar") && !location.contains("/grammar/antlr/");
    }
}
