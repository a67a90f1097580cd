// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.log;

import org.apache.commons.logging.Log;
import org.slf4j.LoggerFactory;

/** The log file, opened when something is logged; it takes what logback.xml says: no debugging. */
record LogFile(String name) implements Log {
    @Override
    public boolean isFatalEnabled() {
        return true;
    }

    @Override
    public void fatal(Object message) {
        LoggerFactory.getLogger(name).error(String.valueOf(message));
    }

    @Override
    public void fatal(Object message, Throwable thrown) {
        LoggerFactory.getLogger(name).error(String.valueOf(message), thrown);
    }

    @Override
    public boolean isErrorEnabled() {
        return true;
    }

    @Override
    public void error(Object message) {
        LoggerFactory.getLogger(name).error(String.valueOf(message));
    }

    @Override
    public void error(Object message, Throwable thrown) {
        LoggerFactory.getLogger(name).error(String.valueOf(message), thrown);
    }

    @Override
    public boolean isWarnEnabled() {
        return true;
    }

    @Override
    public void warn(Object message) {
        LoggerFactory.getLogger(name).warn(String.valueOf(message));
    }

    @Override
    public void warn(Object message, Throwable thrown) {
        LoggerFactory.getLogger(name).warn(String.valueOf(message), thrown);
    }

    @Override
    public boolean isInfoEnabled() {
        return true;
    }

    @Override
    public void info(Object message) {
        LoggerFactory.getLogger(name).info(String.valueOf(message));
    }

    @Override
    public void info(Object message, Throwable thrown) {
        LoggerFactory.getLogger(name).info(String.valueOf(message), thrown);
    }

    @Override
    public boolean isDebugEnabled() {
        return false;
    }

    @Override
    public void debug(Object message) {
        // Below what the log file takes.
    }

    @Override
    public void debug(Object message, Throwable thrown) {
        // As above.
    }

    @Override
    public boolean isTraceEnabled() {
        return false;
    }

    @Override
    public void trace(Object message) {
        // Below what the log file takes.
    }

    @Override
    public void trace(Object message, Throwable thrown) {
        // As above.
    }
}
