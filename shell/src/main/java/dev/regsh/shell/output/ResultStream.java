// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Standard output. Whoever prints goes on where it cannot be written; that is remembered, for the exit status. */
public final class ResultStream extends FileOutputStream {
    private static final Path LEADS_TO = Path.of("/proc/self/fd/1");

    private volatile String failure = "";

    public ResultStream() {
        super(FileDescriptor.out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            super.write(bytes, from, length);
        } catch (IOException lost) {
            failure = readerHasLeft() ? failure : String.valueOf(lost.getMessage());
            throw lost;
        }
    }

    /** Nothing else goes wrong with a pipe or a socket; who has seen enough, as head(1), may leave. */
    private static boolean readerHasLeft() {
        try {
            String to = Files.readSymbolicLink(LEADS_TO).toString();
            return to.startsWith("pipe:") || to.startsWith("socket:");
        } catch (IOException unknown) {
            return false;
        }
    }

    /** Why results are lost; empty: none are that somebody waits for. */
    public String failure() {
        return failure;
    }
}
