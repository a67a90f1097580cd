// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.completion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.regsh.bpf.register.Architecture;
import dev.regsh.bpf.type.FunctionType;
import dev.regsh.bpf.type.Type;
import dev.regsh.kallsyms.Kallsyms;
import dev.regsh.session.Session;
import dev.regsh.shell.command.Workspace;
import dev.regsh.shell.option.Options;
import dev.regsh.shell.output.TextOutput;
import dev.regsh.shell.script.Interpreter;
import dev.regsh.shell.script.ScriptHost;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.shell.core.command.completion.CompletionProposal;

class CompletionsTest {
    private static final String SYMBOLS = """
            ffffffff81000000 T vfs_read
            ffffffff81000010 T vfs_readv
            ffffffff81000020 T vfs_write
            ffffffff81000030 T ksys_read
            ffffffff81000040 T tcp_v4_connect
            ffffffffc0000000 t open_ctree\t[btrfs]
            ffffffffc0000100 T btrfs_read\t[btrfs]
            """;
    private static final Session SESSION = new Session();

    /** One function, {@code vfs_read(struct file *file, unsigned long count)}, with fields two levels deep. */
    private static final KernelNames KERNEL = new KernelNames() {
        private final Kallsyms symbols = Kallsyms.read(SYMBOLS.getBytes(StandardCharsets.ISO_8859_1));

        @Override
        public Optional<Kallsyms> functions() {
            return Optional.of(symbols);
        }

        @Override
        public Optional<FunctionType> prototype(Kallsyms.Symbol symbol) {
            Type number = new Type.Int("unsigned long", 8, false, false);
            Type inode = new Type.Struct("inode", false, 8, () -> List.of(new Type.Member("i_ino", number, 0, 0)));
            Type inner = new Type.Struct("", true, 8, () -> List.of(new Type.Member("f_hidden", number, 0, 3)));
            Type file = new Type.Struct("file", false, 24, () -> List.of(
                    new Type.Member("f_inode", new Type.Pointer(() -> inode), 0, 0), new Type.Member("", inner, 64, 0)));
            return symbol.name().equals("vfs_read") ? Optional.of(new FunctionType("vfs_read", number, List.of(
                    new FunctionType.Parameter("file", new Type.Pointer(() -> file), "struct file *"),
                    new FunctionType.Parameter("count", number, "unsigned long")), false)) : Optional.empty();
        }

        @Override
        public String describe(Kallsyms.Symbol symbol) {
            return symbol.name().equals("vfs_write") ? "no probe: forbidden" : "void " + symbol.name() + "()";
        }
    };

    private static final SessionNames NAMES = new SessionNames() {
        @Override
        public Map<String, String> rules() {
            return Map.of("nomem", "on vfs_read ret=-12 as nomem");
        }

        @Override
        public Collection<String> variables() {
            return List.of("disk");
        }
    };

    private final Completions completions = completions();

    private static Completions completions() {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        Options options = new Options(false);
        Workspace workspace = new Workspace(SESSION, new TextOutput(nowhere, nowhere, () -> 0, options), options, KERNEL, NAMES);
        return new Completions(KERNEL, NAMES, new Interpreter(workspace, new ScriptHost(false), true).commands());
    }

    @AfterAll
    static void close() {
        SESSION.close();
    }

    private List<CompletionProposal> at(String text) {
        return completions.at(text, text.length()).proposals();
    }

    private String texts(String text) {
        return at(text).stream().map(CompletionProposal::value).collect(Collectors.joining(" "));
    }

    /** All that is proposed with the cursor at the end. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "det | detach",
        "on vfs_r | vfs_read vfs_readv",
        "after ks | ksys_read",
        "on _read | vfs_read ksys_read vfs_readv btrfs_read",
        "on tvc | tcp_v4_connect",
        "on bt | btrfs_read btrfs:",
        "on btrfs:ctr | btrfs:open_ctree",
        "on vfs_read set c | count= cx= cl= ch=",
        "on vfs_read set $ | $file= $count=",
        "on vfs_read set fi | file=",
        "on vfs_read ret=-ENOME | ENOMEM ENOMEDIUM",
        "on vfs_read ret=ENOME | -ENOMEM -ENOMEDIUM",
        "on vfs_read ret=-again | EAGAIN",
        "on vfs_read when file-> | f_inode f_hidden",
        "on vfs_read when file->f_inode-> | i_ino",
        "on vfs_read when 1 + file->f_i | f_inode",
        "on vfs_read limit 3 lim | ``",
        "on vfs_read ch | chance",
        "on vfs_read goto vfs_w | vfs_write",
        "on vfs_read signal K | KILL",
        "detach n | nomem",
        "detach - | --all",
        "wait nom | nomem",
        "expect hits n | nomem",
        "expect sta | status",
        "onerror | onerror",
        "`onerror ` | stop continue",
        "on vfs_read ret=${d | disk}",
        "plan on vfs_w | vfs_write",
        "info kr | ksys_read",
        "set ev | events",
        "set events o | on off",
        "help kee | keep",
        "list -- | --all",
        "! ls | ``",
        "on nothing_like_it | ``",
    })
    void proposes(String text, String proposals) {
        assertEquals(proposals == null ? "" : proposals, texts(text));
    }

    @Test
    void saysWhatAFunctionIsAndWhetherItCanBeProbed() {
        assertEquals("void vfs_read()", at("on vfs_read").get(0).description());
        assertEquals("no probe: forbidden", at("on vfs_w").get(0).description());
        assertEquals("void open_ctree()  [btrfs]", at("on open").get(0).description());
        assertEquals("12 Cannot allocate memory", at("on vfs_read ret=-ENOMEM").get(0).description());
        assertEquals("unsigned long : 3", at("on vfs_read when file->f_h").get(0).description());
        assertEquals("unsigned long, " + Architecture.ofThisMachine().registers().arguments().get(1).name(),
                at("on vfs_read set count").get(0).description());
    }

    @Test
    void parametersComeBeforeRegisters() {
        List<String> texts = at("on vfs_read set ").stream().map(CompletionProposal::value).toList();
        assertEquals(List.of("file=", "count=", "ret="), texts.subList(0, 3));
        assertTrue(texts.contains("rdi=") || texts.contains("x0="), texts.toString());
        assertFalse(texts.contains("rsp="), "it is read only");
    }

    @Test
    void whatGoesOnIsNotFollowedByABlank() {
        assertTrue(at("on vfs_r").get(0).complete());
        assertFalse(at("on vfs_read set count").get(0).complete());
        assertFalse(at("on btrfs").get(1).complete());
    }

    @Test
    void replacesTheWordUnderTheCursor() {
        assertEquals("on vfs_read ret=-".length(), completions.at("on vfs_read ret=-ENO", 20).start());
        assertEquals("plan on ".length(), completions.at("plan on vfs", 11).start());
        // What stands behind the cursor does not matter.
        assertEquals("vfs_read vfs_readv", completions.at("on vfs_r ret=0", 8).proposals().stream().map(CompletionProposal::value)
                .collect(Collectors.joining(" ")));
    }

    @Test
    void completesFilesAndTheirSymbols(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("one.rsh"), "list");
        Files.writeString(folder.resolve("two.txt"), "list");
        Files.createDirectory(folder.resolve("sub"));
        assertEquals(folder + "/one.rsh " + folder + "/sub/", texts("replay " + folder + "/"));
        Files.createFile(folder.resolve("my file.rsh"));
        assertEquals(folder + "/my file.rsh\"", texts("replay \"" + folder + "/my fi"));
        String java = Path.of(System.getProperty("java.home"), "lib/libjava.so").toString();
        assumeTrue(Files.exists(Path.of(java)));
        assertEquals(java + ":", texts("on " + java));
        assertTrue(texts("on " + java + ":JNU_Throw").contains(java + ":JNU_ThrowByName"), texts("on " + java
                + ":JNU_Throw"));
    }

    @Test
    void functionsInCppAreQuoted(@TempDir Path folder) throws Exception {
        Path source = Files.writeString(folder.resolve("shape.c"),
                "int _ZN5shape4areaEid(int a) { return a; }\nint main(void) { return 0; }\n");
        Path program = folder.resolve("shape");
        assertEquals(0, new ProcessBuilder("gcc", "-o", program.toString(), source.toString()).inheritIO().start().waitFor());
        String quoted = program + ":\"shape::area(int, double)\"";
        for (String typed : List.of(":shape", ":shape::a")) {
            assertEquals(quoted, texts("on " + program + typed), typed);
        }
        assertEquals(program + ":main", texts("on " + program + ":mai"));
    }

    @Test
    void knowsTheProcesses() {
        assertTrue(at("on vfs_read pid ").stream().anyMatch(p -> p.value().equals("" + ProcessHandle.current().pid())));
        assertTrue(texts("on vfs_read comm ").contains("\"java\""));
        assertTrue(texts("on vfs_read comm \"ja").contains("java\""));
        assertTrue(at("on vfs_read uid 0").stream().anyMatch(p -> "root".equals(p.description())));
    }
}
