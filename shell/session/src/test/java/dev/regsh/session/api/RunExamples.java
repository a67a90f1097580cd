// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.api;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Runs {@link ExampleTest} where there is no Maven: in a guest, whose kernel can be changed; a line a test, as scripts/e2e has them. */
final class RunExamples {
    private RunExamples() {}

    public static void main(String[] none) throws Exception {
        for (Method test : ExampleTest.class.getDeclaredMethods()) {
            if (test.isAnnotationPresent(Test.class)) {
                ExampleTest example = new ExampleTest();
                example.folder = Files.createTempDirectory("example");
                System.out.println(run(example, test));
            }
        }
    }

    private static String run(ExampleTest example, Method test) throws IllegalAccessException {
        try {
            test.setAccessible(true);
            test.invoke(example);
            return "ok   library: " + test.getName();
        } catch (InvocationTargetException failed) {
            Throwable cause = Objects.requireNonNull(failed.getCause());
            return (cause instanceof TestAbortedException ? "skip library: " : "FAIL library: ") + test.getName() + ": "
                    + cause.getMessage();
        }
    }
}
