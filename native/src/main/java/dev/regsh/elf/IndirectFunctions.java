// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import dev.regsh.base.errno.KernelException;
import dev.regsh.file.HeldFile;
import dev.regsh.file.ProcessFiles;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * What IFUNCs have become. The function is chosen when a program starts, by the processor: for a library that this process
 * uses too, the loader says what it chose here, and it chooses the same for others.
 */
public final class IndirectFunctions {
    private IndirectFunctions() {}

    /**
     * Where the chosen function begins in the file; empty where this process does not use that file.
     *
     * @param name without a version: the one that new programs get
     */
    public static OptionalLong chosen(HeldFile.Identity file, String name) throws IOException {
        Pointer function;
        try {
            function = NativeLibrary.getProcess().getGlobalVariableAddress(name);
        } catch (UnsatisfiedLinkError absent) {
            return OptionalLong.empty();
        }
        long address = Pointer.nativeValue(function);
        ProcessFiles self = ProcessFiles.ofThisProcess();
        for (ProcessFiles.Mapping mapping : self.executableMappings()) {
            if (Long.compareUnsigned(address, mapping.start()) >= 0 && Long.compareUnsigned(address, mapping.end()) < 0) {
                try (HeldFile mapped = self.open(mapping)) {
                    return mapped.identity().equals(file) ? OptionalLong.of(address - mapping.start() + mapping.fileOffset())
                            : OptionalLong.empty();
                } catch (KernelException unprivileged) {
                    return OptionalLong.empty();
                }
            }
        }
        return OptionalLong.empty();
    }
}
