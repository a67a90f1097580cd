// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.compile;

import dev.regsh.base.text.Glob;
import dev.regsh.bpf.program.Ability;
import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.register.Architecture;
import dev.regsh.bpf.symbol.CgroupSource;
import dev.regsh.bpf.symbol.KernelSymbol;
import dev.regsh.bpf.symbol.SymbolSource;
import dev.regsh.bpf.type.FunctionType;
import dev.regsh.bpf.type.Type;
import dev.regsh.bpf.type.TypeSource;
import dev.regsh.grammar.Parser;
import dev.regsh.grammar.source.Source;
import dev.regsh.grammar.statement.Rule;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A small kernel to compile rules for: what each of its functions is for stands beside it. */
public final class TestKernel implements SymbolSource, TypeSource {
    private static final Type LONG = new Type.Int("long int", 8, true, false);
    private static final Type ULONG = new Type.Int("long unsigned int", 8, false, false);
    private static final Type INT = new Type.Int("int", 4, true, false);
    private static final Type UINT = new Type.Int("unsigned int", 4, false, false);
    private static final Type CHAR = new Type.Int("char", 1, true, false);
    private static final Type U8 = new Type.Int("unsigned char", 1, false, false);
    private static final Type BOOL = new Type.Int("_Bool", 1, false, true);
    private static final Type VOID = new Type.Void();
    private static final Type INNER = new Type.Struct("inner", false, 16, () -> List.of(member("first", LONG, 0),
            member("second", INT, 64), member("third", U8, 96)));
    private static final Type ANONYMOUS = new Type.Struct("", true, 8, () -> List.of(member("as_long", LONG, 0),
            member("as_int", INT, 0)));
    private static final Type SUPER = new Type.Struct("super_block", false, 128, TestKernel::superMembers);
    private static final Type TWO = new Type.Struct("two", false, 16, () -> List.of(member("a", LONG, 0),
            member("b", LONG, 64)));

    private static final Type DOUBLE = new Type.Float("double", 8);
    private static final Type BIG = struct("big", 24, member("first", LONG, 0), member("second", INT, 64),
            member("third", pointer(SUPER), 128));
    private static final Type KUID = struct("kuid", 4, member("val", UINT, 0));

    private final Map<String, FunctionType> types = new LinkedHashMap<>();
    private final List<KernelSymbol> symbols = new ArrayList<>();

    public TestKernel() {
        function("vfs_read", LONG, "struct file *", "file", pointer(SUPER), "char *", "buf", pointer(CHAR),
                "unsigned int", "count", UINT, "long int *", "pos", pointer(LONG));
        function("sum", LONG, "long int", "a", LONG, "long int", "b", LONG);
        function("other", LONG, "long int", "x", LONG, "long int", "y", LONG);
        function("narrow", INT, "int", "a", INT, "unsigned char", "b", U8, "_Bool", "c", BOOL);
        function("kill", INT, "int", "pid", INT, "int", "sig", INT);
        function("nothing", VOID);
        function("find", pointer(SUPER), "int", "id", INT);
        function("seven", LONG, "long", "a", LONG, "long", "b", LONG, "long", "c", LONG, "long", "d", LONG, "long", "e",
                LONG,
                "long", "f", LONG, "long", "g", LONG);
        function("by_value", LONG, "struct two", "pair", TWO, "long", "after_pair", LONG);
        function("floating", LONG, "double", "x", new Type.Float("double", 8), "long", "n", LONG);
        function("mount", INT, "struct super_block *", "sb", pointer(SUPER), "void *", "data", pointer(VOID));
        symbol("untyped", "");
        symbol("twin", "");
        symbol("twin", "");
        symbol("forbidden", "");
        symbol("cloned.isra.0", "");
        symbol("panic", "");
        symbol("rethook_find_ret_addr", "");
        symbol("open_ctree", "btrfs");
        function("zq_large", BIG, "long", "a", LONG, "long", "b", LONG, "long", "c", LONG, "long", "d", LONG, "long", "e", LONG,
                "long", "f", LONG);
        function("zq_pair", TWO, "struct kuid", "id", KUID, "struct big", "all", BIG, "long", "n", LONG);
        function("zq_id", KUID, "unsigned int", "value", UINT);
        function("zq_done", VOID, "int", "error", INT, "long", "bytes", LONG, "unsigned int", "flag", UINT);
        function("zq_real", DOUBLE, "long", "n", LONG);
        function("zq_both", struct("mixed", 16, member("x", DOUBLE, 0), member("n", LONG, 64)), "long", "n", LONG);
        function("zq_large_like", BIG, "long", "a", LONG);
        function("zq_ints", struct("", 16, member("a", LONG, 0), member("b", LONG, 64)));
        function("zq_reals", struct("", 16, member("a", DOUBLE, 0), member("b", DOUBLE, 64)));
        types.put("zq_va", new FunctionType("zq_va", BIG, List.of(new FunctionType.Parameter("fmt", pointer(CHAR), "char *")),
                true));
        symbol("zq_va", "");
    }

    private static Type struct(String name, int size, Type.Member... members) {
        return new Type.Struct(name, false, size, () -> List.of(members));
    }

    /** With functions more, of which nothing is known but the name. */
    TestKernel with(String... functions) {
        for (String function : functions) {
            symbol(function, "");
        }
        return this;
    }

    /** Of another age. */
    TestKernel without(String function) {
        symbols.removeIf(symbol -> symbol.name().equals(function));
        return this;
    }

    private static List<Type.Member> superMembers() {
        return List.of(member("s_flags", ULONG, 0), member("s_count", INT, 64),
                new Type.Member("low", UINT, 96, 3), new Type.Member("high", INT, 99, 5), member("s_inner", INNER, 128),
                member("", ANONYMOUS, 256), member("next", pointer(SUPER), 320),
                member("name", new Type.Array(() -> CHAR, 16), 384),
                member("slots", new Type.Array(() -> INT, 4), 512), member("inners", new Type.Array(() -> INNER, 2), 640));
    }

    private static Type.Member member(String name, Type type, int bits) {
        return new Type.Member(name, type, bits, 0);
    }

    private static Type pointer(Type target) {
        return new Type.Pointer(() -> target);
    }

    private void function(String name, Type returns, Object... parameters) {
        List<FunctionType.Parameter> list = new ArrayList<>();
        for (int i = 0; i < parameters.length; i += 3) {
            list.add(new FunctionType.Parameter((String) parameters[i + 1], (Type) parameters[i + 2],
                    (String) parameters[i]));
        }
        types.put(name, new FunctionType(name, returns, list, false));
        symbol(name, "");
    }

    private void symbol(String name, String module) {
        symbols.add(new KernelSymbol(name, module, 0xffff_ffff_8100_0000L + symbols.size() * 0x100L));
    }

    @Override
    public List<KernelSymbol> named(String name) {
        return symbols.stream().filter(symbol -> symbol.name().equals(name)).toList();
    }

    @Override
    public List<KernelSymbol> matching(String glob) {
        Glob pattern = new Glob(glob);
        return symbols.stream().filter(symbol -> pattern.matches(symbol.name())).toList();
    }

    @Override
    public List<String> nearest(String name, int most) {
        return symbols.stream().map(KernelSymbol::name)
                .filter(each -> each.startsWith(name.substring(0, 2))).limit(most).toList();
    }

    @Override
    public String unprobeable(KernelSymbol symbol) {
        return symbol.name().equals("forbidden") ? "the kernel forbids probes there (kprobes blacklist)" : "";
    }

    @Override
    public boolean loaded(String module) {
        return module.equals("btrfs");
    }

    @Override
    public long size(KernelSymbol symbol) {
        return 0x100;
    }

    @Override
    public Optional<FunctionType> function(String function, String module) {
        return Optional.ofNullable(types.get(function));
    }

    /** A machine of x86-64 with those engines. */
    public CompileContext context(Engine... engines) {
        return context(Architecture.X86_64, engines);
    }

    public CompileContext context(Architecture architecture, Engine... engines) {
        Set<Engine> set = EnumSet.noneOf(Engine.class);
        set.addAll(List.of(engines));
        CgroupSource cgroups = path -> path.equals("/box") ? Optional.of(new CgroupSource.Cgroup(77, 1, "/sys/fs/cgroup/box"))
                : Optional.empty();
        return new CompileContext(architecture, set, this, this, new TestProgram(), cgroups,
                ability -> ability != Ability.USER_READS_WAIT);
    }

    public static Rule rule(String text) {
        return (Rule) Parser.parse(new Source("test", text), Map.of()).get(0);
    }

    public CompiledRule compile(String text) {
        return RuleCompiler.compile(rule(text), context(Engine.KFUNC));
    }
}
