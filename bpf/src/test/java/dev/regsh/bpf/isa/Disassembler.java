// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.isa;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** LLVM's, which knows nothing of this encoder. */
final class Disassembler {
    private Disassembler() {}

    static boolean available() {
        try {
            return new ProcessBuilder("llvm-mc", "--version").redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** A line an instruction, blanks as LLVM has them, the indentation left out. */
    static List<String> text(long[] instructions) throws IOException {
        StringBuilder bytes = new StringBuilder();
        for (long instruction : instructions) {
            for (int shift = 0; shift < 64; shift += 8) {
                bytes.append("0x").append(Long.toHexString(instruction >>> shift & 0xFF)).append(' ');
            }
            bytes.append('\n');
        }
        Process process = new ProcessBuilder("llvm-mc", "--disassemble", "--triple=bpfel", "--mcpu=v3")
                .redirectErrorStream(true).start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(bytes.toString().getBytes(StandardCharsets.US_ASCII));
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        return out.lines().map(String::strip).filter(line -> !line.isEmpty() && !line.equals(".text")).toList();
    }
}
