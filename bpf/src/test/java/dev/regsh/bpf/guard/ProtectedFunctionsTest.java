// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What functions of real kernels are: protected-names.txt. */
class ProtectedFunctionsTest {
    @TestFactory
    Stream<DynamicTest> namesOfKernels() throws IOException {
        String text;
        try (InputStream in = ProtectedFunctionsTest.class.getResourceAsStream("protected-names.txt")) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        return text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).map(line -> {
            int colon = line.indexOf(": ");
            String wanted = line.substring(0, colon);
            return DynamicTest.dynamicTest(line, () -> Arrays.stream(line.substring(colon + 2).split(" "))
                    .forEach(name -> assertEquals(wanted + " " + name, protection(name) + " " + name)));
        });
    }

    private static String protection(String name) {
        int colon = name.indexOf(':');
        String module = colon < 0 ? "" : name.substring(0, colon);
        return ProtectedFunctions.of(module, name.substring(colon + 1))
                .map(entry -> entry.protection().name().toLowerCase(Locale.ROOT).replace('_', ' ')).orElse("none");
    }

    /** Says what each of the names on standard input is, such as those of a kernel's available_filter_functions. */
    public static void main(String[] arguments) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String name = in.readLine(); name != null; name = in.readLine()) {
            System.out.println(protection(name) + ": " + name);
        }
    }
}
