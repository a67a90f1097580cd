// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.integration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.regsh.bpf.abi.CallLayout;
import dev.regsh.bpf.abi.Passing;
import dev.regsh.bpf.register.Architecture;
import dev.regsh.bpf.register.Register;
import dev.regsh.bpf.type.FunctionType;
import dev.regsh.btf.Btf;
import dev.regsh.session.machine.KernelTypes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where arguments and results travel, against what the compiler makes of functions of every class, with the types it writes as
 * BTF. {@code -Dregsh.seed=N}; {@code -Dregsh.abi.cc=aarch64-linux-gnu-gcc -Dregsh.abi.run=qemu-aarch64-static} for arm64.
 */
class CompiledCallsTest {
    private static final String COMPILER = System.getProperty("regsh.abi.cc", "gcc");
    private static final String RUNNER = System.getProperty("regsh.abi.run", "");
    private static final Architecture ARCHITECTURE = COMPILER.contains("aarch64") ? Architecture.ARM64
            : Architecture.ofThisMachine();
    private static final List<String> INTEGERS = List.of("char", "short", "int", "long", "_Bool", "enum color", "enum large",
            "pointer", "int128", "struct size1", "struct size2", "struct size3", "struct size5", "struct size7", "struct size15",
            "struct size17", "struct size70", "struct empty", "struct with_empty", "struct kuid", "struct one", "struct nine",
            "struct ints3", "struct two", "struct big", "struct nested", "struct bits", "struct bits2", "struct flags",
            "struct flexible", "struct zero", "struct packed_int", "struct packed_fits", "struct packed_bits", "struct wide",
            "struct aligned", "struct aligned_big", "struct matrix", "union longs", "union mixed", "union chars");
    private static final List<String> FLOATS = List.of("float", "double", "long_double", "struct dbl", "struct flt",
            "struct flt2", "struct flt3", "struct flt4", "struct flt5", "struct flt_int", "struct dbl_long", "struct long_dbl",
            "struct dbl2", "struct dbl3", "struct flt_dbl", "struct packed_dbl", "struct ldbl", "union dbl_or_long",
            "union flt_or_dbl", "union ldbl_or_long");

    private record Function(String returns, List<String> parameters) {}

    private final long seed = Long.getLong("regsh.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @TempDir
    private Path folder;

    @Test
    void asTheCompilerHasIt() throws Exception {
        List<String> types = Stream.concat(INTEGERS.stream(), FLOATS.stream()).toList();
        check(functions(types), "-DFLOATS", "-O1");
    }

    /** Without floating point registers, on a stack of eight bytes' alignment, as x86-64 kernels are built. */
    @Test
    void asKernelCodeHasIt() throws Exception {
        assumeTrue(ARCHITECTURE == Architecture.X86_64, "the same elsewhere");
        check(functions(INTEGERS), "-O2", "-mno-sse", "-mno-mmx", "-mno-80387", "-mpreferred-stack-boundary=3",
                "-mskip-rax-setup", "-mno-red-zone");
    }

    private List<Function> functions(List<String> types) {
        List<Function> all = new ArrayList<>();
        for (String type : types) {
            all.add(new Function(type, List.of(type, "long")));
            all.add(new Function("void", List.of("long", type, "int", type, "short", type, "long", type, type)));
            all.add(new Function("long", List.of("long", "long", "long", "long", "long", type, "int", "long", type, "long")));
            all.add(new Function("struct big", List.of("long", type, "long", "long", "long", type, "long")));
        }
        for (int i = 0; i < 200; i++) {
            all.add(new Function(any(types), Stream.generate(() -> any(types)).limit(random.nextInt(12)).toList()));
        }
        return all;
    }

    private String any(List<String> types) {
        return types.get(random.nextInt(types.size()));
    }

    private void check(List<Function> functions, String... flags) throws Exception {
        Path types = resource("calls-types.h");
        Path main = resource("calls-main.c");
        Path source = folder.resolve("calls.c");
        Files.writeString(source, source(functions));
        Path object = folder.resolve("calls.o");
        List<String> compile = new ArrayList<>(List.of(COMPILER, "-w", "-gbtf", "-fno-lto", "-c", "-o", object.toString()));
        compile.addAll(List.of(flags));
        compile.addAll(List.of("-include", types.toString(), source.toString()));
        run(compile);
        Path btf = folder.resolve("calls.btf");
        run(List.of(COMPILER.replace("gcc", "objcopy"), "-O", "binary", "--only-section=.BTF", "--set-section-flags",
                ".BTF=alloc", object.toString(), btf.toString()));
        Path program = folder.resolve("calls");
        run(List.of(COMPILER, "-w", "-O1", "-static", "-o", program.toString(), main.toString(), object.toString()));
        Map<String, byte[]> seen = new HashMap<>();
        List<String> start = RUNNER.isEmpty() ? List.of(program.toString()) : List.of(RUNNER, program.toString());
        for (String line : run(start).split("\n")) {
            String[] words = line.split(" ", 3);
            seen.put(words[0] + " " + words[1], HexFormat.of().parseHex(words[2]));
        }
        Btf read = Btf.read(btf);
        for (int i = 0; i < functions.size(); i++) {
            FunctionType type = KernelTypes.function(read, "f" + i).orElseThrow();
            String what = "f" + i + " " + functions.get(i) + ", seed " + seed;
            Call call = new Call("f" + i, seen, what + ": ", CallLayout.of(type, ARCHITECTURE.registers()));
            for (int k = 0; k < type.parameters().size(); k++) {
                call.parameter(k);
            }
            call.result((int) type.returns().size());
        }
    }

    private static String source(List<Function> functions) {
        StringBuilder text = new StringBuilder("""
                void got(int, const void *, unsigned long);
                void run(const char *, void *, unsigned long);
                """);
        StringBuilder calls = new StringBuilder();
        for (int i = 0; i < functions.size(); i++) {
            Function function = functions.get(i);
            StringBuilder parameters = new StringBuilder();
            StringBuilder body = new StringBuilder();
            for (int k = 0; k < function.parameters().size(); k++) {
                parameters.append(k == 0 ? "" : ", ").append(function.parameters().get(k)).append(" p").append(k);
                body.append("got(").append(k).append(", &p").append(k).append(", sizeof(p").append(k).append(")); ");
            }
            boolean nothing = function.returns().equals("void");
            String returns = function.returns() + " result; for (int i = 0; i < sizeof(result); i++) "
                    + "((volatile unsigned char *)&result)[i] = " + (function.returns().equals("_Bool") ? "1" : "0xa0 + i")
                    + "; return result; ";
            text.append("__attribute__((noipa)) ").append(function.returns()).append(" f").append(i).append("(")
                    .append(parameters.isEmpty() ? "void" : parameters).append(") { ").append(body)
                    .append(nothing ? "" : returns).append("}\n");
            calls.append("run(\"f").append(i).append("\", f").append(i).append(", ")
                    .append(nothing ? "0" : "sizeof(" + function.returns() + ")").append(");\n");
        }
        return text + "void all(void) {\n" + calls + "}\n";
    }

    /** What one call has shown, against what the layout says. */
    private record Call(String name, Map<String, byte[]> seen, String what, CallLayout layout) {
        void parameter(int number) {
            byte[] got = seen.get(name + " " + number);
            Passing passing = layout.parameters().get(number);
            String where = what + "parameter " + number + " in " + passing;
            if (passing instanceof Passing.ByReference reference) {
                // The pointer was to memory without content.
                assertArrayEquals(new byte[got.length], got, where);
                assertTrue(reference.address() != null, where);
            } else if (passing instanceof Passing.OnStack stack) {
                byte[] words = seen.get(name + " stack");
                assertArrayEquals(Arrays.copyOfRange(words, (int) stack.offset(), (int) stack.offset() + got.length), got, where);
            } else if (passing instanceof Passing.InRegisters in) {
                parts(in, got, seen.get(name + " registers"), ARCHITECTURE.registers().arguments(), seen.get(name + " vectors"),
                        where);
            } else {
                assertEquals(0, got.length, where);
            }
        }

        void result(int size) {
            byte[] wanted = new byte[size];
            for (int i = 0; i < size; i++) {
                wanted[i] = (byte) (0xa0 + i);
            }
            Passing passing = layout.result();
            String where = what + "result in " + passing;
            if (passing instanceof Passing.InCallersMemory memory) {
                boolean first = memory.address().equals(ARCHITECTURE.registers().arguments().get(0));
                assertArrayEquals(wanted, seen.get(name + (first ? " first-memory" : " result-memory")), where);
                if (memory.returned().isPresent()) {
                    assertArrayEquals(Arrays.copyOf(seen.get(name + " registers"), 8),
                            Arrays.copyOf(seen.get(name + " results"), 8), where);
                }
            } else if (passing instanceof Passing.InRegisters in && !in.toString().equals("st0") && wanted.length > 1) {
                parts(in, wanted, seen.get(name + " results"), ARCHITECTURE.registers().results(),
                        seen.get(name + " result-vectors"), where);
            } else if (passing instanceof Passing.Nothing) {
                assertEquals(0, size, where);
            }
        }

        private static void parts(Passing.InRegisters in, byte[] value, byte[] registers, List<Register> order,
                byte[] vectors, String where) {
            boolean numbers = ARCHITECTURE == Architecture.ARM64 && in.registers().isEmpty();
            int size = numbers ? value.length / in.parts().size() : 8;
            for (int i = 0; i < in.parts().size(); i++) {
                Passing.Part part = in.parts().get(i);
                int length = Math.min(Math.min(size, 8), value.length - i * size);
                byte[] got = Arrays.copyOfRange(value, i * size, i * size + length);
                byte[] from = part.register().isPresent() ? registers : vectors;
                int index = part.register().isPresent() ? order.indexOf(part.register().get())
                        : part.name().isEmpty() ? -1 : Integer.parseInt(part.name().replaceAll("[a-z]", ""));
                if (index >= 0) {
                    assertArrayEquals(Arrays.copyOfRange(from, index * 8, index * 8 + length), got, where + ", part " + part);
                }
            }
        }
    }

    private Path resource(String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = CompiledCallsTest.class.getResourceAsStream(name)) {
            Files.copy(in, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), command.stream().collect(Collectors.joining(" ")) + "\n" + output);
        return output;
    }
}
