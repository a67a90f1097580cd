// SPDX-License-Identifier: Apache-2.0
package dev.regsh.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file could not be read or written, in words: Java's own exceptions often say only which one it was. */
public final class Reason {
    private Reason() {}

    public static String of(Exception failed) {
        if (failed instanceof NoSuchFileException) {
            return "No such file or directory";
        } else if (failed instanceof AccessDeniedException) {
            return "Permission denied";
        } else if (failed instanceof NotDirectoryException) {
            return "Not a directory";
        } else if (failed instanceof FileSystemException named && named.getReason() != null) {
            return named.getReason();
        }
        // What writes XML wraps what went wrong.
        return failed.getCause() instanceof IOException cause ? of(cause) : String.valueOf(failed.getMessage());
    }
}
