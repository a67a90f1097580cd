// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.log;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What Spring Shell asks for a log, as each of its loops does when it is made. The stock factory would look for its settings in every
 * jar and then start Logback, which takes longer than all the rest of a start; here that waits until something is logged.
 */
final class CommonsLogs extends LogFactory {
    private CommonsLogs() {}

    /** In the place where the stock factory would be kept for the class loader of the application. */
    static void install() {
        factories.put(Thread.currentThread().getContextClassLoader(), new CommonsLogs());
    }

    @Override
    public Log getInstance(Class<?> type) {
        return new LogFile(type.getName());
    }

    @Override
    public Log getInstance(String name) {
        return new LogFile(name);
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return null;
    }

    @Override
    public String[] getAttributeNames() {
        return new String[0];
    }

    @Override
    public void removeAttribute(String name) {
        // There are none.
    }

    @Override
    public void setAttribute(String name, Object value) {
        // There are none.
    }

    @Override
    public void release() {
        // Nothing is kept.
    }
}
