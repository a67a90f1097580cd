// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.impl.jni.JniTerminalProvider;
import org.jline.terminal.spi.Pty;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;
import org.jline.utils.NonBlockingInputStream;

/** Terminals of the process as JLine has them, with {@link SteadyInput}. */
final class SystemTerminals extends JniTerminalProvider {
    @Override
    public Pty current(SystemStream stream) throws IOException {
        return new SteadyPty(super.current(stream));
    }

    private record SteadyPty(Pty pty) implements Pty {
        @Override
        public InputStream getSlaveInput() throws IOException {
            InputStream keys = pty.getSlaveInput();
            return keys instanceof NonBlockingInputStream timed ? new SteadyInput(timed) : keys;
        }

        @Override
        public InputStream getMasterInput() throws IOException {
            return pty.getMasterInput();
        }

        @Override
        public OutputStream getMasterOutput() throws IOException {
            return pty.getMasterOutput();
        }

        @Override
        public OutputStream getSlaveOutput() throws IOException {
            return pty.getSlaveOutput();
        }

        @Override
        public Attributes getAttr() throws IOException {
            return pty.getAttr();
        }

        @Override
        public void setAttr(Attributes attributes) throws IOException {
            pty.setAttr(attributes);
        }

        @Override
        public Size getSize() throws IOException {
            return pty.getSize();
        }

        @Override
        public void setSize(Size size) throws IOException {
            pty.setSize(size);
        }

        @Override
        public SystemStream getSystemStream() {
            return pty.getSystemStream();
        }

        @Override
        public TerminalProvider getProvider() {
            return pty.getProvider();
        }

        @Override
        public void close() throws IOException {
            pty.close();
        }
    }
}
