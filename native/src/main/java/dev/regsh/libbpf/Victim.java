// SPDX-License-Identifier: Apache-2.0
package dev.regsh.libbpf;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import dev.regsh.base.errno.KernelException;
import dev.regsh.file.ProcessFiles;
import java.io.IOException;

/** A function of this process to try user probes on. It gives 0. */
public final class Victim {
    private Victim() {}

    /**
     * What a child gets from the function while a program is attached to its entry: 0 to 255.
     *
     * @param asks {@link ProbeLink#OF_THE_KERNEL}, or what the program may ask the module for
     * @throws KernelException EFAULT if the child died of it
     */
    @SuppressWarnings("try") // The probe is only to be there.
    public static int returns(BpfProgram program, int asks) throws IOException {
        Libbpf.shim();
        long address = Pointer.nativeValue(NativeLibrary.getInstance("regsh").getGlobalVariableAddress("regsh_victim"));
        for (ProcessFiles.Mapping mapping : ProcessFiles.ofThisProcess().executableMappings()) {
            if (address >= mapping.start() && address < mapping.end()) {
                // Not by its name: JNA has removed the unpacked file.
                try (ProbeLink link = ProbeLink.uprobe(program, "/proc/self/map_files/" + mapping.range(),
                        address - mapping.start() + mapping.fileOffset(), -1, false, 0, asks)) {
                    return Libbpf.check(Libbpf.shim().regsh_victim_returns(), "call a probed function");
                }
            }
        }
        throw new IOException("libregsh.so is mapped from no file");
    }
}
