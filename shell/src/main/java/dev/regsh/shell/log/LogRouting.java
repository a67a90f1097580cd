// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.log;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Hands on what libraries, and the Java runtime, log by java.util.logging or commons-logging to the log file: by itself that would write to
 * stderr, with stack traces. The runtime makes one of these when something is first logged so.
 */
public final class LogRouting {
    /** Set before anything logs, it costs nothing until something does. */
    public static void install() {
        System.setProperty("java.util.logging.config.class", LogRouting.class.getName());
        // What it has to say of itself is nothing for stderr either.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        CommonsLogs.install();
    }

    public LogRouting() throws IOException {
        LogManager.getLogManager().readConfiguration(new ByteArrayInputStream(("handlers = " + ToLogFile.class.getName()
                + "\n.level = INFO\n").getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Made by its name, from the configuration above. */
    public static final class ToLogFile extends Handler {
        @Override
        public void publish(LogRecord record) {
            if (isLoggable(record)) {
                LoggingEventBuilder event = LoggerFactory.getLogger(String.valueOf(record.getLoggerName())).atLevel(
                        record.getLevel().intValue() >= Level.SEVERE.intValue() ? org.slf4j.event.Level.ERROR
                                : record.getLevel().intValue() >= Level.WARNING.intValue() ? org.slf4j.event.Level.WARN
                                : org.slf4j.event.Level.INFO);
                event.setCause(record.getThrown()).log(String.valueOf(record.getMessage()));
            }
        }

        @Override
        public void flush() {
            // The log file is written at once.
        }

        @Override
        public void close() {
            // As above.
        }
    }
}
