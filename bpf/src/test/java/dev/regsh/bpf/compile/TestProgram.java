// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.compile;

import dev.regsh.base.text.Glob;
import dev.regsh.bpf.symbol.UserSymbolSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** Any path is a program of the functions f, g, and cut, whose end its symbols do not tell; moved is a part of one of them. */
public final class TestProgram implements UserSymbolSource {
    private static final Map<String, Function> FUNCTIONS = Map.of("f", new Function(0x1000, 0x80, true),
            "g", new Function(0x1400, 0x40, true), "cut", new Function(0x1800, 0, true),
            "moved", new Function(0x1c00, 0x20, false),
            "main.f", new Function(0x1d00, 0x20, true));

    /** From here on nothing says where functions begin. */
    public static final long UNKNOWN = 0x8000;
    private static final String UNWINDS = "it has exception tables";
    private static final Map<Long, Returns> RETURNS = Map.of(
            0x1000L, new Returns(List.of(0x1010L, 0x1020L), List.of(), "", UNWINDS),
            0x1400L, new Returns(List.of(0x1410L), List.of(0x1020L), "", UNWINDS),
            0x1800L, new Returns(List.of(0x1810L), List.of(), "at +0x5 it jumps to free", UNWINDS));

    @Override
    public List<Location> find(String path, String symbol, long offset, List<Long> pids) {
        return function(path, symbol).map(found -> new Location(path, found.address() + offset, found.address() + offset,
                Optional.of(offset == 0 && found.begins())))
                .stream().toList();
    }

    @Override
    public List<Match> matching(String path, String glob, List<Long> pids) {
        Glob pattern = new Glob(glob);
        List<Match> found = new ArrayList<>();
        for (String name : new TreeSet<>(FUNCTIONS.keySet())) {
            if (pattern.matches(name)) {
                found.add(new Match(name, find(path, name, 0, pids).stream().findFirst(), ""));
            }
        }
        if (pattern.matches("chosen")) {
            found.add(new Match("chosen", Optional.empty(), "it is an IFUNC"));
        }
        return found;
    }

    @Override
    public List<Location> at(String path, long fileOffset, List<Long> pids) {
        return List.of(new Location(path, fileOffset, fileOffset, fileOffset >= UNKNOWN ? Optional.empty()
                : Optional.of(FUNCTIONS.values().stream().anyMatch(function -> function.address() == fileOffset))));
    }

    @Override
    public Optional<Function> function(String file, String symbol) {
        return Optional.ofNullable(FUNCTIONS.get(symbol));
    }

    @Override
    public Returns returns(String file, long fileOffset) {
        return RETURNS.getOrDefault(fileOffset, new Returns(List.of(), List.of(), "the file does not say where it ends", ""));
    }

    @Override
    public String whyMissing(String file, String symbol) {
        return symbol.equals("printf") ? "it is imported: on libc.so.6:printf" : "";
    }

    @Override
    public Optional<String> pathOf(String name) {
        return name.equals("bash") ? Optional.of("/usr/bin/bash") : Optional.empty();
    }

    @Override
    public boolean isGo(String file) {
        return file.endsWith("go");
    }

    @Override
    public List<String> nearest(String file, String symbol, int most) {
        return List.of("f", "g");
    }

    @Override
    public List<String> startingWith(String file, String prefix, int most) {
        return List.of();
    }
}
